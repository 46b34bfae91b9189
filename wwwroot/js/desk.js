// The scripts of the desk. Every page loads this module once; each part finds its elements when they appear.
import "./copy.js";
import "./draft.js";
import "./keys.js";
import "./combo.js";
import "./card.js";
import "./board.js";
import "./palette.js";
import "./passkey.js";
import "./print.js";
import "./scroll.js";
import "./mention.js";
import "./capture.js";
import "./attach.js";
import "./exports.js";
import "./sources.js";
import "./section.js";
import { startClock } from "./clock.js";
import { startBlazor } from "./boot.js";

startClock();
startBlazor();
