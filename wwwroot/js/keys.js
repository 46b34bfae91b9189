// Keys, menus, dialogues and the tabs of the phone. Everything by delegation, so that it survives every render.
import { at, isEditable, on, whenPresent } from "./dom.js";

let pending = null;

document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") return act(event, () => openDialog("palette"));
  if (event.key === "Escape") return escape(event);
  if (/^Arrow(Up|Down)$|^Home$|^End$/.test(event.key) && event.target.closest?.("details.menu[open]")) return moveInMenu(event);
  if (event.ctrlKey || event.metaKey || event.altKey || isEditable(event.target) || document.querySelector("dialog[open]")) return;
  if (pending === "g") {
    pending = null;
    if (event.key === "i") return act(event, () => go("incidents"));
  }
  switch (event.key) {
    case "/": return act(event, () => focusSearch() !== false || focusCapture());
    case "c": case "l": return act(event, focusCapture);
    case "?": return act(event, () => openDialog("shortcuts"));
    case "n": return act(event, () => go("declare"));
    case "j": return act(event, () => moveRow(1));
    case "k": return act(event, () => moveRow(-1));
    case "s": return act(event, () => openStatus());
    case "h": return act(event, () => press("[data-key-hit]"));
    case "d": return act(event, () => press("[data-key-defence]"));
    case "w": return act(event, () => press("[data-key-wave]"));
    case "g":
      pending = "g";
      setTimeout(() => { pending = null; }, 1000);
  }
});

function act(event, what) {
  if (what() !== false) event.preventDefault();
}

/** Goes to a path under the base, without a reload where Blazor runs. */
export function go(path) {
  const url = at(path);
  if (document.documentElement.dataset.connection !== "up") return location.assign(url);
  // as a click on a link: Blazor then knows that a page which it does not show itself is to be loaded
  const link = document.createElement("a");
  link.href = url;
  document.body.append(link);
  link.click();
  link.remove();
}

function focusCapture() {
  const text = document.getElementById("capture-text");
  if (!text) return false;
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
}

function focusSearch() {
  const field = document.querySelector("input[data-find]");
  if (!field) return false;
  field.focus();
  field.select();
}

function moveRow(step) {
  const rows = [...document.querySelectorAll(".e[tabindex]")];
  if (!rows.length) return false;
  const here = rows.indexOf(document.activeElement?.closest?.(".e[tabindex]"));
  // from outside, the newest row first
  const next = here < 0 ? rows.at(-1) : rows[Math.min(rows.length - 1, Math.max(0, here + step))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** Presses a button that is there for who may, without taking the focus: the dialogue gives it back to where it was. */
function press(selector) {
  const button = document.querySelector(selector);
  if (!button) return false;
  button.click();
}

function openStatus() {
  const target = document.querySelector("[data-key-status]");
  const opener = target?.matches("summary, button, a") ? target : target?.querySelector("summary, button, a");
  if (!opener) return false;
  opener.focus();
  opener.click();
  // The toggle event comes later than a quick arrow key.
  const menu = opener.closest("details.menu[open]");
  if (menu) items(menu)[0]?.focus();
}

/* menus: one open at a time, closed by Escape, by a click outside and by a choice */
document.addEventListener("toggle", event => {
  const menu = event.target;
  if (!menu.matches?.("details.menu") || !menu.open) return;
  closeMenus(menu);
  unfold(menu);
  if (menu.querySelector(":scope > summary:focus-visible")) items(menu)[0]?.focus();
}, true);

/** At the foot of a column that scrolls, the list goes up. */
function unfold(menu) {
  const column = menu.closest(".aside"), list = menu.querySelector(":scope > .menu-pop");
  if (!column || !list || getComputedStyle(list).position === "fixed") return;
  menu.classList.remove("up");
  const edge = column.getBoundingClientRect(), own = menu.getBoundingClientRect();
  menu.classList.toggle("up", own.bottom + list.offsetHeight + 8 > edge.bottom && own.top - list.offsetHeight - 8 > edge.top);
}

document.addEventListener("click", event => {
  const menu = event.target.closest?.("details.menu");
  closeMenus(menu);
  const chosen = event.target.closest?.(".menu-pop button, .menu-pop a");
  if (menu && chosen && !chosen.matches("[data-keep]") && chosen.type !== "submit") close(menu, isEditable(document.activeElement));
});

const items = menu => [...menu.querySelectorAll(".menu-pop :is(a[href], button:not(:disabled), input, select, textarea)")];

function closeMenus(except) {
  document.querySelectorAll("details.menu[open]").forEach(m => { if (m !== except && !m.contains(except ?? null)) m.open = false; });
}

function close(menu, keepFocus) {
  const inside = menu.contains(document.activeElement);
  menu.open = false;
  if (inside && !keepFocus) menu.querySelector("summary")?.focus();
}

function moveInMenu(event) {
  if (isEditable(event.target)) return;
  const list = items(event.target.closest("details.menu"));
  const here = list.indexOf(document.activeElement);
  const next = { ArrowDown: here + 1, ArrowUp: here < 0 ? list.length - 1 : here - 1, Home: 0, End: list.length - 1 }[event.key];
  list[(next + list.length) % list.length]?.focus();
  event.preventDefault();
}

function escape(event) {
  pending = null;
  if (event.target.matches?.("input[data-find]") && event.target.value) return clear(event);
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  close(menu);
  event.preventDefault();
}

/** Not every browser empties a search field by itself. */
function clear(event) {
  event.target.value = "";
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
  event.preventDefault();
}

/* dialogues: [data-opens="id"], [data-closes], and those that Blazor renders with data-modal */
export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!dialog?.showModal) return false;
  closeMenus();
  if (!dialog.open) dialog.showModal();
}

