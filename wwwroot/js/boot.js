// Starts Blazor (its script tag has autostart="false") with our own way to come back.
// reconnectionHandler and circuitHandlers are in the 9.0 and in the 10.0 script; the states of the template's dialogue are not.
import { circuitOpened, onConnectionDown, onConnectionUp } from "./reconnect.js";

export function startBlazor() {
  if (!window.Blazor) return;
  window.Blazor.start({
    circuit: {
      reconnectionHandler: { onConnectionDown, onConnectionUp },
      circuitHandlers: [{ onCircuitOpened: circuitOpened }],
    },
  })?.catch?.(error => console.error("The live connection did not start; logging works without it.", error));
}
