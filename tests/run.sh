#!/usr/bin/env bash
# All tests: a real PostgreSQL, a real Chromium, nothing skipped in silence.
# Needs the .NET SDK; on Debian and Ubuntu the rest is installed by apt when this may be done (root, or sudo
# without a password). The last line is the sum over all suites; the exit code is 0 only when all of them ran and passed.
#   DESK_TEST_CHROMIUM   path of a Chromium or Chrome instead of the system's
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1
exec </dev/null

required=(IncidentDesk.Core.Tests IncidentDesk.Web.Tests IncidentDesk.Browser.Tests)
suite_minutes=45

work=$(mktemp -d)
cluster=
passed=0 failed=0 skipped=0 broken=0

say() { printf '\n== %s\n' "$*"; }
die() { printf 'FAILED: %s\n' "$*"; finish; }
broke() { printf 'FAILED: %s\n' "$*"; broken=1; }

finish() {
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  exit "$((failed + broken == 0 && passed > 0 ? 0 : 1))"
}

clean_up() {
  local running; running=$(jobs -p)
  # shellcheck disable=SC2086
  [ -z "$running" ] || kill $running 2>/dev/null
  if [ -n "$cluster" ]; then
    as_postgres "$pg_bin/pg_ctl" stop --pgdata "$cluster/data" --mode immediate >/dev/null 2>&1
    rm -rf "$cluster"
  fi
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# ---- what must be there

find_postgres() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -V | tail -1; }

find_chromium() {
  local file
  for file in "${DESK_TEST_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome /usr/bin/google-chrome-stable; do
    # the stub of a package that is not really there does not answer
    [ -n "$file" ] && timeout 60 "$file" --version >/dev/null 2>&1 && { echo "$file"; return; }
  done
}

find_font() { ls /usr/share/fonts/truetype/noto/NotoSans-Regular.* 2>/dev/null | head -1; }
has_script_tests() { compgen -G 'tests/js/*.test.mjs' >/dev/null; }
has_node() { [ "$(node -p 'process.versions.node.split(".")[0] >= 18' 2>/dev/null)" = true ]; }

missing_packages() {
  [ -n "$(find_postgres)" ] || echo postgresql
  [ -n "$(find_chromium)" ] || echo chromium
  [ -n "$(find_font)" ] || echo fonts-noto-core
  ! has_script_tests || has_node || echo nodejs
}

