// Completion of #asset and +mitigation in the capture bar, and the assets that a pasted line speaks of. It hears the keys before
// the bar does: Tab takes the chosen suggestion or the first, Enter the chosen one; with none chosen, Enter sends as ever.
import { at, make, on } from "./dom.js";

const TOKEN = /(?:^|[\s(,;"'¿¡])([#+][\p{L}\p{N}._:\/-]+)$/u;
const WAIT = 80, LINE = 1500, SHORTEST_LINE = 12;
let timer = 0, asked = 0, chosen = -1;
// the part of the text that a choice replaces; empty behind a pasted line
let range = [0, 0];

const field = () => document.getElementById("capture-text");
const list = () => document.getElementById("capture-mentions");
const options = () => list()?.hidden === false ? [...list().children] : [];

on("input", "#capture-text", event => {
  if (event.inputType === "insertFromPaste" || event.isComposing) return;
  const token = TOKEN.exec(field().value.slice(0, field().selectionStart))?.[1];
  if (!token) return close();
  const end = field().selectionStart;
  ask(token, [end - token.length, end]);
});

on("paste", "#capture-text", event => {
  const line = event.clipboardData?.getData("text/plain").trim() ?? "";
  close();
  // behind the paste, which has not happened yet
  if (line.length >= SHORTEST_LINE) setTimeout(() => ask(line.slice(0, LINE), [field().selectionStart, field().selectionStart]));
});

function ask(query, where) {
  clearTimeout(timer);
  const mine = ++asked;
  timer = setTimeout(async () => {
    const key = document.getElementById("capture")?.dataset.key ?? "";
    let offers = [];
    try {
      const answer = await fetch(`${at("api/v1/mentions")}?q=${encodeURIComponent(query)}&incident=${encodeURIComponent(key)}`, { headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected) offers = await answer.json();
    } catch { /* the desk is away: the line can be written without */ }
    if (mine !== asked || !list()) return;
    show(offers, query, where);
  }, WAIT);
}

function show(offers, query, where) {
  if (!offers.length) return close();
  range = where;
  list().replaceChildren(...offers.map(({ text, hint }, index) => {
    const option = make("li", "", make("span", "n", text), make("span", "hint", hint));
    option.setAttribute("role", "option");
    option.id = `mention-${index}`;
    option.dataset.text = text;
    return option;
  }));
  list().hidden = false;
  const same = text => text.toLowerCase() === query.toLowerCase();
  // a number behind # is an entry's as well, and what is whole needs no help: Enter then sends
  mark(offers[0].text.toLowerCase().startsWith(query.toLowerCase()) && !offers.some(o => same(o.text)) ? 0 : -1);
}

function mark(index) {
  chosen = index;
  options().forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
  const option = options()[index];
  if (!option) return field().removeAttribute("aria-activedescendant");
  field().setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function close() {
  clearTimeout(timer);
  asked++;
  chosen = -1;
  if (list()) list().hidden = true;
  field()?.removeAttribute("aria-activedescendant");
}

function take(option) {
  const [start, end] = range;
  const before = field().value.slice(0, start), after = field().value.slice(end);
  const text = `${before && !/\s$/.test(before) && start === end ? " " : ""}${option.dataset.text}${/^\s/.test(after) ? "" : " "}`;
  close();
  field().focus();
  field().setRangeText(text, start, end, "end");
  // the bar keeps the draft
  field().dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("keydown", event => {
  if (event.target.id !== "capture-text" || event.isComposing || event.keyCode === 229) return;
  const all = options();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!all.length) {
    // what comes late must not open over an empty bar
    if (event.key === "Enter" || event.key === "Escape") close();
    return;
  }
  if (step) mark(chosen < 0 ? (step > 0 ? 0 : all.length - 1) : (chosen + step + all.length) % all.length);
  else if (event.key === "Escape") close();
  else if (event.key === "Tab" && !event.shiftKey) take(all[Math.max(0, chosen)]);
  else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && chosen >= 0) take(all[chosen]);
  else {
    if (event.key === "Enter") close();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}, true);

on("click", "#capture-mentions [role=option]", (event, option) => take(option));
on("pointermove", "#capture-mentions [role=option]", (event, option) => { if (options()[chosen] !== option) mark(options().indexOf(option)); });
// the field keeps the focus
on("pointerdown", "#capture-mentions", event => event.preventDefault());
document.addEventListener("focusout", event => { if (event.target.id === "capture-text") close(); });
document.addEventListener("desk:sent", close);
