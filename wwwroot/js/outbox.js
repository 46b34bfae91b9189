// Entries that the server has not acknowledged yet. Kept in this browser, one key an entry, so that two tabs never overwrite
// each other; sent one after another, by one tab at a time, with the same entryId until they are acknowledged or refused.
import { at, store } from "./dom.js";
import { iso } from "./captureline.js";
import { readServerTime } from "./clock.js";

const RETRYABLE = new Set([408, 425, 429]);
const LONGEST = 30_000, TIMEOUT = 15_000;
// an entry that the server chokes on does not hold up the others for longer than this
const STUCK_AFTER = 3;

const unsaved = new Map();
const listeners = new Set();
let person = null, running = false, again = false, wake = () => {}, sending = null, counter = 0;

/** Told of every change: fn(event) with {type: "change"} or {type: "acknowledged", item, sequence}. */
export const onOutbox = fn => listeners.add(fn);
const tell = event => listeners.forEach(fn => fn(event));

const keyOf = item => `outbox:${person}:${item.key}:${item.entryId}`;

/** All waiting and refused entries of the signed-in person in the order in which they were written; of one incident when its key is given. */
export function waiting(key) {
  const kept = store.keys(`outbox:${person}:`).map(store.json).filter(item => item?.entryId);
  const all = new Map([...unsaved.values(), ...kept].map(item => [item.entryId, item]));
  return [...all.values()].filter(item => !key || item.key === key).sort((a, b) => a.order - b.order);
}

/** The entry that is on the wire, or null. */
export const isSending = item => sending === item.entryId;

/**
 * Takes an entry in. False when this browser could not keep it: it is sent all the same, but would not outlive the page.
 * @param {{key: string, entryId: string, kind: string, body: string, typedAt: number}} item typedAt by the server's clock
 */
export function add(item) {
  const kept = save({ ...item, order: Date.now() + counter++ / 1000, attempts: 0, nextAt: 0, state: "wait" });
  tell({ type: "change" });
  pump();
  return kept;
}

export function discard(entryId) {
  const item = find(entryId);
  if (item) drop(item);
  tell({ type: "change" });
}

/** Tries at once: this entry, or all that wait. */
export function retry(entryId) {
  for (const item of waiting()) if (item.state !== "failed" && (!entryId || item.entryId === entryId)) save({ ...item, nextAt: 0 });
  tell({ type: "change" });
  wake();
  pump();
}

/** The entry was seen in the log itself: it has arrived, whatever became of the answer. */
export function arrived(entryId) {
  const item = find(entryId);
  if (item) settle(item, null);
}

/** Whose entries these are. What another person left on this device stays untouched until they sign in again. */
export function setPerson(id) {
  if (!id || id === person) return;
  person = id;
  tell({ type: "change" });
  pump();
}

const find = entryId => waiting().find(item => item.entryId === entryId);

function save(item) {
  const kept = store.set(keyOf(item), JSON.stringify(item));
  if (kept) unsaved.delete(item.entryId); else unsaved.set(item.entryId, item);
  return kept;
}

function drop(item) {
  store.remove(keyOf(item));
  unsaved.delete(item.entryId);
}

function settle(item, sequence) {
  drop(item);
  tell({ type: "acknowledged", item, sequence });
}

async function pump() {
  if (running) { again = true; wake(); return; }
  if (!person || !waiting().some(item => item.state !== "failed")) return;
  running = true;
  try {
    do {
      again = false;
      const mine = person;
      const work = async () => { while (mine === person && await step()); };
      if (navigator.locks) await navigator.locks.request(`outbox:${person}`, work); else await work();
    } while (again);
  } finally {
    // whatever broke, the next wake-up must find the way free
    running = false;
  }
}

/* One attempt or one wait; false when nothing is left to send. */
async function step() {
  const queue = waiting().filter(item => item.state !== "failed");
  if (!queue.length) return false;
  const head = queue.findIndex(item => !item.stuck);
  const first = queue.slice(0, head < 0 ? queue.length : head + 1).find(item => item.nextAt <= Date.now());
  if (first) await attempt(first);
  else await pause(Math.max(50, Math.min(...queue.slice(0, head < 0 ? queue.length : head + 1).map(item => item.nextAt)) - Date.now()));
  return true;
}

const pause = milliseconds => new Promise(resolve => {
  const timer = setTimeout(resolve, milliseconds);
  wake = () => { clearTimeout(timer); resolve(); };
});

async function attempt(item) {
  sending = item.entryId;
  item = { ...item, attempts: item.attempts + 1 };
  save(item);
  tell({ type: "change" });
  const answer = await post(item);
  sending = null;
  // also when the log has shown the entry before this answer came: the number is news
  if (answer.sequence !== undefined) return settle(item, answer.sequence);
  if (!find(item.entryId)) return tell({ type: "change" });
  if (answer.refused) save({ ...item, state: "failed", error: answer.refused });
  else {
    const delay = answer.after ?? Math.min(LONGEST, 1000 * 2 ** Math.min(item.attempts - 1, 10)) * (0.8 + Math.random() * 0.4);
    // what was not acknowledged at once keeps the time at which it was written
    const occurredAt = item.occurredAt ?? (item.after === undefined ? { at: iso(item.typedAt), precision: "exact" } : undefined);
    save({ ...item, occurredAt, state: answer.signedOut ? "signin" : "wait", stuck: !!answer.server && item.attempts >= STUCK_AFTER, nextAt: Date.now() + (answer.signedOut ? LONGEST : delay) });
  }
  tell({ type: "change" });
}

/* {sequence} acknowledged, {refused} for good, {signedOut}, or {server, after} to try again. */
async function post({ key, entryId, kind, body, occurredAt, after }) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT);
  try {
    const response = await fetch(at(`api/v1/incidents/${encodeURIComponent(key)}/timeline`), {
      method: "POST", credentials: "same-origin", redirect: "manual", cache: "no-store", signal: abort.signal,
      headers: { "Content-Type": "application/json", Accept: "application/json, application/problem+json", "Desk-Person": person },
      body: JSON.stringify({ entryId, kind, body, occurredAt, after }),
    });
    readServerTime(response);
    const json = await response.json().catch(() => null);
    // an answer without a sequence is somebody else's (a portal, a proxy), not the desk's
    if (response.ok) return Number.isInteger(json?.sequence) ? { sequence: json.sequence } : { server: true };
    if (response.status === 401 || response.type === "opaqueredirect" || (response.status === 403 && !json)) return { signedOut: true };
    if (response.status >= 500 || RETRYABLE.has(response.status)) return { server: true, after: retryAfter(response) };
    return response.status >= 400 ? { refused: reason(json, response) } : { server: true };
  } catch {
    return {};
  } finally {
    clearTimeout(timer);
  }
}

function retryAfter(response) {
  const seconds = Number(response.headers.get("Retry-After") || NaN);
  return seconds > 0 ? Math.min(seconds * 1000, 120_000) : undefined;
}

function reason(problem, response) {
  const fields = Object.values(problem?.errors ?? {}).flat().join(" ");
  return fields || problem?.detail || problem?.title || `${response.status} ${response.statusText}`.trim();
}

addEventListener("online", () => retry());
addEventListener("storage", event => {
  if (event.key !== null && !event.key.startsWith("outbox:")) return;
  tell({ type: "change" });
  wake();
  pump();
});
document.addEventListener("visibilitychange", () => { if (!document.hidden && person) retry(); });
