// The adaptation board: [data-board] holds the picture. The desk draws it; here it is measured, moved and zoomed, and each
// thing in it, [data-board-item], shows its row of the table as a card. What is wanted of the desk goes through hidden
// fields whose change it hears: at most one at a time, so that a fast wheel does not flood it.
import { under } from "./beside.js";
import { at, make, on, whenPresent } from "./dom.js";

const REST = 250, LEAVE = 180, PACE = 120;
let card = null, owner = null, timer = 0;
const observer = new ResizeObserver(entries => entries.forEach(entry => measure(entry.target)));
const waiting = new Map();

/** Tells the desk, the newest value last. */
function tell(field, value) {
  if (!field) return;
  const known = waiting.get(field);
  if (known) return void (known.value = value);
  const send = () => {
    field.value = waiting.get(field).value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  waiting.set(field, { value });
  setTimeout(() => { if (field.isConnected) send(); waiting.delete(field); }, PACE);
}

function measure(board) {
  const style = getComputedStyle(board);
  const width = Math.floor(board.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
  if (width > 0 && board.dataset.measured !== String(width)) {
    board.dataset.measured = width;
    tell(board.querySelector("[data-board-width]"), String(width));
  }
}

whenPresent("[data-board]", board => {
  observer.observe(board);
  board.addEventListener("scroll", () => board.style.setProperty("--scrolled", `${board.scrollLeft}px`), { passive: true });
  board.addEventListener("wheel", event => wheel(event, board), { passive: false });
}, board => { observer.unobserve(board); hide(); });

// --- zoom and pan

const range = board => board.wanted ?? { from: Number(board.dataset.from), to: Number(board.dataset.to) };

function want(board, from, to) {
  // beside the whole there is nothing to see
  const first = Number(board.dataset.first), last = Number(board.dataset.last);
  const by = to - from >= last - first ? 0 : from < first ? first - from : to > last ? last - to : 0;
  [from, to] = [from + by, to + by];
  board.wanted = { from, to };
  clearTimeout(board.forget);
  board.forget = setTimeout(() => { board.wanted = null; }, 1500);
  tell(board.querySelector("[data-board-range]"), `${Math.round(from)} ${Math.round(to)}`);
}

const pixels = board => Number(board.dataset.right) - Number(board.dataset.left);

function wheel(event, board) {
  const { from, to } = range(board), span = to - from;
  if (event.ctrlKey) {
    event.preventDefault();
    const picture = board.querySelector(":scope > .board").getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - picture.left - Number(board.dataset.left)) / pixels(board)));
    const next = Math.max(60_000, span * Math.exp(Math.max(-1, Math.min(1, event.deltaY / 240))));
    const moment = from + span * share;
    want(board, moment - next * share, moment + next * (1 - share));
  } else if (event.shiftKey && board.scrollWidth <= board.clientWidth) {
    event.preventDefault();
    const by = (event.deltaX || event.deltaY) / pixels(board) * span;
    want(board, from + by, to + by);
  }
}

