// Pasted source addresses: thousands of lines are too long for the page's own connection. They are folded over HTTP, and the
// field that [data-sources] names hears what became of them: "…" while nobody knows, "!" when it did not work.
import { at, on } from "./dom.js";

const WAIT = 250;
// as many lines and own addresses as the page shows: its messages are small
const SHOWN = 10;
let timer = 0, asked = 0;

on("input", "[data-sources]", (event, field) => {
  clearTimeout(timer);
  const mine = ++asked;
  if (!field.value.trim()) return tell(field, "");
  tell(field, "…");
  timer = setTimeout(async () => {
    const folded = await fold(field);
    if (mine === asked && field.isConnected) tell(field, folded);
  }, WAIT);
});

function tell(field, text) {
  const into = document.getElementById(field.dataset.sources);
  if (!into || into.value === text) return;
  into.value = text;
  into.dispatchEvent(new Event("change", { bubbles: true }));
}

async function fold(field) {
  try {
    const answer = await fetch(at("api/v1/source-addresses"), {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "Desk-Person": field.dataset.person },
      body: JSON.stringify({ text: field.value }),
    });
    if (!answer.ok || answer.redirected) return "!";
    const { prefixes, linesWithout, own, ...rest } = await answer.json();
    return JSON.stringify({
      ...rest,
      prefixes: prefixes.map(({ prefix, addresses }) => `${prefix}=${addresses}`).join(" "),
      linesWithout: linesWithout.slice(0, SHOWN), without: linesWithout.length,
      own: own.slice(0, SHOWN),
    });
  } catch { return "!"; }
}
