// Shared ground of the scripts: Blazor makes and drops elements when it likes, so nothing holds on to one; each script says
// what it wants to know about, and acts through events on the document.

const SVG = "http://www.w3.org/2000/svg";
const watched = [];
let queued = false;

/** Calls `appeared` for each element that matches, now and whenever one comes, and `gone` when it has left the page. */
export function whenPresent(selector, appeared, gone) {
  const watch = { selector, appeared, gone, present: new Set() };
  watched.push(watch);
  // not within the caller's own start: its module may not be whole yet
  queueMicrotask(() => look(watch));
}

function look(watch) {
  for (const element of watch.present) {
    if (element.isConnected) continue;
    watch.present.delete(element);
    watch.gone?.(element);
  }
  for (const element of document.querySelectorAll(watch.selector)) {
    if (watch.present.has(element)) continue;
    watch.present.add(element);
    watch.appeared(element);
  }
}

new MutationObserver(() => {
  if (queued) return;
  queued = true;
  queueMicrotask(() => { queued = false; watched.forEach(look); });
}).observe(document.documentElement, { childList: true, subtree: true });

/** Listens on the document for an event from inside an element that matches. */
export function on(type, selector, handler, options) {
  document.addEventListener(type, event => {
    const element = event.target.closest?.(selector);
    if (element) handler(event, element);
  }, options);
}

/** Whether typed characters belong to this element. */
export function isEditable(element) {
  return !!element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && !/^(checkbox|radio|button|submit|file)$/.test(element.type));
}

/** Puts the values into "{0} of {1}". */
export function fill(template, ...values) {
  return (template ?? "").replace(/\{(\d)\}/g, (_, n) => values[n] ?? "");
}

/** An element with a class and children; text is text, never markup. */
export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter(c => c != null));
  return element;
}

// The scripts draw icons when the desk is away, and a browser then asks for the sprite in vain: its shapes are fetched once.
const shapes = new Map();
fetch(at("icons.svg")).then(answer => answer.text()).then(text => {
  for (const symbol of new DOMParser().parseFromString(text, "image/svg+xml").querySelectorAll("symbol")) shapes.set(symbol.id, symbol);
}).catch(() => { /* <use> stands in */ });

/** An icon of the sprite. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  setIcon(svg, name);
  return svg;
}

/** Changes an icon; what Blazor put there stays, but is not shown. */
export function setIcon(svg, name) {
  if (!svg || svg.dataset.icon === name) return;
  const shape = shapes.get(`i-${name}`);
  let use = svg.querySelector(":scope > use");
  svg.querySelector(":scope > g")?.remove();
  svg.setAttribute("viewBox", "0 0 16 16");
  if (shape) {
    const group = document.createElementNS(SVG, "g");
    group.append(...[...shape.childNodes].map(node => document.importNode(node, true)));
    svg.append(group);
    if (use) use.style.display = "none";
  } else {
    if (!use) svg.append(use = document.createElementNS(SVG, "use"));
    use.style.display = "";
    use.setAttribute("href", `${at("icons.svg")}#i-${name}`);
  }
  svg.dataset.icon = shape ? name : "";
}

/** A path under the page's base. */
export function at(path) {
  return new URL(path, document.baseURI).pathname;
}

/** Changes a text in place: the text node may be Blazor's, and stays. */
export function setText(element, text) {
  if (!element) return;
  const node = [...element.childNodes].find(n => n.nodeType === Node.TEXT_NODE);
  if (!node) element.append(text);
  else if (node.data !== text) node.data = text;
}

/** An id that nobody else makes. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // plain HTTP has no randomUUID
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = b[6] & 0x0f | 0x40;
  b[8] = b[8] & 0x3f | 0x80;
  const hex = [...b].map(x => x.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/** localStorage that may be full, denied or broken: null when it does not answer. */
export const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); return true; } catch { return false; } },
  remove(key) { try { localStorage.removeItem(key); } catch { /* nothing kept, nothing to remove */ } },
  keys(prefix) { try { return Object.keys(localStorage).filter(k => k.startsWith(prefix)); } catch { return []; } },
  json(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
};
