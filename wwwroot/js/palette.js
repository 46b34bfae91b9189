// Ctrl+K: dialog#palette with one input and one list. What it offers comes from the server, in the reader's language.
import { fill, icon, make, on } from "./dom.js";
import { go } from "./keys.js";

const ICONS = { incident: "alert", entry: "note", command: "right", person: "user", page: "right" };
let timer, asked = 0, results = [], chosen = 0;

const dialog = () => document.getElementById("palette");
const field = () => dialog()?.querySelector("input");
const list = () => dialog()?.querySelector("[role=listbox]");

document.addEventListener("toggle", event => { if (event.target.id === "palette") opened(); }, true);
// browsers without the toggle event of dialogues
document.addEventListener("focusin", event => { if (event.target === field() && !list().childElementCount) opened(); });

function opened() {
  if (!dialog()?.open) return;
  field().value = "";
  field().focus();
  find("");
}

on("input", "#palette input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => find(field().value.trim()), 80);
});

on("keydown", "#palette input", event => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && results.length) {
    event.preventDefault();
    choose((chosen + step + results.length) % results.length);
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    run(results[chosen]);
  }
});

on("click", "#palette [role=option]", (event, option) => run(results[Number(option.dataset.index)]));
on("pointermove", "#palette [role=option]", (event, option) => {
  if (Number(option.dataset.index) !== chosen) choose(Number(option.dataset.index));
});

async function find(query) {
  const mine = ++asked;
  let found = null;
  try {
    const response = await fetch(new URL(`api/v1/find?q=${encodeURIComponent(query)}`, document.baseURI), { headers: { Accept: "application/json" } });
    if (response.ok) found = await response.json();
  } catch { /* said below */ }
  if (mine !== asked || !dialog()?.open) return;
  results = [...ofThisPage(query), ...found ?? []];
  show(found === null ? dialog().dataset.tFailed ?? "…" : fill(dialog().dataset.tNone ?? "–", query));
}

/** What can be done on the page that is open: buttons that name their command. */
function ofThisPage(query) {
  const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return [...document.querySelectorAll("button[data-command]")]
    .filter(button => plain(button.dataset.command).includes(plain(query)))
    .map(button => ({ kind: "command", icon: "plus", title: button.dataset.command, hint: button.dataset.hint ?? "", button }));
}

function show(nothing) {
  const input = field();
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "true");
  input.setAttribute("aria-autocomplete", "list");
  list().replaceChildren(...results.map((result, index) => {
    const option = make("li", "", icon(result.icon ?? ICONS[result.kind] ?? "right"), make("span", "n", result.title), make("span", "hint", result.hint ?? ""));
    option.id = `palette-${index}`;
    option.dataset.index = index;
    option.setAttribute("role", "option");
    return option;
  }));
  if (!results.length) list().replaceChildren(make("li", "none", nothing));
  choose(0);
}

function choose(index) {
  chosen = index;
  const options = list().querySelectorAll("[role=option]");
  options.forEach((option, i) => option.setAttribute("aria-selected", i === index));
  options[index]?.scrollIntoView({ block: "nearest" });
  if (options[index]) field().setAttribute("aria-activedescendant", options[index].id);
  else field().removeAttribute("aria-activedescendant");
}

function run(result) {
  if (result?.button) {
    dialog().close();
    return result.button.click();
  }
  // only places of this desk: an address from elsewhere is not followed
  if (!result?.url || new URL(result.url, document.baseURI).origin !== location.origin) return;
  dialog().close();
  go(result.url);
}
