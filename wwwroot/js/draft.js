// [data-draft] fields outlive a reload and a lost circuit: kept in this browser per person, given back when the field appears.
import { on, store, whenPresent } from "./dom.js";

const key = name => `draft:${document.querySelector("[data-person]")?.dataset.person ?? ""}:${name}`;

on("input", "[data-draft]", (event, field) => {
  if (field.value === "") store.remove(key(field.dataset.draft));
  else store.set(key(field.dataset.draft), field.value);
});

whenPresent("[data-draft]", field => {
  field.dataset.draftPage = location.pathname;
  const kept = store.get(key(field.dataset.draft));
  if (kept === null || kept === field.value) return;
  field.value = kept;
  announce(field);
}, field => {
  // closed on a page that lives on: saved or given up. A page that goes, or comes back after a break, keeps it.
  if (document.documentElement.dataset.connection === "up" && field.dataset.draftPage === location.pathname) store.remove(key(field.dataset.draft));
});

/** Forgets a draft: its text has arrived, or was given up. */
export function clearDraft(name) {
  store.remove(key(name));
}

/** Tells Blazor what the fields hold: what was typed while the circuit was away never reached it. */
export function resendDrafts() {
  document.querySelectorAll("[data-draft]").forEach(announce);
}

function announce(field) {
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

window.desk = { ...window.desk, clearDraft };
