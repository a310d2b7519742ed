// Presenting mode: the same page, one screen after another, for a projector and a presenter's remote. A screen is the heading
// of the page or of a step, a prediction, what to discuss after it, or a view; a tall chart takes several, split between rows. The address holds which.

import { setAddress } from "./address.js";
import { announce } from "./announce.js";
import { chaptersOfPage } from "./chapters.js";
import { layOutForScreen, restoreView, showPart } from "./presented_chart.js";
import { controlsFormOf, focusOn, headingOf, part, queryAll } from "./dom.js";
import { startKeys } from "./keyboard.js";
import { findLast } from "./find_last.js";
import { keepNotes, openNotes, updateNotes } from "./speaker_notes.js";
import { revealCheck } from "./check.js";
import { askFirst } from "./linked_behind_guess.js";
import { firstOpenGuess, insertGuesses, removeGuesses, reveal, revealMade } from "./predict.js";

const SCREENS = "main > .top, main > .prose, .step > .prose, [data-predict], [data-check], .answer > .for-class, section.view:not(.reference)";
const READING = 200; // pixels: the screen being read is the last one that begins above this line of the window
const THE_END = "The end";
const BASE = { width: 1280, height: 720 }; // the smallest projector; larger ones get larger type

const root = document.documentElement;
const now = { screen: root, part: 0, parts: 1, since: 0 };
const scope = { chapter: "", heading: "" }; // the key and the heading's id, while a chapter is presented alone
let told = ""; // where the presentation is, as it was last said
let turning = 0; // counts the screens entered, so that a layout finished too late is dropped

const main = () => /** @type {HTMLElement} */ (document.querySelector("main"));
const bar = () => /** @type {HTMLElement} */ (document.querySelector(".bar"));
export const screens = () => queryAll(document, SCREENS).filter((screen) => !scope.chapter || blocksPresented().some((block) => block.contains(screen)));
/** The blocks of the chapter that is presented alone. */
const blocksPresented = () => chaptersOfPage().find(({ id }) => id === scope.heading)?.blocks ?? [];
const presenting = () => root.classList.contains("presenting");
const projectorScale = () => Math.max(0.6, Math.min(window.innerWidth / BASE.width, window.innerHeight / BASE.height));
/** @param {HTMLElement} screen */
const isView = (screen) => screen.matches("section.view");
/** @param {HTMLElement} screen */
export const titleOf = (screen) => (headingOf(screen).textContent ?? "").replace("¶", "").trim().split("\n")[0];

/** Marks the current screen and its ancestors; CSS hides the rest. @param {HTMLElement | null} screen */
export function mark(screen) {
  for (const old of document.querySelectorAll(".now, .around")) old.classList.remove("now", "around");
  if (!screen) return;
  screen.classList.add("now");
  for (let place = screen.parentElement; place && place !== document.body; place = place.parentElement) place.classList.add("around");
}

/** @param {HTMLElement} screen @param {number | "last"} [wanted] its part */
async function enter(screen, wanted = 0) {
  const token = (turning += 1);
  const isOther = !screen.matches(".now");
  if (isOther) closeSettings();
  Object.assign(now, { screen, part: wanted === "last" ? 0 : wanted, parts: screen === now.screen ? now.parts : 1 });
  mark(screen);
  if (isOther) {
    window.scrollTo({ top: 0, behavior: "instant" });
    focusOn(screen);
  }
  updateAddress();
  changed.disconnect();
  if (isView(screen)) {
    const parts = await layOutForScreen(screen, projectorScale());
    if (token !== turning) return;
    now.parts = parts;
    changed.observe(screen, { attributeFilter: ["data-ready"], attributeOldValue: true });
  }
  turnTo(Math.min(wanted === "last" ? now.parts : now.part, now.parts - 1));
}

// Lays the chart out again when a setting has changed it.
const changed = new MutationObserver((changes) => {
  if (changes.some(({ oldValue }) => oldValue === "false") && now.screen.dataset.ready === "true") enter(now.screen, now.part);
});

/** Whether guesses hide what follows, so that nobody can count the screens. */
const hidesMore = () => document.querySelector("template[data-answer]:not([data-check] *)") !== null;

/** How far the presentation is: by the steps of a lesson or the chapters of the page, where it has any. */
function progress() {
  const { steps, chapters } = main().dataset;
  const all = scope.chapter ? 0 : Number(steps ?? chapters);
  const at = screens().indexOf(now.screen) + 1;
  if (!all) return hidesMore() ? `${at}` : `${at} of ${screens().length}`;
  const begun = queryAll(main(), ".prose > h2:first-child").filter((heading) => !isAfter(heading, now.screen)).length;
  const name = steps ? "step" : "chapter";
  return begun ? `${name} ${begun} of ${all}` : `${all} ${name}s`;
}

