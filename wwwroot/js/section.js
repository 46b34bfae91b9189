// The sections of a postmortem: <textarea data-section> is saved as it is typed, over HTTP, and what the desk has not
// acknowledged is kept in this browser. What stands on the desk is told by [data-section-state] beside it; the text itself is
// never touched by the page, so that no push takes a key from somebody who types.
import { at, fill, icon, make, on, store, whenPresent } from "./dom.js";
import { both, diffLines } from "./linediff.js";

const PAUSE = 1_500, LONGEST = 10_000, RETRY_MOST = 30_000, TIMEOUT = 15_000;
const states = new Map(), tab = Math.random().toString(36).slice(2);
let last = null, focused = null;

const words = () => document.querySelector("[data-section-words]")?.dataset ?? {};
const word = (name, ...values) => fill(words()[name], ...values);
const textOf = id => document.querySelector(`textarea[data-section="${id}"]`);
const within = (area, selector) => area?.closest("[data-section-frame]")?.querySelector(selector);
const keyOf = state => `section:${state.person}:${state.id}`;
// the desk drops blank space around a text and keeps one kind of line end
const norm = text => text.replace(/\r\n?/g, "\n").trim();
const isDirty = state => norm(state.text) !== norm(state.base.body);

const observer = new MutationObserver(records => new Set(records.map(r => (r.target.nodeType === Node.TEXT_NODE ? r.target.parentElement : r.target)?.closest("[data-section-state]"))).forEach(element => element && told(element)));

whenPresent("[data-section-state]", element => observer.observe(element, { attributes: true, characterData: true, childList: true, subtree: true }));

whenPresent("textarea[data-section]", area => {
  const { section: id, key, person } = area.dataset, stands = standing(area);
  let state = states.get(id);
  if (!state || state.person !== person) {
    state = { id, key, person, base: stands, text: stands.body, busy: false, timer: 0, since: 0, tries: 0, conflict: null, problem: null, unsafe: false, savedAt: null, unheard: null };
    states.set(id, state);
    const kept = store.json(keyOf(state));
    if (kept && norm(kept.text) !== norm(stands.body)) {
      Object.assign(state, { text: kept.text, base: { version: kept.version, body: kept.body, by: "" } });
      if (kept.version === stands.version) schedule(state, 0);
    } else forget(state);
  }
  area.value = state.text;
  // made anew while somebody typed in it
  if (focused === id && document.activeElement === document.body) {
    area.focus({ preventScroll: true });
    if (last?.id === id) area.setSelectionRange(last.start, last.end);
  }
  meet(state, stands);
  show(state);
});

/** What the desk says that stands there now. */
function standing(area) {
  const element = within(area, "[data-section-state]");
  return { version: Number(element.dataset.version), body: element.textContent, by: element.dataset.by };
}

function told(element) {
  const area = element.closest("[data-section-frame]")?.querySelector("textarea[data-section]");
  const state = area && states.get(area.dataset.section);
  if (state) meet(state, standing(area));
}

/** Somebody else's text has come: into the field where nothing of one's own waits, beside it otherwise. */
function meet(state, stands) {
  if (state.busy) { state.heard = stands; return; }
  if (stands.version <= state.base.version || (state.conflict && stands.version <= state.conflict.version)) return;
  const isOwn = state.unheard !== null && norm(stands.body) === norm(state.unheard);
  if (!state.conflict && (isOwn || norm(stands.body) === norm(state.base.body))) {
    // its title changed, or how far it travels; or the answer to what was saved never came
    Object.assign(state, { base: stands, unheard: null });
    keep(state);
    if (isDirty(state)) schedule(state);
  } else if (!isDirty(state) || norm(state.text) === norm(stands.body)) {
    const area = textOf(state.id), typed = norm(state.text) === norm(stands.body);
    Object.assign(state, { base: stands, conflict: null, text: typed ? state.text : stands.body });
    forget(state);
    if (area && area.value !== state.text) {
      const [start, end] = [area.selectionStart, area.selectionEnd];
      area.value = state.text;
      if (document.activeElement === area) area.setSelectionRange(Math.min(start, area.value.length), Math.min(end, area.value.length));
    }
  } else {
    clearTimeout(state.timer);
    state.conflict = stands;
  }
  show(state);
}

/* what is typed */
on("input", "textarea[data-section]", (event, area) => {
  const state = states.get(area.dataset.section);
  if (state) typed(state, area.value);
});

