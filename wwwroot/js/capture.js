// The capture bar: <form id="capture"> posts by itself; this makes it quick and keeps every key that was typed.
// The form is Blazor's and may be made anew at any time: what counts is kept here and in the browser, and put back.
import { fill, icon, make, newId, on, setIcon, setText, store, whenPresent } from "./dom.js";
import { parseLine, wallTime } from "./captureline.js";
import { checkDeviceClock, now } from "./clock.js";
import { takeResume } from "./reconnect.js";
import { add, onOutbox, setPerson, waiting } from "./outbox.js";
import { kindName, setEditor, showOutbox } from "./outboxview.js";

const state = { key: null, kind: "note", after: null, focused: false, caret: [0, 0], acknowledged: null, saved: false, unsafe: false, clockText: null, checked: null };

const form = () => document.getElementById("capture");
// the first kind that this person may write
const start = () => form()?.querySelector("#capture-kind [data-kind]")?.dataset.kind ?? "note";
const field = () => document.getElementById("capture-text");
const word = (name, ...values) => fill(form()?.dataset[name] ?? "", ...values);
const draftKey = () => `draft:${form().dataset.person}:${form().dataset.key}`;
const read = () => parseLine(field().value, now(), form().dataset.zone ?? "UTC", state.kind);

whenPresent("#capture", appeared);
whenPresent("#outbox, #capture-status", () => form() && refresh());

function appeared(element) {
  const { key, person, now: renderedAt } = element.dataset;
  if (renderedAt && renderedAt !== state.checked) {
    state.checked = renderedAt;
    checkDeviceClock(renderedAt, difference => { state.clockText = difference; refresh(); });
  }
  if (state.key !== key) Object.assign(state, { key, kind: start(), after: null, acknowledged: null, focused: false });
  const draft = store.json(draftKey());
  if (draft?.text && (!field().value || field().value === field().defaultValue)) {
    field().value = draft.text;
    state.kind = draft.kind ?? start();
    state.after = draft.after ?? null;
    state.saved = true;
  }
  const resume = takeResume();
  if (resume) Object.assign(state, { focused: true, caret: [resume.start, resume.end] });
  if (state.focused && document.activeElement === document.body) {
    field().focus({ preventScroll: true });
    field().setSelectionRange(...state.caret);
  }
  setPerson(person);
  refresh();
}

