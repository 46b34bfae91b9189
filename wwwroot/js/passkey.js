// [data-passkey]: a form whose hidden field takes what the browser answers for a passkey; its address says what to ask.
import { on, whenPresent } from "./dom.js";

const supported = window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential.parseRequestOptionsFromJSON;

if (supported) whenPresent("form[data-passkey]", form => { form.hidden = false; });

on("submit", "form[data-passkey]", async (event, form) => {
  const field = form.querySelector("input[type=hidden][name$='.Credential']");
  if (field.value) return;
  event.preventDefault();
  event.stopPropagation();
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  try {
    const response = await fetch(form.dataset.passkey, { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
    if (!response.ok) throw new Error(`${response.status}`);
    const options = await response.json();
    const credential = form.dataset.create
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    field.value = JSON.stringify(credential);
    form.submit();
  } catch {
    // Cancelled, none there, or no answer: the person says so or tries again.
    form.querySelector("[role=alert]").textContent = form.dataset.failed;
  } finally {
    button.disabled = false;
  }
});