on("pointerdown", "[data-board]", (event, board) => {
  if (event.button !== 0 || event.pointerType === "touch" || event.target.closest("a")) return;
  const start = event.clientX, { from, to } = range(board);
  const move = moved => {
    if (Math.abs(moved.clientX - start) < 3 && !board.classList.contains("drags")) return;
    board.classList.add("drags");
    const by = (start - moved.clientX) / pixels(board) * (to - from);
    want(board, from + by, to + by);
  };
  const end = () => {
    board.classList.remove("drags");
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
});

const keys = { "+": "in", "=": "in", "-": "out", "0": "whole", "ArrowLeft": "left", "ArrowRight": "right" };
on("keydown", "[data-board]", event => {
  const wanted = keys[event.key];
  if (!wanted || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  document.querySelector(`[data-board-zoom="${wanted}"]`)?.click();
});

// --- the card, and the arrows of what it is about

function show(item) {
  hide();
  const row = document.getElementById(item.dataset.boardItem);
  if (!row) return;
  owner = item;
  const heads = [...row.closest("table").querySelectorAll("thead th")].map(th => th.textContent);
  const facts = make("dl", "");
  [...row.cells].forEach((cell, n) => {
    if (n === 0 || !cell.textContent.trim()) return;
    const value = make("dd", "");
    value.append(...[...cell.cloneNode(true).childNodes]);
    facts.append(make("dt", "", heads[n]), value);
  });
  const title = make("div", "t");
  title.append(...[...row.cells[0].cloneNode(true).childNodes]);
  // the way there is the thing itself
  for (const link of title.querySelectorAll("a")) link.replaceWith(link.textContent);
  card = make("div", "boardcard", title, facts);
  card.id = "board-card";
  card.setAttribute("role", "tooltip");
  document.body.append(card);
  item.setAttribute("aria-describedby", card.id);
  highlight(item);
  place();
}

/** Behind the names of a lane, so that they stay to be read. */
function place() {
  const own = owner.getBoundingClientRect();
  under(card, own, owner.matches(".ml") ? own.left + 210 : own.left);
}

function highlight(item) {
  const board = item.closest("[data-board]"), id = item.dataset.boardItem;
  const own = [...board.querySelectorAll(".arr")].filter(arrow => arrow.dataset.boardFrom === id || arrow.dataset.boardTo === id);
  board.classList.add("focused");
  item.classList.add("on");
  for (const arrow of own) {
    arrow.classList.add("on");
    for (const end of [arrow.dataset.boardFrom, arrow.dataset.boardTo]) board.querySelector(`[data-board-item="${end}"]`)?.classList.add("on");
  }
}

function hide() {
  clearTimeout(timer);
  card?.remove();
  owner?.removeAttribute("aria-describedby");
  for (const board of document.querySelectorAll("[data-board].focused")) {
    board.classList.remove("focused");
    for (const lit of board.querySelectorAll(".on")) lit.classList.remove("on");
  }
  card = owner = null;
}

function soon(what, wait) {
  clearTimeout(timer);
  timer = setTimeout(what, wait);
}

on("pointerover", "[data-board-item]", (event, item) => {
  if (event.pointerType === "touch") return;
  if (item === owner) clearTimeout(timer);
  else soon(() => item.isConnected && show(item), REST);
});
on("pointerout", "[data-board-item]", event => { if (event.pointerType !== "touch") soon(hide, LEAVE); });
on("pointerover", ".boardcard", () => clearTimeout(timer));
on("pointerout", ".boardcard", () => soon(hide, LEAVE));
on("focusin", "[data-board-item]", (event, item) => { if (item.matches(":focus-visible") && item !== owner) show(item); });
on("focusout", "[data-board-item]", (event, item) => { if (item === owner) hide(); });
document.addEventListener("keydown", event => {
  if (event.key !== "Escape" || !card) return;
  hide();
  event.preventDefault();
  event.stopPropagation();
}, true);
document.addEventListener("scroll", event => { if (card && !card.contains(event.target)) hide(); }, true);

// --- the picture to keep, in the theme that is shown

function themed(address) {
  const url = new URL(address, document.baseURI);
  const chosen = document.documentElement.dataset.theme;
  const dark = chosen ? chosen.endsWith("dark") : matchMedia("(prefers-color-scheme: dark)").matches;
  url.searchParams.set("theme", dark ? "dark" : "light");
  return url;
}

on("click", "[data-board-svg]", (event, link) => { link.href = themed(link.href).href; }, true);

on("click", "[data-board-png]", async (event, button) => {
  button.disabled = true;
  try {
    const answer = await fetch(themed(at(button.dataset.boardPng.replace(/^\//, ""))));
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    save(await paint(await answer.text()), button.dataset.name);
  } catch {
    button.title = button.dataset.failed;
    button.after(make("span", "q", button.dataset.failed));
  } finally {
    button.disabled = false;
  }
});

/** The picture at twice its size. An image of the page's own kind: the desk lets in nothing else. */
async function paint(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth * 2, image.naturalHeight * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => canvas.toBlob(blob => blob ? done(blob) : failed(new Error("empty")), "image/png"));
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
