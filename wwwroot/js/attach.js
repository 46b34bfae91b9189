// Files for the capture bar: pasted, dropped or chosen. They are sent one after another; then the text names them at the caret.
// What is typed is not touched until a file has arrived, and what fails says why and can be tried again.
import { at, fill, icon, make, newId, on, setText, store, whenPresent } from "./dom.js";
import { markdownOf, pastedName, placed, shortName, sizeText } from "./filetext.js";

const LINGER = 4_000;
const queue = [];
let busy = false, dropping = 0;

const form = () => document.getElementById("capture");
const field = () => document.getElementById("capture-text");
const list = () => document.getElementById("capture-uploads");
const word = (name, ...values) => fill(list()?.dataset[name] ?? "", ...values);

whenPresent("#capture-uploads", () => render());
whenPresent("#capture-attach", button => { button.hidden = false; });
on("click", "#capture-attach", () => document.getElementById("capture-files").click());
on("change", "#capture-files", (event, input) => {
  take([...input.files]);
  input.value = "";
});
on("paste", "#capture-text", event => {
  const files = [...event.clipboardData?.files ?? []];
  // office programs put a picture of the text beside the text
  if (!files.length || event.clipboardData.getData("text/plain")) return;
  event.preventDefault();
  take(files.map(file => new File([file], pastedName(file.name, Date.now()), { type: file.type })));
});

