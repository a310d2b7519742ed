// The teacher's notes in a second window that follows the presentation. The first window writes into it; no server is needed.

import { controllerOf } from "./controllers.js";
import { queryAll } from "./dom.js";

/**
 * The current position in the presentation.
 * @typedef {object} Place
 * @property {HTMLElement} screen
 * @property {string} title
 * @property {number} part
 * @property {number} parts
 * @property {number} since  When it began, in milliseconds.
 * @property {string} next  What follows.
 */

/** @type {Window | null} */
let page = null;
/** @type {Place | null} */
let at = null;
let clock = 0;

const STYLE = `body { font: 19px/1.5 system-ui, sans-serif; margin: 22px 26px; color: #1c2127; background: #fffefb; max-width: 40em; }
h1 { font-size: 24px; margin: 0 0 10px; } .time { font-size: 30px; font-variant-numeric: tabular-nums; margin: 0; } small, .next { color: #4f5862; }
details > summary { display: none; }`;

/** @param {number} n */
const two = (n) => String(n).padStart(2, "0");
/** @param {number} ms */
const minutes = (ms) => `${Math.floor(ms / 60000)}:${two(Math.floor(ms / 1000) % 60)}`;

/**
 * The notes of a screen: a lesson's notes for the teacher, the question for a class, and how to read the view.
 * @param {HTMLElement} screen
 */
function notesOf(screen) {
  controllerOf(screen)?.complete();
  const step = screen.closest(".step");
  const written = step ? queryAll(step, "details.teacher").map((note) => note.innerHTML) : [];
  const reading = screen.querySelector('[data-role="reading"]')?.innerHTML ?? "";
  const ask = [...screen.children].find((child) => child.matches(".for-class"))?.outerHTML ?? "";
  return [...written, ask, reading].filter(Boolean).join("<hr>") || "<p>No notes for this screen.</p>";
}

function write() {
  if (!page || page.closed || !at) return;
  const { body } = page.document;
  body.innerHTML = `<p class="time"><span></span> <small>since the start, at <time></time></small></p><h1></h1><div class="notes"></div><p class="next"></p>`;
  const fill = (/** @type {string} */ selector, /** @type {string} */ text) => body.querySelector(selector)?.replaceChildren(text);
  fill("h1", at.parts > 1 ? `${at.title} (${at.part + 1} of ${at.parts})` : at.title);
  fill(".next", `Next: ${at.next}`);
  for (const place of queryAll(body, ".notes")) place.innerHTML = notesOf(at.screen);
  tick();
}

function tick() {
  if (!page || page.closed || !at) {
    clearInterval(clock);
    return;
  }
  const date = new Date();
  page.document.querySelector(".time span")?.replaceChildren(minutes(Date.now() - at.since));
  page.document.querySelector("time")?.replaceChildren(`${two(date.getHours())}:${two(date.getMinutes())}`);
}

/** @param {Place} where */
export function updateNotes(where) {
  at = where;
  write();
}

/**
 * Opens the window or brings it to the front; false if the browser blocks it. Its keys turn the pages, too.
 * @param {{ next: () => void, previous: () => void, black: () => void }} keys
 */
export function openNotes({ next, previous, black }) {
  page = window.open("", "prolo-notes", "popup,width=620,height=760");
  if (!page) return false;
  page.document.title = "Notes";
  page.document.documentElement.lang = "en";
  page.document.head.innerHTML = `<meta charset="utf-8"><title>Notes</title><style>${STYLE}</style>`;
  page.onkeydown = ({ key }) => { // an assignment: the window may be the one that was opened before
    if (["PageDown", "ArrowRight", " "].includes(key)) next();
    if (["PageUp", "ArrowLeft"].includes(key)) previous();
    if (["b", "."].includes(key)) black();
  };
  clearInterval(clock);
  clock = window.setInterval(tick, 1000);
  page.focus();
  write();
  return true;
}
