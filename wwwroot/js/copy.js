// [data-copy]: its value on the clipboard; a path becomes a whole address.
import { on } from "./dom.js";

on("click", "[data-copy]", (event, button) => {
  event.preventDefault();
  const value = button.dataset.copy;
  copyText(/^[/?#]/.test(value) ? new URL(value, location.href).href : value);
  mark(button);
});

/** Copies a text, also over plain HTTP, where the clipboard interface is missing. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "vh";
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

/* says that it was done where it was asked for */
function mark(button) {
  const use = button.querySelector("use");
  if (!use || button.dataset.copied) return;
  const before = use.getAttribute("href");
  button.dataset.copied = "true";
  use.setAttribute("href", before.replace(/#.*/, "#i-check"));
  setTimeout(() => { use.setAttribute("href", before); delete button.dataset.copied; }, 1500);
}