function typed(state, text) {
  state.text = text;
  state.problem = null;
  keep(state);
  if (!isDirty(state)) { clearTimeout(state.timer); state.since = 0; } else if (!state.conflict) schedule(state);
  show(state);
}

function keep(state) {
  if (!isDirty(state)) { forget(state); state.unsafe = false; } else state.unsafe = !store.set(keyOf(state), JSON.stringify({ tab, text: state.text, version: state.base.version, body: state.base.body }));
}

/** What another window of the same person has not saved yet is not this one's to throw away. */
function forget(state) {
  const kept = store.json(keyOf(state));
  if (!kept || kept.tab === tab || norm(kept.text) === norm(state.text)) store.remove(keyOf(state));
}

/** After a pause in the typing, but not too late for those who read along. */
function schedule(state, wait = PAUSE) {
  clearTimeout(state.timer);
  state.since ||= Date.now();
  state.timer = setTimeout(() => save(state), Math.max(0, Math.min(wait, state.since + LONGEST - Date.now())));
}

async function save(state) {
  if (state.busy || state.conflict || !isDirty(state)) return;
  const sent = state.text;
  Object.assign(state, { busy: true, since: 0, heard: null });
  show(state);
  const answer = await put(state, sent);
  state.busy = false;
  if (answer.section) {
    const { version, editedBy } = answer.section;
    Object.assign(state, { base: { version, body: sent, by: editedBy }, savedAt: new Date(), tries: 0, problem: null, unheard: null });
    keep(state);
    if (isDirty(state)) schedule(state);
  } else if (answer.stands) {
    meet(state, answer.stands);
  } else {
    state.problem = answer.problem;
    if (answer.again) {
      state.unheard = sent;
      clearTimeout(state.timer);
      state.timer = setTimeout(() => save(state), Math.min(RETRY_MOST, 2_000 * 2 ** Math.min(state.tries++, 5)));
    }
  }
  if (state.heard) meet(state, state.heard);
  show(state);
}

/* {section} when it is kept, {stands} when another was quicker, else {problem} and whether to try {again}. */
async function put({ id, key, person, base }, body) {
  const abort = new AbortController(), timer = setTimeout(() => abort.abort(), TIMEOUT);
  try {
    const response = await fetch(at(`api/v1/incidents/${encodeURIComponent(key)}/postmortem/sections/${id}`), {
      method: "PATCH", credentials: "same-origin", redirect: "manual", cache: "no-store", signal: abort.signal,
      headers: { "Content-Type": "application/json", Accept: "application/json, application/problem+json", "Desk-Person": person },
      body: JSON.stringify({ version: base.version, body }),
    });
    const json = await response.json().catch(() => null);
    if (response.ok && Number.isInteger(json?.version)) return { section: json };
    if (response.status === 409 && json?.current) return { stands: { version: json.current.version, body: json.current.body, by: json.current.editedBy } };
    if (response.status === 401 || response.type === "opaqueredirect" || (response.status === 403 && !json)) return { problem: word("tSignin"), again: true };
    if (response.status >= 400 && response.status < 500 && json && ![408, 425, 429].includes(response.status)) return { problem: word("tRefused", Object.values(json.errors ?? {}).flat().join(" ") || json.detail || json.title) };
  } catch { /* no way to the desk now */ } finally {
    clearTimeout(timer);
  }
  return { problem: word("tKept"), again: true };
}

/* the way out of a conflict */
on("click", "[data-section-act]", (event, button) => {
  const area = button.closest("[data-section-frame]").querySelector("textarea[data-section]");
  const state = states.get(area.dataset.section), theirs = state?.conflict;
  if (!theirs) return;
  const mine = state.text;
  Object.assign(state, { base: theirs, conflict: null, text: { theirs: theirs.body, mine, both: both(theirs.body, mine) }[button.dataset.sectionAct] });
  area.value = state.text;
  keep(state);
  show(state);
  area.focus();
  if (isDirty(state)) schedule(state, button.dataset.sectionAct === "mine" ? 0 : PAUSE);
});

