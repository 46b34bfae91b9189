// [data-export]: a file that takes long to make. It says for how many seconds it works, can be stopped, and tells why nothing came.
import { fill, make, on } from "./dom.js";

on("click", "[data-export]", async (event, link) => {
  event.preventDefault();
  const box = link.closest("[data-downloads]");
  const line = box.querySelector("[data-progress]");
  if (box.dataset.busy) return;
  box.dataset.busy = "true";
  link.setAttribute("aria-disabled", "true");
  const stop = new AbortController();
  const seconds = make("span", "", fill(box.dataset.working, 0));
  const button = make("button", "btn sm", box.dataset.stop);
  button.type = "button";
  button.addEventListener("click", () => stop.abort());
  line.replaceChildren(seconds, button);
  const begun = Date.now();
  const ticks = setInterval(() => { seconds.textContent = fill(box.dataset.working, Math.round((Date.now() - begun) / 1000)); }, 1000);
  try {
    const answer = await fetch(link.href, { signal: stop.signal, headers: { Accept: "*/*" } });
    if (!answer.ok) return line.replaceChildren(...await problem(answer, box));
    const name = nameOf(answer.headers.get("Content-Disposition"));
    save(await answer.blob(), name);
    line.replaceChildren(fill(box.dataset.done, name));
    box.querySelector("[data-exported]")?.click();
  } catch (error) {
    line.replaceChildren(error.name === "AbortError" ? box.dataset.stopped : fill(box.dataset.failed, error.message));
  } finally {
    clearInterval(ticks);
    link.removeAttribute("aria-disabled");
    delete box.dataset.busy;
  }
});

/* what was wrong, and what the check found, as text */
async function problem(answer, box) {
  const said = await answer.json().catch(() => null);
  const words = make("p", "", said?.detail ?? fill(box.dataset.failed, answer.status));
  if (!Array.isArray(said?.current)) return [words];
  return [words, make("ul", "", ...said.current.map(leak => make("li", "", `${leak.where}: ${leak.text}`)))];
}

function nameOf(disposition) {
  const wide = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "");
  if (wide) return decodeURIComponent(wide[1]);
  return /filename="?([^";]+)"?/i.exec(disposition ?? "")?.[1] ?? "document";
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads it after this: a minute is more than it needs.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
