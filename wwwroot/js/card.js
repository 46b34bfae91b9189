// The card of an asset: <a data-asset="id"> shows its history after a rest of the pointer or the focus, a button
// [data-asset-card="id"] shows it by touch. One card for the whole page; what it says comes from the desk.
import { inside, move, under } from "./beside.js";
import { at, make, on } from "./dom.js";

const REST = 350, LEAVE = 200;
let card = null, owner = null, timer = 0, asked = 0;

const words = () => document.getElementById("asset-card-words")?.dataset ?? {};
const incident = () => location.pathname.match(/\/incidents\/([^/]+)$/)?.[1] ?? "";

function show(element, id) {
  hide();
  owner = element;
  const name = element.matches("a") ? element : element.closest("li")?.querySelector("[data-asset]");
  card = make("div", "assetcard", make("p", "t", name?.textContent ?? ""), make("p", "q", words().loading ?? "…"));
  card.id = "asset-card";
  card.setAttribute("role", "tooltip");
  // inside a dialogue the card must stand in its layer
  (element.closest("dialog") ?? document.body).append(card);
  element.setAttribute("aria-describedby", card.id);
  if (element.matches("[aria-expanded]")) element.setAttribute("aria-expanded", "true");
  place();
  fill(id, ++asked);
}

async function fill(id, mine) {
  let text = null;
  try {
    const answer = await fetch(`${at(`api/v1/assets/${encodeURIComponent(id)}/card`)}?incident=${incident()}`);
    if (answer.ok && !answer.redirected) text = await answer.text();
  } catch { /* said below */ }
  if (mine !== asked || !card) return;
  // the desk's own markup, parsed without running anything
  const parts = text === null ? [make("p", "q", words().failed ?? "–")] : [...new DOMParser().parseFromString(text, "text/html").body.childNodes];
  card.replaceChildren(card.firstElementChild, ...parts);
  place();
}

/** Beside a column on the right, where it covers nothing of it; else under the name, or over it. */
function place() {
  const own = owner.getBoundingClientRect(), box = card.getBoundingClientRect();
  const column = owner.closest(".aside")?.getBoundingClientRect();
  if (column && column.left > box.width + 16) move(card, column.left - box.width - 8, inside(own.top - 8, box.height, innerHeight));
  else under(card, own);
}

function hide() {
  clearTimeout(timer);
  asked++;
  card?.remove();
  owner?.removeAttribute("aria-describedby");
  if (owner?.matches("[aria-expanded]")) owner.setAttribute("aria-expanded", "false");
  card = owner = null;
}

function soon(what, wait) {
  clearTimeout(timer);
  timer = setTimeout(what, wait);
}

on("pointerover", "a[data-asset]", (event, link) => {
  if (event.pointerType === "touch") return;
  if (link === owner) clearTimeout(timer);
  else soon(() => link.isConnected && show(link, link.dataset.asset), REST);
});
on("pointerout", "a[data-asset]", event => { if (event.pointerType !== "touch") soon(hide, LEAVE); });
on("pointerover", ".assetcard", () => clearTimeout(timer));
on("pointerout", ".assetcard", () => soon(hide, LEAVE));
on("focusin", "a[data-asset]", (event, link) => {
  if (link.matches(":focus-visible") && link !== owner) soon(() => document.activeElement === link && show(link, link.dataset.asset), REST);
});
on("focusout", "a[data-asset], [data-asset-card]", (event, element) => { if (element === owner) hide(); });
on("click", "[data-asset-card]", (event, button) => button === owner ? hide() : show(button, button.dataset.assetCard));
document.addEventListener("keydown", event => {
  if (event.key !== "Escape" || !card) return;
  hide();
  event.preventDefault();
  event.stopPropagation();
}, true);
document.addEventListener("pointerdown", event => { if (card && !card.contains(event.target) && !owner.contains(event.target)) hide(); });
document.addEventListener("scroll", () => { if (card) hide(); }, true);