install_missing() {
  local packages as_root=() package
  mapfile -t packages < <(missing_packages)
  [ ${#packages[@]} -gt 0 ] || return 0
  if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    say "Installing ${packages[*]}"
    [ "$(id -u)" = 0 ] || as_root=(sudo -n)
    "${as_root[@]}" apt-get update -q >"$work/apt.log" 2>&1
    for package in "${packages[@]}"; do
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$package" >>"$work/apt.log" 2>&1
    done
  fi
  mapfile -t packages < <(missing_packages)
  [ ${#packages[@]} -gt 0 ] || return 0
  [ ! -f "$work/apt.log" ] || grep -E '^(E|W|Err)' "$work/apt.log" | tail -20
  die "missing, and not to be installed from here: ${packages[*]}. Install these packages (Node 18 or newer; where Chromium is only a snap, install a Chrome or Chromium that is not and set DESK_TEST_CHROMIUM)."
}

# ---- one PostgreSQL for all suites, beside any that the system runs

as_postgres() {
  # the server refuses to run as root
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)); do
    (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

start_postgres() {
  local port; port=$(free_port)
  pg_bin=$(find_postgres)
  cluster=$(mktemp -d)
  [ "$(id -u)" != 0 ] || chown postgres "$cluster"
  as_postgres "$pg_bin/initdb" --pgdata "$cluster/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$work/postgres.log" 2>&1 &&
    as_postgres "$pg_bin/pg_ctl" start --wait --pgdata "$cluster/data" --log "$cluster/log" --options \
      "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$cluster -c max_connections=300 -c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
      >>"$work/postgres.log" 2>&1 ||
    { cat "$work/postgres.log" "$cluster/log" 2>/dev/null; die "PostgreSQL does not start"; }
  export DESK_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres"
}

# ---- suites

run_suite() { # project file; the result is read afterwards from its .trx
  local name; name=$(basename "$1" .csproj)
  timeout --kill-after=20 "${suite_minutes}m" dotnet test "$1" --no-build -c Release \
    --logger "trx;LogFileName=$name.trx" --results-directory "$work" >"$work/$name.log" 2>&1
  echo $? >"$work/$name.exit"
}

counter() { grep -o '<Counters [^>]*' "$work/$1.trx" | grep -o " $2=\"[0-9]*\"" | tr -dc 0-9; }

add_up() { # suite, passed, failed, skipped
  printf '%-30s %5d passed, %d failed, %d skipped\n' "$@"
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
}

report_suite() {
  local name=$1 total ok ran code
  code=$(cat "$work/$name.exit" 2>/dev/null || echo none)
  if [ ! -s "$work/$name.trx" ] || [ -z "$(counter "$name" total)" ]; then
    tail -100 "$work/$name.log" 2>/dev/null
    [ "$code" != 124 ] || broke "$name did not end within $suite_minutes minutes"
    broke "$name gave no result (exit code $code)"
    return
  fi
  total=$(counter "$name" total) ok=$(counter "$name" passed) ran=$(counter "$name" executed)
  [ "$code" = 0 ] || cat "$work/$name.log"
  add_up "$name" "$ok" "$((ran - ok))" "$((total - ran))"
  grep -o '<UnitTestResult [^>]*' "$work/$name.trx" | grep 'outcome="NotExecuted"' |
    sed -E 's/.*testName="([^"]*)".*/  skipped: \1/'
  [ "$ran" -gt 0 ] || broke "$name ran no test"
  # a crash after the last result, or a suite that was cut off
  [ "$code" = 0 ] || [ "$ran" -gt "$ok" ] || broke "$name ended with exit code $code"
}

run_script_tests() {
  has_script_tests || return 0
  local log=$work/js.log code
  timeout --kill-after=20 "${suite_minutes}m" node --test --test-reporter=tap tests/js/*.test.mjs >"$log" 2>&1
  code=$?
  count() { sed -nE "s/^# $1 ([0-9]+)$/\1/p" "$log" | tail -1; }
  [ -n "$(count pass)" ] || { tail -50 "$log"; broke "tests/js gave no result (exit code $code)"; return; }
  [ "$code" = 0 ] || cat "$log"
  add_up tests/js "$(count pass)" "$(($(count fail) + $(count cancelled)))" "$(($(count skipped) + $(count todo)))"
  grep -iE '^ *(not )?ok .*# (skip|todo)\b' "$log" | sed -E 's/^ *(not )?ok [0-9]+ - /  skipped: /'
  [ "$(($(count pass) + $(count fail)))" -gt 0 ] || broke "tests/js ran no test"
  [ "$code" = 0 ] || [ "$(($(count fail) + $(count cancelled)))" -gt 0 ] || broke "tests/js ended with exit code $code"
}

# ---- packages with known vulnerabilities

restore_audited() { # project or solution; its warnings go to standard output
  timeout --kill-after=10 180 dotnet restore "$1" --force -p:NuGetAudit=true -p:NuGetAuditMode=all -p:NuGetAuditLevel=low -p:TreatWarningsAsErrors=false 2>&1
}

audit_packages() {
  # A source that knows of no vulnerabilities is silent like one that has none to tell of. This package has one since 2022.
  mkdir "$work/audit"
  cat >"$work/audit/known.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="Newtonsoft.Json" Version="12.0.3" /></ItemGroup>
</Project>
PROJECT
  if ! restore_audited "$work/audit/known.csproj" | grep -qE 'NU190[1-4]'; then
    echo "NOT AUDITED: the package source cannot be reached or tells nothing of vulnerabilities; it does not report even one that is known. Nothing is said here about our packages."
    return
  fi
  restore_audited IncidentDesk.sln >"$work/audit.log"
  if grep -qE 'NU190[1-4]' "$work/audit.log"; then
    grep -oE 'NU190[1-4]: .*' "$work/audit.log" | sort -u
    broke "packages with known vulnerabilities"
  elif grep -qE 'NU190[05]' "$work/audit.log"; then
    echo "NOT AUDITED: $(grep -oE 'NU190[05]: .*' "$work/audit.log" | sort -u | head -1)"
  else
    echo "No package with a known vulnerability."
  fi
}

# ---- the run

command -v dotnet >/dev/null || die "the .NET SDK is missing (global.json names its version)"
install_missing
DESK_TEST_CHROMIUM=$(find_chromium); export DESK_TEST_CHROMIUM

say Packages
audit_packages
say Build
dotnet build IncidentDesk.sln -c Release || die "the build"

say Tests
rm -f TestResults/*.png
start_postgres
for name in "${required[@]}"; do
  [ -f "tests/$name/$name.csproj" ] || broke "$name is not there"
done
side_by_side=() alone=()
for project in tests/*.Tests/*.csproj; do
  case $project in *Core.Tests*|*Web.Tests*) side_by_side+=("$project") ;; *) alone+=("$project") ;; esac
done
suites=()
dotnet format IncidentDesk.sln --verify-no-changes --no-restore >"$work/format.log" 2>&1 & format=$!
for project in "${side_by_side[@]}"; do run_suite "$project" & suites+=($!); done
wait "${suites[@]}"
wait "$format" || { cat "$work/format.log"; broke "dotnet format would change files"; }
# a browser beside other suites is too slow for its deadlines on two cores
for project in "${alone[@]}"; do run_suite "$project"; done
for project in "${side_by_side[@]}" "${alone[@]}"; do report_suite "$(basename "$project" .csproj)"; done
run_script_tests
[ -z "$(ls TestResults/*.png 2>/dev/null)" ] || echo "Pictures of failed pages: TestResults/"
finish
