// The desk's time, and the durations that run: <time data-since>, <time data-ago> and, towards a moment and past it, <time data-until>. The server's clock counts, not the device's.
import { fill, setText } from "./dom.js";

let ahead = 0;

/** The server's time, milliseconds since the epoch. */
export const now = () => Date.now() + ahead;

/** How far the server's clock is ahead of the device's, in milliseconds. */
export const clockOffset = () => ahead;

export function setServerTime(milliseconds) {
  if (Number.isFinite(milliseconds)) ahead = milliseconds - Date.now();
}

/** Corrects the clock by the Date header of an answer; its resolution is one second, so small differences are left alone. */
export function readServerTime(response) {
  const date = Date.parse(response.headers.get("Date") ?? "");
  if (Math.abs(date - now()) > 2000) setServerTime(date);
}

/** "42 min", "2 h 42 min", "5 d 3 h". */
export function duration(milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  const hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
  if (days) return `${days} d${hours % 24 ? ` ${hours % 24} h` : ""}`;
  if (hours) return `${hours} h${minutes % 60 ? ` ${minutes % 60} min` : ""}`;
  return `${minutes} min`;
}

function tick() {
  for (const time of document.querySelectorAll("time[data-since], time[data-ago]")) {
    const from = Date.parse(time.dataset.since || time.dataset.ago || time.dateTime);
    if (!Number.isFinite(from)) continue;
    const text = (time.hasAttribute("data-approx") ? "~" : "") + duration(now() - from);
    const template = time.closest("[data-ago-text]")?.dataset.agoText;
    setText(time, time.hasAttribute("data-ago") && template ? fill(template, text) : text);
  }
  tickDown();
}

function tickDown() {
  for (const time of document.querySelectorAll("time[data-until]")) {
    const left = Date.parse(time.dataset.until) - now();
    if (!Number.isFinite(left)) continue;
    setText(time, fill(left > 0 ? time.dataset.before : time.dataset.after, duration(Math.abs(left))));
    time.closest(".rev")?.classList.toggle("due", left <= 0);
  }
}

/** Starts the running durations. */
export function startClock() {
  tick();
  setInterval(tick, 15_000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
}

/** Says once a load whether the device's clock can be trusted: asks the server before it complains. */
export async function checkDeviceClock(renderedAt, complain) {
  setServerTime(Date.parse(renderedAt));
  if (Math.abs(ahead) <= 120_000) return;
  try { readServerTime(await fetch(new URL("healthz", document.baseURI), { cache: "no-store" })); } catch { /* away: the page's own time stands */ }
  if (Math.abs(ahead) > 120_000) complain(duration(Math.abs(ahead)));
}
