// The timeline keeps its place: at the foot for who reads along, where they are for who reads back.
// The region lays out from its foot (column-reverse), so scrollTop is 0 there and negative above.
import { fill, on, whenPresent } from "./dom.js";

const NEAR = 32;
const state = { region: null, anchors: [], atEnd: true, fresh: 0 };

whenPresent(".scroll[data-timeline]", attach, region => { if (state.region === region) state.region = null; });

function attach(region) {
  const back = state.place?.path === location.pathname ? state.place : null;
  Object.assign(state, { region, anchors: [], atEnd: true, fresh: 0 });
  region.style.overflowAnchor = "none";
  region.addEventListener("scroll", () => { remember(); }, { passive: true });
  new MutationObserver(changed).observe(region, { childList: true, subtree: true, characterData: true });
  new ResizeObserver(hold).observe(region);
  for (const part of region.children) new ResizeObserver(hold).observe(part);
  const wanted = region.querySelector(".e.hl") ?? (location.hash.length > 1 ? region.querySelector(`.e[id="${CSS.escape(location.hash.slice(1))}"]`) : null);
  if (back && !back.atEnd) restore(back);
  else if (wanted) wanted.scrollIntoView({ block: "center" });
  else region.scrollTop = 0;
  remember();
}

const rows = () => state.region.querySelectorAll(".e");
const fromEnd = () => Math.abs(state.region.scrollTop);
// while newer entries are not loaded, the foot of the list is not the present
const isWindow = () => state.region.hasAttribute("data-has-newer");

/* Several rows, because the first may be filtered away by the next change. */
function remember() {
  const { region } = state;
  if (!region) return;
  const top = region.getBoundingClientRect().top;
  state.atEnd = fromEnd() <= NEAR;
  state.anchors = [];
  let list = rows(), low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].getBoundingClientRect().bottom > top) high = middle; else low = middle + 1;
  }
  for (let i = low; i < Math.min(low + 8, list.length); i++) state.anchors.push({ row: list[i], id: list[i].id, y: list[i].getBoundingClientRect().top - top });
  state.place = { path: location.pathname, atEnd: state.atEnd, anchors: state.anchors.map(({ id, y }) => ({ id, y })) };
  if (state.atEnd) showPill(0);
}

/* Puts the first row that is still there back where it stood. */
function hold() {
  const { region } = state;
  if (!region?.isConnected) return;
  if (state.atEnd && !isWindow()) {
    region.scrollTop = 0;
    return;
  }
  const anchor = state.anchors.find(a => a.row.isConnected);
  if (!anchor) return;
  const moved = anchor.row.getBoundingClientRect().top - region.getBoundingClientRect().top - anchor.y;
  if (Math.abs(moved) >= 1) region.scrollTop += moved;
}

/* After the page was built anew, the rows are others but their numbers are the same. */
function restore(place) {
  const anchor = place.anchors.find(a => a.id && document.getElementById(a.id));
  if (!anchor) return;
  state.region.scrollTop += document.getElementById(anchor.id).getBoundingClientRect().top - state.region.getBoundingClientRect().top - anchor.y;
}

function changed(mutations) {
  if (!state.region?.isConnected) return;
  if (!state.atEnd && !isWindow()) showPill(state.fresh + countBelow(mutations));
  hold();
}

function countBelow(mutations) {
  const last = state.anchors.at(-1)?.row;
  let count = 0;
  for (const { addedNodes, target } of mutations) {
    if (target.closest?.("#outbox")) continue;
    for (const node of addedNodes) {
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      const added = node.matches(".e") ? [node] : [...node.querySelectorAll(".e")];
      count += added.filter(row => row.isConnected && !row.closest("#outbox") && last && last.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING).length;
    }
  }
  return count;
}

function showPill(count) {
  state.fresh = count;
  const pill = document.querySelector(".pill");
  if (!pill) return;
  pill.hidden = count === 0;
  const label = pill.querySelector("[data-new-count]") ?? pill;
  if (count && label.textContent !== fill(pill.dataset.text, count)) label.textContent = fill(pill.dataset.text, count);
}

/** Goes to the newest line. */
export function toEnd() {
  if (!state.region) return;
  state.atEnd = true;
  state.region.scrollTop = 0;
  showPill(0);
}

on("click", ".pill", () => toEnd());
document.addEventListener("desk:sent", toEnd);
