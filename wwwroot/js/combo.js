// A field with a list of suggestions: [data-combo] holds an input role=combobox and a role=listbox. Whoever rendered them fills
// the list and hears the click on an option; which one the arrows are on is kept here.
import { on, whenPresent } from "./dom.js";

const field = combo => combo.querySelector("[role=combobox]");
const list = combo => combo.querySelector("[role=listbox]");
const options = combo => list(combo)?.hidden ? [] : [...combo.querySelectorAll("[role=option]")];
const answers = combo => list(combo).dataset.for === field(combo).value.trim();
const watches = new Map();
// Enter was pressed before the answer to what stands in the field: it is taken when that comes
const wanted = new WeakSet();

whenPresent("[data-combo]", combo => {
  const watch = new MutationObserver(() => {
    // of a list that nobody has narrowed down, none is the likeliest
    mark(combo, field(combo).value.trim() ? 0 : -1);
    if (!wanted.has(combo) || !answers(combo)) return;
    wanted.delete(combo);
    options(combo)[0]?.click();
  });
  watch.observe(list(combo), { childList: true, attributeFilter: ["data-for"] });
  watches.set(combo, watch);
}, combo => {
  watches.get(combo)?.disconnect();
  watches.delete(combo);
});

function mark(combo, index) {
  const all = options(combo);
  all.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
  const chosen = all[index];
  if (!chosen) return field(combo).removeAttribute("aria-activedescendant");
  field(combo).setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

on("keydown", "[data-combo] [role=combobox]", (event, input) => {
  const combo = input.closest("[data-combo]");
  const all = options(combo);
  if (event.isComposing) return;
  // What is not in the list is not chosen, and the form that the field stands in is not done yet.
  if (!all.length && event.key === "Enter" && input.ariaInvalid === "true") event.preventDefault();
  if (!all.length) return;
  const here = all.findIndex(option => option.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(combo, (here + step + all.length) % all.length);
  else if (event.key === "Enter" || event.key === "Tab") {
    // an answer to what was typed before is no answer: on a slow link it would choose another asset
    if (answers(combo)) {
      if (here >= 0 || input.value.trim()) all[Math.max(0, here)].click();
    }
    else if (event.key === "Enter") wanted.add(combo);
  }
  else if (event.key === "Escape") list(combo).hidden = true;
  else return;
  if (event.key !== "Tab") event.preventDefault();
  event.stopPropagation();
});

// an answer that comes later shows the list again
on("input", "[data-combo] [role=combobox]", (event, input) => {
  const combo = input.closest("[data-combo]");
  wanted.delete(combo);
  list(combo).hidden = false;
});
on("pointermove", "[data-combo] [role=option]", (event, option) => {
  const combo = option.closest("[data-combo]");
  if (option.getAttribute("aria-selected") !== "true") mark(combo, options(combo).indexOf(option));
});
// the field keeps the focus
on("pointerdown", "[data-combo] [role=listbox]", event => event.preventDefault());
