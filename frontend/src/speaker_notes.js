// The teacher's notes in a second window that follows the presentation. The first window writes into it; no server is needed.

import { controllerOf } from "./controllers.js";
import { queryAll } from "./dom.js";
import { recall, remember } from "./tab_memory.js";

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
/** @type {HTMLElement | null} what stands above the notes while a class session runs */
let desk = null;

const NAME = "prolo-notes"; // of the window, and of the mark that it is open
const STYLE = `body { font: 19px/1.5 system-ui, sans-serif; margin: 22px 26px; color: #1c2127; background: #fffefb; max-width: 40em; }
h1 { font-size: 24px; margin: 0 0 10px; } .time { font-size: 30px; font-variant-numeric: tabular-nums; margin: 0; } small, .next { color: #4f5862; }
.notes details > summary { display: none; } .desk { border-bottom: 1px solid #8b929a; margin-bottom: 14px; } .desk p { margin: 0 0 8px; } .desk .counts { font-weight: 600; }
.desk .tools { display: flex; flex-wrap: wrap; gap: 6px; } button { font: inherit; font-size: 17px; min-height: 40px; padding: 0 12px; color: #1c2127; background: #fffefb; border: 1.5px solid #8b929a; border-radius: 6px; cursor: pointer; }
button:disabled { color: #6b727a; border-style: dashed; cursor: not-allowed; } .told { color: #8a3b00; } .told:empty, .desk p:empty { display: none; }`;

const PAGE = `<p class="time"><span></span> <small>since the start, at <time></time></small></p><h1></h1><div class="notes"></div><p class="next"></p>`;

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
  if (!body.querySelector("main")) body.innerHTML = "<main></main>";
  for (const place of queryAll(body, "main")) place.innerHTML = PAGE;
  const fill = (/** @type {string} */ selector, /** @type {string} */ text) => body.querySelector(selector)?.replaceChildren(text);
  fill("h1", at.parts > 1 ? `${at.title} (${at.part + 1} of ${at.parts})` : at.title);
  fill(".next", `Next: ${at.next}`);
  for (const place of queryAll(body, ".notes")) place.innerHTML = notesOf(at.screen);
  tick();
}

function tick() {
  if (page?.closed) remember(NAME, null);
  if (!page || page.closed || !at) {
    clearInterval(clock);
    return;
  }
  const date = new Date();
  page.document.querySelector(".time span")?.replaceChildren(minutes(Date.now() - at.since));
  page.document.querySelector("time")?.replaceChildren(`${two(date.getHours())}:${two(date.getMinutes())}`);
}

function placeDesk() {
  if (!page || page.closed) return;
  const { body } = page.document;
  for (const old of queryAll(body, ".desk")) if (old !== desk) old.remove();
  if (desk && !body.contains(desk)) body.prepend(desk);
}

/** The teacher's desk of a class session, above the notes; null: there is none. @param {HTMLElement | null} element */
export function setDesk(element) {
  desk = element;
  placeDesk();
}

/** @param {Place} where */
export function updateNotes(where) {
  at = where;
  write();
}

/** @typedef {{ next: () => void, previous: () => void, black: () => void }} Keys  They turn the pages from the window, too. */

/** Opens the window or brings it to the front; false if the browser blocks it. @param {Keys} keys */
export function openNotes(keys) {
  const isOpen = fillWindow(keys);
  if (isOpen) page?.focus();
  return isOpen;
}

/** After a reload: writes into the window that was open before it. @param {Keys} keys */
export function keepNotes(keys) {
  if (recall(NAME)) fillWindow(keys);
}

/** @param {Keys} keys */
function fillWindow({ next, previous, black }) {
  page = window.open("", NAME, "popup,width=620,height=760");
  if (!page) return false;
  remember(NAME, "open");
  page.document.title = "Notes";
  page.document.documentElement.lang = "en";
  page.document.head.innerHTML = `<meta charset="utf-8"><title>Notes</title><style>${STYLE}</style>`;
  page.onkeydown = (event) => { // an assignment: the window may be the one that was opened before
    const { key, target } = event;
    if (key === " " && target !== page?.document.body) return; // it presses the button that has the focus
    const turn = { PageDown: next, ArrowRight: next, " ": next, PageUp: previous, ArrowLeft: previous, b: black, ".": black }[key];
    if (!turn) return;
    event.preventDefault(); // the notes stay where they are
    turn();
  };
  clearInterval(clock);
  clock = window.setInterval(tick, 1000);
  write();
  placeDesk();
  return true;
}
