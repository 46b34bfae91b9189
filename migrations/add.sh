#!/usr/bin/env bash
# Makes one migration for both engines: migrations/add.sh NameOfTheMigration
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?name of the migration}
dotnet tool restore >/dev/null
export EfDesign=true
for engine in Postgres Sqlite; do
    project=migrations/IncidentDesk.Migrations.$engine
    dotnet ef migrations add "$name" --context DeskContext --project "$project" --startup-project "$project" --output-dir Migrations
done