/* a file that misses the bar would take the place of the page */
const brings = event => form() && event.dataTransfer?.types.includes("Files") && !event.target.closest?.("input[type=file]");
document.addEventListener("dragover", event => {
  if (!brings(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  form().classList.add("dropping");
  clearTimeout(dropping);
  dropping = setTimeout(() => form()?.classList.remove("dropping"), 200);
});
document.addEventListener("drop", event => {
  if (!brings(event)) return;
  event.preventDefault();
  form().classList.remove("dropping");
  // folders come as files that cannot be read
  take([...event.dataTransfer.items].filter(item => item.kind === "file" && !item.webkitGetAsEntry?.()?.isDirectory).map(item => item.getAsFile()));
});

on("click", "[data-insert-file]", (event, { dataset }) => insert(form().dataset, { id: dataset.insertFile, name: dataset.name, isImage: "image" in dataset }));
on("click", "[data-upload-act]", (event, button) => {
  const item = queue.find(i => i.id === button.closest("li").dataset.upload);
  if (!item) return;
  if (button.dataset.uploadAct === "retry") item.state = "wait"; else drop(item);
  field()?.focus();
  render();
  pump();
});
/* a pasted picture exists nowhere else */
addEventListener("beforeunload", event => { if (queue.some(item => item.state !== "done" && !item.final)) event.preventDefault(); });
addEventListener("online", () => {
  for (const item of queue) if (item.state === "failed" && item.again) item.state = "wait";
  pump();
});

/* where a picture is not there, or not of this incident, its words stand in its place */
whenPresent("a.file > img", image => { if (image.complete && !image.naturalWidth) missing(image); });
document.addEventListener("error", event => { if (event.target.matches?.("a.file > img")) missing(event.target); }, true);
function missing(image) {
  if (image.hidden) return;
  image.hidden = true;
  image.after(make("span", "missing", icon("warning"), image.alt));
}

function take(files) {
  const { key, person, lang } = form().dataset, max = Number(list().dataset.max);
  for (const file of files) {
    const item = { id: newId(), key, person, file, name: shortName(file.name), state: "wait" };
    if (file.size > max) Object.assign(item, { state: "failed", final: true, text: word("tToolarge", item.name, sizeText(file.size, lang), sizeText(max, lang)) });
    queue.push(item);
  }
  render();
  pump();
}

function drop(item) {
  item.request?.abort();
  if (queue.includes(item)) queue.splice(queue.indexOf(item), 1);
}

async function pump() {
  if (busy) return;
  busy = true;
  for (let item; (item = queue.find(i => i.state === "wait"));) {
    Object.assign(item, { state: "sending", share: 0 });
    render();
    const answer = await send(item);
    if (!queue.includes(item)) continue;
    if (answer.file) {
      item.state = "done";
      setTimeout(() => { drop(item); render(); }, LINGER);
      insert(item, answer.file);
    } else Object.assign(item, { state: "failed", ...answer });
    render();
  }
  busy = false;
}

/* {file} when it is kept, else {text} why not; {again} when it was only the link. */
const send = item => new Promise(resolve => {
  const request = item.request = new XMLHttpRequest();
  request.open("POST", `${at(`api/v1/incidents/${encodeURIComponent(item.key)}/attachments`)}?id=${item.id}&name=${encodeURIComponent(item.name)}`);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("Accept", "application/json, application/problem+json");
  request.setRequestHeader("Desk-Person", item.person);
  request.responseType = "text";
  request.upload.onprogress = ({ loaded, total }) => {
    item.share = total ? loaded / total : 0;
    const bar = list()?.querySelector(`[data-upload="${item.id}"] progress`);
    if (bar) bar.value = item.share;
  };
  request.onloadend = () => resolve(outcome(item, request));
  request.send(item.file);
});

function outcome(item, { status, responseText }) {
  let json = null;
  try { json = JSON.parse(responseText); } catch { /* somebody else's answer: a portal, a proxy */ }
  if (status === 201 && json?.id) return { file: json };
  if (status === 401 || (status === 403 && !json)) return { text: word("tSignin", item.name) };
  if (status >= 400 && status < 500 && json) return { text: word("tFailed", item.name, Object.values(json.errors ?? {}).flat().join(" ") || json.detail || json.title) };
  return { text: word("tLater", item.name), again: true };
}

/* At the caret of the bar, or at the end of what waits to be written in that incident. */
function insert({ key, person }, file) {
  const markdown = markdownOf(file);
  if (form()?.dataset.key === key && form().dataset.person === person) {
    const area = field(), caret = area.selectionEnd;
    area.setRangeText(placed(markdown, area.value.slice(0, caret), area.value.slice(caret)), caret, caret, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
    if (!matchMedia("(pointer: coarse)").matches) area.focus({ preventScroll: true });
    return;
  }
  const name = `draft:${person}:${key}`, draft = store.json(name) ?? {};
  store.set(name, JSON.stringify({ ...draft, text: (draft.text ?? "") + placed(markdown, draft.text ?? "", "") }));
}

function render() {
  if (!list() || !form()) return;
  const items = queue.filter(item => item.key === form().dataset.key);
  const rows = items.map(item => {
    const old = list().querySelector(`:scope > [data-upload="${item.id}"]`);
    const signature = `${item.state} ${item.text ?? ""}`;
    if (old?.dataset.shown === signature) return old;
    const row = build(item);
    Object.assign(row.dataset, { upload: item.id, shown: signature });
    old?.replaceWith(row);
    return row;
  });
  for (const row of [...list().children]) if (!rows.includes(row)) row.remove();
  rows.forEach(row => { if (!row.isConnected) list().append(row); });
}

function build({ name, state, text, final, share }) {
  const row = make("li", `upload ${state}`, icon({ failed: "warning", done: "check" }[state] ?? "attach"), make("span", "n"));
  setText(row.querySelector(".n"), state === "failed" ? text : word({ wait: "tWaiting", sending: "tUploading", done: "tDone" }[state], name));
  if (state === "sending") {
    const bar = make("progress", "");
    Object.assign(bar, { max: 1, value: share });
    bar.setAttribute("aria-label", name);
    row.append(bar);
  }
  const acts = { failed: final ? ["discard"] : ["retry", "discard"], sending: ["discard"], wait: ["discard"], done: [] }[state];
  for (const act of acts) {
    const label = word(act === "retry" ? "tRetry" : "tDiscard");
    const button = make("button", act === "retry" ? "btn sm" : "btn sm ghost icon", act === "retry" ? label : icon("x"));
    button.type = "button";
    button.dataset.uploadAct = act;
    if (act === "discard") Object.assign(button, { title: label, ariaLabel: `${label}: ${name}` });
    row.append(button);
  }
  return row;
}
