// The rows of entries on their way, in their place at the end of the log: <ol id="outbox">.
import { fill, icon, make, on, setText } from "./dom.js";
import { wallTime } from "./captureline.js";
import { now } from "./clock.js";
import { copyText } from "./copy.js";
import { arrived, discard, isSending, onOutbox, retry, waiting } from "./outbox.js";

// an acknowledged row stays until the log shows the entry itself, at the longest this long
const LINGER = 5_000;
const sent = new Map();
let form = null, edit = () => false, ticking = null;

/** fn(item): puts a refused entry back into the bar; false when there is none. */
export const setEditor = fn => { edit = fn; };
const word = (name, ...values) => fill(form?.dataset[name] ?? "", ...values);

onOutbox(event => {
  if (event.type !== "acknowledged") return;
  const { item, sequence } = event;
  sent.set(item.entryId, { ...item, state: "sent", sequence });
  setTimeout(() => { sent.delete(item.entryId); render(); }, LINGER);
});

/** The kind's name in the reader's language: data-t-kind-action and so on. */
export function kindName({ dataset }, kind) {
  const name = kind[0].toUpperCase() + kind.slice(1);
  return dataset[`tKind${name}`] ?? dataset[`t${name}`] ?? kind;
}

/** Shows the waiting and refused entries of the form's incident. */
export function showOutbox(captureForm) {
  form = captureForm;
  render();
}

function render() {
  const list = document.getElementById("outbox");
  if (!list || !form) return;
  const items = [...sent.values(), ...waiting(form.dataset.key).filter(item => !sent.has(item.entryId))]
    .filter(item => item.key === form.dataset.key && !inLog(item.entryId))
    .sort((a, b) => a.order - b.order);
  const rows = items.map(item => {
    const old = list.querySelector(`:scope > [data-entry-id="${item.entryId}"]`);
    const signature = JSON.stringify([item.state, item.sequence, item.error, item.attempts > 1, isSending(item)]);
    const row = old?.dataset.shown === signature ? old : build(item, signature);
    if (old && old !== row) old.replaceWith(row);
    countDown(row, item);
    return row;
  });
  for (const row of [...list.children]) if (!rows.includes(row)) row.remove();
  rows.forEach((row, i) => { if (list.children[i] !== row) list.insertBefore(row, list.children[i] ?? null); });
  const counting = items.some(item => item.state === "wait" && item.attempts);
  if (counting && !ticking) ticking = setInterval(render, 1000);
  else if (!counting) { clearInterval(ticking); ticking = null; }
}

function build(item, signature) {
  const time = make("time", "", timeOf(item));
  const kind = make("span", "kind", icon(item.kind), make("span", "", kindName(form, item.kind)));
  const body = make("div", "body", make("p", "text", item.body));
  const meta = metaOf(item);
  if (meta) body.append(meta);
  const seq = make("span", "seq", ...(item.state === "sent" ? [icon("check")] : [item.state === "failed" ? "!" : "…"]));
  const row = make("li", `e ${item.state === "signin" ? "wait" : item.state} k-${item.kind}`, time, kind, body, make("span", "by", form.dataset.by ?? ""), seq);
  // the first attempt is not worth an alarm; standing behind one that fails is
  if (item.state === "wait" && item.attempts <= 1 && isSending(item)) row.classList.add("fresh");
  row.dataset.entryId = item.entryId;
  row.dataset.shown = signature;
  return row;
}

function metaOf(item) {
  if (item.state === "sent" || (item.state === "wait" && (!item.attempts || (item.attempts === 1 && isSending(item))))) return null;
  const actions = { retry: ["", word("tRetry")], edit: ["ghost", word("tEdit")], copy: ["ghost", word("tCopy")], discard: ["ghost", word("tDiscard")] };
  const names = item.state === "failed" ? ["edit", "copy", "discard"] : ["retry", "copy"];
  const text = make("span", "", item.state === "failed" ? word("tFailed", item.error) : item.state === "signin" ? word("tSignin") : "");
  text.dataset.countdown = "";
  return make("div", "wmeta", icon(item.state === "failed" ? "warning" : item.state === "signin" ? "lock" : "clock"), text,
    ...names.filter(name => actions[name][1]).map(name => {
      const button = make("button", `btn sm ${actions[name][0]}`.trim(), actions[name][1]);
      button.type = "button";
      button.dataset.outbox = name;
      return button;
    }));
}

/* the wait runs down in place: the buttons keep the focus */
function countDown(row, item) {
  if (item.state !== "wait") return;
  const text = row.querySelector("[data-countdown]");
  if (!text) return;
  const seconds = Math.max(0, Math.ceil((item.nextAt - Date.now()) / 1000));
  setText(text, isSending(item) ? word("tSending") : word("tAttempt", item.attempts, seconds));
}

function timeOf({ occurredAt, typedAt }) {
  const mark = { about: "~", before: "<", after: ">" }[occurredAt?.precision] ?? "";
  return mark + wallTime(occurredAt ? Date.parse(occurredAt.at) : typedAt, form.dataset.zone, now(), form.dataset.lang);
}

const inLog = entryId => [...document.querySelectorAll(`[data-entry-id="${CSS.escape(entryId)}"]`)].some(row => !row.closest("#outbox"));

// the log itself shows the entry: whatever became of the answer, it has arrived
new MutationObserver(() => {
  const list = document.getElementById("outbox");
  if (!list?.childElementCount) return;
  for (const row of [...list.children]) {
    const id = row.dataset.entryId;
    if (!inLog(id)) continue;
    if (sent.delete(id)) render(); else arrived(id);
    row.remove();
  }
}).observe(document.documentElement, { childList: true, subtree: true });

on("click", "#outbox [data-outbox]", async (event, button) => {
  const id = button.closest("li").dataset.entryId;
  const item = waiting().find(i => i.entryId === id);
  if (!item) return;
  switch (button.dataset.outbox) {
    case "retry": return retry(id);
    case "copy": return copyText(item.raw ?? item.body);
    case "discard": return discard(id);
    case "edit": if (edit(item)) discard(id);
  }
});