/** @param {HTMLElement} heading @param {HTMLElement} screen */
const isAfter = (heading, screen) => Boolean(screen.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING) && !screen.contains(heading);

/** Where the presentation is, in words. */
const placeSaid = () => `${progress()}${now.parts > 1 ? `, part ${now.part + 1} of ${now.parts}` : ""}`;

function tell() {
  const at = placeSaid();
  bar().querySelector(".at")?.replaceChildren(at);
  const title = titleOf(now.screen);
  const said = `${at}: ${title}`;
  if (said !== told) announce(said, "screen");
  told = said;
  document.dispatchEvent(new CustomEvent("screen", { detail: { screen: now.screen } }));
  updateAddress();
  const following = screens()[screens().indexOf(now.screen) + 1];
  updateNotes({ ...now, title, next: following ? titleOf(following) : hidesMore() ? "What follows the guess" : THE_END });
}

// Puts the screen and its part into the address, so that a reload stays there.
function updateAddress() {
  const params = new URLSearchParams(location.search);
  const place = [screens().indexOf(now.screen) + 1, now.part + 1];
  if (presenting()) params.set("present", (scope.chapter ? [scope.chapter, ...place] : place).join("."));
  else params.delete("present");
  const query = params.toString();
  setAddress("replaceState", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
}

function tellTheEnd() {
  bar().querySelector(".at")?.replaceChildren(`${placeSaid()}. ${THE_END}`);
  announce(THE_END, "screen");
}

function next() {
  if (liftBlack()) return;
  if (now.part + 1 < now.parts) turnTo(now.part + 1);
  else if (now.screen.matches("[data-predict]") && reveal(now.screen)) tell();
  else if (now.screen.matches("[data-check]:not([data-time=before])") && revealCheck(now.screen)) tell();
  else {
    const all = screens();
    const following = all[all.indexOf(now.screen) + 1];
    if (following) enter(following);
    else tellTheEnd();
  }
}

/**
 * Scrolls a screen that is taller than the window; false at its end, when the key turns to another screen.
 * @param {1 | -1} way
 */
function scrolls(way) {
  const before = window.scrollY;
  window.scrollBy({ top: way * 0.8 * window.innerHeight, behavior: "instant" });
  return window.scrollY !== before;
}

const forward = () => liftBlack() || scrolls(1) || next();
const back = () => liftBlack() || scrolls(-1) || previous();

function previous() {
  if (liftBlack()) return;
  const before = screens()[screens().indexOf(now.screen) - 1];
  if (now.part > 0) turnTo(now.part - 1);
  else if (before) enter(before, "last");
}

/** @param {number} at */
function turnTo(at) {
  now.part = at;
  if (isView(now.screen)) showPart(now.screen, at);
  tell();
}

const toggleBlack = () => root.classList.toggle("black");
const fullScreen = () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.());
const openShareDialog = () => isView(now.screen) && part(now.screen, "share").click();

/** @type {Element | null} the element focused before the settings were opened */
let before = null;
/** What the whole page is about, which is set beside the settings of a view; a page of few views has no such form. */
const pageForm = () => /** @type {HTMLElement | null} */ (document.querySelector('[data-role="page-controls"]'));
const placeOfPageForm = document.createComment("page-controls");
const settingsButton = () => /** @type {HTMLElement} */ (bar().querySelector("[data-act=settings]"));

function settings() {
  if (finishSettings() || !isView(now.screen)) return;
  before = document.activeElement;
  now.screen.classList.add("setting");
  settingsButton().setAttribute("aria-expanded", "true");
  bringPageForm(now.screen);
  // Focus the form, not its first field, so that shortcuts still turn the pages.
  const form = firstForm(now.screen);
  form.tabIndex = -1;
  form.setAttribute("aria-label", "Settings");
  form.focus({ preventScroll: true });
}

/** Where settings begin. @param {HTMLElement} screen */
const firstForm = (screen) => pageForm() ?? controlsFormOf(screen);

/** The form of the page stands above that of a view while its settings are open. @param {HTMLElement} screen */
function bringPageForm(screen) {
  const form = pageForm();
  if (!form) return;
  form.before(placeOfPageForm);
  controlsFormOf(screen).before(form);
}

function putPageFormBack() {
  const form = pageForm();
  if (form && placeOfPageForm.isConnected) placeOfPageForm.replaceWith(form);
}

