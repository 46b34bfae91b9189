// [data-print]: the browser's own print, on pages that have a sheet. Without scripts the browser's menu does the same.
import { on } from "./dom.js";

on("click", "[data-print]", () => window.print());