/* what is typed */
on("input", "#capture-text", () => { keep(); refresh(); });
on("focusin", "#capture-text", () => { state.focused = true; });
document.addEventListener("focusout", event => {
  // an element that is taken out of the page did not lose the focus by the reader's will
  if (event.target.id === "capture-text") setTimeout(() => { if (event.target.isConnected && document.activeElement !== event.target) state.focused = false; });
});
document.addEventListener("selectionchange", () => {
  if (document.activeElement === field() && field()) state.caret = [field().selectionStart, field().selectionEnd];
});
on("keydown", "#capture-text", event => {
  if (event.key === "Escape" && state.after) { event.preventDefault(); setAfter(null); }
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  // by touch, Enter is a new line and the button sends
  if (matchMedia("(pointer: coarse)").matches && !event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  if (!event.repeat) send();
});
document.addEventListener("submit", event => {
  if (event.target.id !== "capture") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  send();
}, true);

function keep() {
  const text = field().value;
  if (!text.trim()) store.remove(draftKey());
  else state.unsafe = !store.set(draftKey(), JSON.stringify({ text, kind: state.kind, after: state.after }));
  state.saved = text.trim() !== "" && !state.unsafe;
}

/* the kind, by the menu: a prefix that says otherwise goes */
on("click", "#capture-kind [data-kind]", (event, button) => {
  const typed = read();
  if (typed.prefix) {
    const at = field().value.indexOf(typed.prefix);
    field().value = (field().value.slice(0, at) + field().value.slice(at + 1).replace(/^[ \t]+/, "")).trimStart();
  }
  state.kind = button.dataset.kind;
  keep();
  refresh();
  button.closest("details").open = false;
  field().focus();
});

/* insert between: the entry gets the place after another one */
on("click", "[data-insert-after]", (event, button) => {
  event.preventDefault();
  setAfter({ sequence: Number(button.dataset.insertAfter), label: button.dataset.insertAfterLabel ?? `#${button.dataset.insertAfter}` });
  field()?.focus();
});
on("click", "#capture [data-leave-insert]", () => { setAfter(null); field().focus(); });

function setAfter(after) {
  state.after = after;
  if (!form()) return;
  keep();
  refresh();
}

/* sending: into the outbox first, then out of the bar, then over the wire */
function send() {
  const { key, max } = form().dataset;
  const line = read();
  if (!line.body.trim() || line.body.length > Number(max ?? Infinity)) return refresh();
  const item = { key, entryId: newId(), kind: line.kind, body: line.body, typedAt: now(), raw: field().value, token: line.token };
  if (line.at) item.occurredAt = { at: line.at, precision: line.precision };
  if (state.after) item.after = state.after.sequence;
  state.unsafe = !add(item);
  Object.assign(state, { kind: start(), after: null, acknowledged: null, saved: false });
  field().value = "";
  store.remove(draftKey());
  refresh();
  document.dispatchEvent(new CustomEvent("desk:sent"));
}

/* a refused entry goes back into the bar, with the time that it had */
setEditor(item => {
  if (!field()) return false;
  const text = item.token ? item.raw.replace(item.token, absolute(item.occurredAt)) : item.occurredAt ? `${absolute(item.occurredAt)} ${item.raw.trimStart()}` : item.raw;
  field().value = field().value.trim() ? `${text}\n\n${field().value}` : text;
  if (!parseLine(text, now(), "UTC").prefix) state.kind = item.kind;
  keep();
  refresh();
  field().focus();
  return true;
});

function absolute({ at, precision }) {
  const mark = { about: "~", before: "<", after: ">" }[precision] ?? "";
  return `${at.slice(0, 10)} ${mark}${at.slice(11, 19)}Z`;
}

onOutbox(event => {
  if (event.type === "acknowledged" && event.item.key === state.key && event.sequence !== null) state.acknowledged = event.sequence;
  if (form()) refresh();
});
addEventListener("storage", event => {
  // sent from another tab: the same text here would be logged twice
  if (!form() || event.key !== draftKey() || event.newValue !== null || document.activeElement === field()) return;
  if (store.json(draftKey()) === null && field().value === JSON.parse(event.oldValue ?? "{}").text) { field().value = ""; state.saved = false; refresh(); }
});
setInterval(() => { if (form() && field().value) refresh(); }, 15_000);

function refresh() {
  const line = read();
  showKind(line.kind);
  showTime(line);
  showAfter();
  showStatus(line);
  showOutbox(form());
}

function showKind(kind) {
  const chip = form().querySelector(".kindsel") ?? form().querySelector("#capture-kind summary");
  const hidden = form().querySelector("input[name=kind]");
  if (hidden) hidden.value = kind;
  if (!chip) return;
  if (!chip.classList.contains(`k-${kind}`)) {
    chip.classList.remove(...[...chip.classList].filter(c => c.startsWith("k-")));
    chip.classList.add(`k-${kind}`);
  }
  setIcon(chip.querySelector("svg:not(.caret)"), kind);
  setText(chip.querySelector("span:not(.vh)"), kindName(form(), kind));
  for (const button of form().querySelectorAll("#capture-kind [data-kind]")) button.setAttribute("aria-current", button.dataset.kind === kind);
}

function showTime(line) {
  const chip = document.getElementById("capture-time");
  if (!chip) return;
  chip.hidden = !line.at;
  chip.classList.toggle("set", !!line.at);
  if (!line.at) return;
  const { zone, zoneLabel, lang } = form().dataset;
  const mark = { about: "~", before: "<", after: ">" }[line.precision] ?? "";
  const clock = `${mark}${wallTime(Date.parse(line.at), zone, now(), lang)}${zoneLabel ? ` ${zoneLabel}` : ""}`;
  setText(chip.querySelector("span") ?? chip, /^[~<>]?-/.test(line.token) ? `${line.token.replace("-", "−").replace(/^[~<>]/, "")}, ${clock}` : clock);
}

function showAfter() {
  let chip = form().querySelector(".after");
  if (!state.after) return chip?.remove();
  if (!chip) {
    chip = make("button", "chip after", make("span", ""), icon("x"));
    chip.type = "button";
    chip.dataset.leaveInsert = "";
    form().append(chip);
  }
  setText(chip.querySelector("span"), state.after.label);
}

function showStatus(line) {
  const area = document.getElementById("capture-status");
  if (!area) return;
  const { max, lang } = form().dataset;
  const number = n => new Intl.NumberFormat(lang).format(n);
  const queue = waiting(), open = queue.filter(item => item.state !== "failed").length;
  const parts = [];
  const say = (kind, name, text) => { if (text) parts.push([kind, name, text]); };
  const long = line.body.length > Number(max ?? Infinity) * 0.9;
  form().classList.toggle("toolong", line.body.length > Number(max ?? Infinity));
  if (long) say(line.body.length > Number(max) ? "bad" : "w", "warning", word("tToolong", number(line.body.length), number(Number(max))));
  if (state.clockText) say("w", "clock", word("tClock", state.clockText));
  if (state.unsafe) say("bad", "warning", word("tUnsafe"));
  if (queue.some(item => item.state === "signin")) say("bad", "lock", word("tSignin"));
  if (state.acknowledged !== null) say("ok", "check", word("tAcknowledged", state.acknowledged));
  if (open) say("w", "clock", word("tWaiting", open));
  if (state.saved && field().value) say("", "save", word("tDraft"));
  const signature = JSON.stringify(parts);
  if (area.dataset.shown === signature && area.childElementCount === parts.length) return;
  area.dataset.shown = signature;
  area.replaceChildren(...parts.map(([kind, name, text]) => {
    const content = name === "lock" ? make("a", "", text) : text;
    if (name === "lock") Object.assign(content, { href: form().dataset.signin ?? new URL("signin", document.baseURI).pathname, target: "_blank" });
    return make("span", `st ${kind}`.trim(), icon(name), content);
  }));
}