/** Restores the focus; false if no settings were open. */
function closeSettings() {
  const screen = /** @type {HTMLElement | null} */ (document.querySelector(".now.setting"));
  if (!screen) return false;
  putPageFormBack();
  screen.classList.remove("setting");
  settingsButton().setAttribute("aria-expanded", "false");
  firstForm(screen).removeAttribute("aria-label");
  const back = before instanceof HTMLElement && before.isConnected && before !== document.body ? before : settingsButton();
  back.focus({ preventScroll: true });
  return true;
}

/** Closes the settings, and lays out a chart that they hid; false if none were open. */
function finishSettings() {
  if (!closeSettings()) return false;
  enter(now.screen, now.part);
  return true;
}

const notesKeys = { next, previous, black: toggleBlack };

function notes() {
  const isShown = openNotes(notesKeys);
  showRefusal(isShown ? "" : "The browser did not open a second window: allow pop-ups for this page.");
  tell();
}

/** Says in the bar what the browser refused, or takes it away; whether something was said before. @param {string} said */
function showRefusal(said) {
  const place = bar().querySelector(".refused");
  const wasShown = Boolean(place?.textContent);
  place?.replaceChildren(said);
  if (said) announce(said, "notes");
  return wasShown;
}

/**
 * Starts presenting.
 * @param {{ at?: number, part?: number, from?: HTMLElement }} [place] the number of the screen, and its part, or the screen
 *   itself; without, what is being read
 */
function start({ at, part: wanted = 0, from } = {}) {
  const begun = findLast(screens(), (screen) => screen.getBoundingClientRect().top < READING);
  const reading = from ?? (window.scrollY > READING && begun ? begun : screens()[0]);
  now.since = Date.now();
  root.classList.add("presenting");
  root.style.setProperty("--s", String(projectorScale()));
  insertGuesses(main(), scope.chapter ? blocksPresented() : [...main().children]);
  if (at === undefined) {
    let open;
    while (!reading.isConnected && (open = firstOpenGuess())) reveal(open, { withGuess: false });
    enter(reading);
    return;
  }
  const open = revealMade(() => at < screens().length);
  enter(open ?? screens()[at] ?? findLast(screens()), open ? 0 : wanted);
  if (open) askFirst(open);
}

/** Starts presenting at a screen of the page. @param {HTMLElement} screen */
export const presentFrom = (screen) => start({ from: screen });

/** Starts presenting where the address says; a chapter that it names is presented alone. */
function resume() {
  const place = (new URLSearchParams(location.search).get("present") ?? "").split(".");
  const chapter = /^\D/.test(place[0]) ? place[0] : "";
  if (chapter) {
    const isIn = (/** @type {Element} */ block) => block.querySelector(`[data-chapter="${CSS.escape(chapter)}"]`) !== null;
    const heading = chaptersOfPage().find(({ blocks }) => blocks.some(isIn))?.id;
    if (!heading) return;
    Object.assign(scope, { chapter, heading });
  }
  const [at = 1, wanted = 1] = (chapter ? place.slice(1) : place).map((number) => Number(number) || 1);
  if (place[0]) start({ at: at - 1, part: wanted - 1 });
}

function leave() {
  closeSettings();
  showRefusal("");
  const screen = now.screen.closest("[data-guess]") ? document.querySelector("main > .top") : now.screen;
  root.classList.remove("presenting", "black");
  root.style.removeProperty("--s");
  changed.disconnect();
  mark(null);
  removeGuesses(main());
  Object.assign(scope, { chapter: "", heading: "" });
  if (document.fullscreenElement) document.exitFullscreen();
  queryAll(document, "section.view").forEach(restoreView);
  updateAddress();
  screen?.scrollIntoView({ block: "start", behavior: "instant" });
  bar().querySelector(".at")?.replaceChildren();
  told = "";
  if (screen instanceof HTMLElement) focusOn(screen);
}

/** Lifts the black; false if the screen was not black. */
function liftBlack() {
  const wasBlack = root.classList.contains("black");
  root.classList.remove("black");
  return wasBlack;
}

const escape = () => liftBlack() || finishSettings() || showRefusal("") || leave();

function resized() {
  if (!presenting()) return;
  root.style.setProperty("--s", String(projectorScale()));
  enter(now.screen, now.part);
}

/** Adds the presenting mode to a page, and resumes it where the address says. */
export function startPresenting() {
  /** @type {Record<string, () => unknown>} */
  const actions = {
    next, previous, forward, back, settings, notes, leave, escape, share: openShareDialog, full: fullScreen, black: toggleBlack, present: () => (presenting() ? leave() : start()),
  };
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-act]")) : null;
    if (button) actions[button.dataset.act ?? ""]?.();
  });
  startKeys(actions, presenting);
  window.addEventListener("resize", resized);
  window.addEventListener("popstate", () => { if (!presenting()) updateAddress(); }); // an address from before it was left
  resume();
  keepNotes(notesKeys);
}