/* evidence goes where the caret is, or was */
document.addEventListener("selectionchange", () => {
  const area = document.activeElement;
  if (area?.matches?.("textarea[data-section]")) last = { id: area.dataset.section, start: area.selectionStart, end: area.selectionEnd };
});
document.addEventListener("focusout", event => {
  const area = event.target;
  // an element that is taken out of the page did not lose the focus by the reader's will
  if (area.matches?.("textarea[data-section]")) setTimeout(() => { if (area.isConnected && document.activeElement !== area) focused = null; });
});
on("focusin", "textarea[data-section]", (event, area) => {
  focused = area.dataset.section;
  if (last?.id !== focused) last = { id: area.dataset.section, start: area.selectionStart, end: area.selectionEnd };
});
on("click", "[data-insert-field]", (event, button) => {
  const area = (last && textOf(last.id)) ?? document.querySelector("textarea[data-section]");
  if (!area) return;
  const [start, end] = last?.id === area.dataset.section ? [last.start, last.end] : [area.value.length, area.value.length];
  area.setRangeText(alone(button.dataset.insertField, area.value.slice(0, start), area.value.slice(end)), start, end, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  area.focus();
});
document.addEventListener("dragstart", event => {
  const item = event.target.closest?.("[data-field]");
  if (!item) return;
  event.dataTransfer.setData("text/plain", `\n\n${item.dataset.field}\n\n`);
  event.dataTransfer.effectAllowed = "copy";
});

/** A field fills a block of its own only where it stands alone. */
function alone(field, before, after) {
  const blank = text => text.trim() === "";
  return (blank(before) || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n") + field + (blank(after) || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n");
}

/* who turns away has paused */
document.addEventListener("visibilitychange", () => { if (document.hidden) states.forEach(state => { if (isDirty(state) && !state.conflict) save(state); }); });
addEventListener("online", () => states.forEach(state => { if (isDirty(state) && !state.conflict) save(state); }));
/* only where the browser keeps nothing is there anything to lose */
addEventListener("beforeunload", event => { if ([...states.values()].some(state => state.unsafe && isDirty(state))) event.preventDefault(); });

/* what is to be seen of it */
function show(state) {
  const area = textOf(state.id), status = within(area, "[data-section-status]");
  if (!status) return;
  const clock = () => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(state.savedAt);
  const [kind, name, text] = state.conflict ? ["bad", "warning", word("tConflict", state.conflict.by)]
    : state.problem ? ["bad", "warning", state.problem]
    : state.busy ? ["", "save", word("tSaving")]
    : isDirty(state) ? [state.unsafe ? "bad" : "", state.unsafe ? "warning" : "edit", word(state.unsafe ? "tUnsafe" : "tTyped")]
    : state.savedAt ? ["ok", "check", word("tSaved", clock())] : ["", "", ""];
  area.closest("[data-section-frame]").dataset.sectionIs = state.conflict ? "conflict" : isDirty(state) ? "unsaved" : "saved";
  if (status.dataset.shown !== kind + text) {
    status.dataset.shown = kind + text;
    status.replaceChildren(...text ? [make("span", `st ${kind}`.trim(), icon(name), text)] : []);
  }
  const box = within(area, "[data-section-conflict]"), shown = state.conflict ? `${state.conflict.version} ${state.text}` : "";
  if (!box || box.dataset.shown === shown) return;
  box.dataset.shown = shown;
  if (!state.conflict) return box.replaceChildren();
  const old = box.querySelector(".conflict");
  if (old?.dataset.version === String(state.conflict.version)) fillDiff(old.querySelector(".diff"), state);
  else box.replaceChildren(conflictBox(state));
}

/** Both texts, and what may be done: nothing is lost before somebody chooses. */
function conflictBox(state) {
  const said = make("p", "", word("tConflicttext", state.conflict.by)), box = make("div", "conflict", said);
  said.setAttribute("role", "alert");
  box.dataset.version = state.conflict.version;
  const whole = make("div", "whole"), diff = make("div", "diff"), acts = make("div", "actions");
  for (const [act, name] of [["theirs", "tTheirs"], ["mine", "tMine"], ["both", "tBoth"]]) {
    const button = make("button", "btn sm", word(name));
    button.type = "button";
    button.dataset.sectionAct = act;
    acts.append(button);
  }
  fillDiff(diff, state);
  whole.append(diff, acts);
  box.append(whole);
  return box;
}

function fillDiff(diff, state) {
  const lines = diffLines(norm(state.conflict.body), norm(state.text));
  const side = (name, title, skip) => {
    const element = make("div", name, make("header", "", title), ...lines.filter(l => l.type !== skip).map(l => make("div", l.type === "same" ? "ln" : `ln ${l.type}`, l.text)));
    // it scrolls when it is long, also by the keyboard
    Object.assign(element, { dir: "auto", tabIndex: 0, role: "group", ariaLabel: title });
    return element;
  };
  diff.replaceChildren(side("diff-old", word("tStands", state.conflict.by), "ins"), side("diff-new", word("tYours"), "del"));
}
