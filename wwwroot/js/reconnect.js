// When the circuit is lost: say since when, let people go on, come back without being asked. What is typed and logged does
// not depend on it (draft.js, capture.js). Tries for ever: an incident is no time to give up.
import { setText, at, fill, on, whenPresent } from "./dom.js";
import { now } from "./clock.js";
import { offset } from "./captureline.js";
import { resendDrafts } from "./draft.js";

const LONGEST = 10_000;
const RESUME = "desk:resume";
let downSince = null, running = false, wake = () => {};

/** Blazor: the connection of the circuit broke. */
export function onConnectionDown() {
  downSince ??= now();
  show();
  if (!running) comeBack();
}

/** Blazor: the circuit is here again. */
export function onConnectionUp() {
  downSince = null;
  show();
  const broken = document.getElementById("blazor-error-ui");
  if (broken) broken.style.display = "";
  setTimeout(resendDrafts);
}

/** Blazor: a circuit is open for the first time on this page. */
export function circuitOpened() {
  downSince = null;
  show();
}

async function comeBack() {
  running = true;
  for (let attempt = 0; downSince !== null; attempt++) {
    // the first attempts at once, then ever less often; the jitter keeps a whole team from coming back in one instant
    await pause(attempt === 0 ? 300 : Math.min(LONGEST, 500 * 2 ** attempt) * (0.7 + Math.random() * 0.3));
    if (downSince === null) break;
    try {
      if (await window.Blazor.reconnect()) break;
      await reloadWhenAnswering();
      break;
    } catch (error) {
      // lost before the circuit was there: nothing to come back to
      if (/not initialized/i.test(error?.message)) await reloadWhenAnswering();
    }
  }
  running = false;
  if (downSince !== null) comeBack();
}

/* The server forgot the circuit: the page starts again where it was, as soon as it can be had. */
async function reloadWhenAnswering() {
  const last = Number(sessionStorage.getItem("desk:reloaded") ?? 0);
  for (let attempt = 0; ; attempt++) {
    await pause(attempt === 0 && Date.now() - last > LONGEST ? 0 : Math.min(LONGEST, 500 * 2 ** attempt));
    try {
      const answer = await fetch(at("healthz"), { cache: "no-store" });
      if (answer.ok) break;
    } catch { /* still away */ }
  }
  remember();
  sessionStorage.setItem("desk:reloaded", Date.now());
  location.reload();
  await new Promise(() => {});
}

const pause = milliseconds => new Promise(resolve => {
  wake = resolve;
  setTimeout(resolve, milliseconds);
});

/* focus and caret of the capture bar live through the reload */
function remember() {
  const text = document.getElementById("capture-text");
  if (document.activeElement !== text || !text) return;
  try {
    sessionStorage.setItem(RESUME, JSON.stringify({ path: location.pathname, start: text.selectionStart, end: text.selectionEnd, at: Date.now() }));
  } catch { /* only the caret is lost */ }
}

/** Where the caret of the capture bar was before the page had to start again: once, on the same page, soon after; else null. */
export function takeResume() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(RESUME));
    sessionStorage.removeItem(RESUME);
    return kept && kept.path === location.pathname && Date.now() - kept.at < 300_000 ? kept : null;
  } catch {
    return null;
  }
}

function show() {
  const offline = navigator.onLine === false;
  if (offline) downSince ??= now();
  const stale = downSince !== null;
  document.documentElement.dataset.connection = stale ? "down" : "up";
  for (const live of document.querySelectorAll(".live")) live.classList.toggle("stale", stale);
  const banner = document.getElementById("stale-banner");
  if (!banner) return;
  if (stale) setText(banner.querySelector("[data-circuit-text]") ?? banner.querySelector("span") ?? banner, fill(banner.dataset.circuit, clock(downSince, banner)));
  banner.hidden = !stale;
}

function clock(instant, banner) {
  const zoned = banner.dataset.zone ? banner : document.querySelector("[data-zone]") ?? banner;
  const zone = zoned.dataset.zone ?? "UTC";
  return `${new Date(instant + offset(instant, zone)).toISOString().slice(11, 16)} ${zoned.dataset.zoneLabel ?? (zone === "UTC" ? "UTC" : "")}`.trim();
}

on("click", "#stale-banner button, [data-retry-connection]", () => wake());
addEventListener("offline", show);
addEventListener("online", () => {
  if (!running) downSince = null;
  show();
  wake();
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
// an element that Blazor makes while the connection is away must tell the truth as well
whenPresent("#stale-banner, .live", () => { if (downSince !== null) show(); });