on("click", "[data-opens]", (event, opener) => {
  if (openDialog(opener.dataset.opens) !== false) event.preventDefault();
});
on("click", "dialog [data-closes]", (event, button) => button.closest("dialog").close());
on("pointerdown", "dialog.palette, dialog#shortcuts, dialog[data-light]", (event, dialog) => {
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (event.target === dialog && !inside) dialog.close();
});
const openers = new Map();
// What was refused is said at the top, which a long form has scrolled away.
whenPresent(".dlg-body > .notice[role=alert]", notice => notice.scrollIntoView({ block: "nearest" }));

whenPresent("dialog[data-modal]", dialog => {
  openers.set(dialog, document.activeElement);
  if (!dialog.open) dialog.showModal();
  // Escape must reach whoever rendered it: through the button that closes
  dialog.addEventListener("cancel", event => {
    const closer = dialog.querySelector("[data-closes]");
    if (!closer) return;
    event.preventDefault();
    closer.click();
  });
}, dialog => {
  // Blazor drops it without closing it: the focus goes back to where it was opened from, or to the heading of that part
  const opener = openers.get(dialog);
  openers.delete(dialog);
  if (!document.querySelector("dialog[open]") && document.activeElement === document.body) giveBack(opener);
});

const parts = new WeakMap();
document.addEventListener("focusin", event => {
  const part = event.target.closest?.(".aside section[id]")?.id;
  if (part) parts.set(event.target, part);
});

function giveBack(element) {
  const target = element?.isConnected ? element : document.querySelector(`#${parts.get(element) ?? "none"} h2[tabindex]`);
  target?.focus({ preventScroll: true });
}

/* what stands beside the timeline is put in another order while somebody is in it: the focus stays on what it was on */
let beside = null;
document.addEventListener("focusin", event => { beside = event.target.closest?.(".aside") ? event.target : null; });
document.addEventListener("pointerdown", () => { beside = null; });
new MutationObserver(() => {
  if (beside && document.activeElement === document.body && !document.querySelector("dialog[open]")) giveBack(beside);
}).observe(document.documentElement, { childList: true, subtree: true });

/* the tabs of the phone change no address: :target would not follow Blazor's navigation */
on("click", ".tabs :is(a, button)", (event, tab) => {
  event.preventDefault();
  event.stopPropagation();
  const name = tab.dataset.tab ?? tab.getAttribute("href")?.split("#")[1];
  const desk = tab.closest(".desk");
  if (!desk || !name) return;
  desk.dataset.tab = name;
  for (const other of tab.closest(".tabs").querySelectorAll("a, button")) other.setAttribute("aria-current", other === tab ? "true" : "false");
}, true);
whenPresent(".tabs", tabs => {
  if (!tabs.querySelector("[aria-current='true']")) tabs.querySelector("a, button")?.setAttribute("aria-current", "true");
});
