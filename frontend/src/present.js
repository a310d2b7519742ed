// Presenting mode: the same page, one screen after another, for a projector and a presenter's remote. A screen is the heading
// of the page or of a step, a prediction or a view; a tall chart takes several, split between rows. The address holds which.

import { setAddress } from "./address.js";
import { announce } from "./announce.js";
import { layOutForScreen, restoreView, showPart } from "./presented_chart.js";
import { controlsFormOf, part, queryAll } from "./dom.js";
import { startKeys } from "./keyboard.js";
import { findLast } from "./find_last.js";
import { openNotes, updateNotes } from "./speaker_notes.js";
import { revealCheck } from "./check.js";
import { insertGuesses, removeGuesses, reveal } from "./predict.js";

const SCREENS = "main > .top, main > .prose, .step > .prose, [data-predict], [data-check], section.view:not(.reference)";
const READING = 200; // pixels: the screen being read is the last one that begins above this line of the window
const BASE = { width: 1280, height: 720 }; // the smallest projector; larger ones get larger type

const root = document.documentElement;
const now = { screen: root, part: 0, parts: 1, since: 0 };
let turning = 0; // counts the screens entered, so that a layout finished too late is dropped

const main = () => /** @type {HTMLElement} */ (document.querySelector("main"));
const bar = () => /** @type {HTMLElement} */ (document.querySelector(".bar"));
const screens = () => queryAll(document, SCREENS);
const presenting = () => root.classList.contains("presenting");
const projectorScale = () => Math.max(0.6, Math.min(window.innerWidth / BASE.width, window.innerHeight / BASE.height));
/** @param {HTMLElement} screen */
const isView = (screen) => screen.matches("section.view");
/** @param {HTMLElement} screen @returns {HTMLElement} */
const headingOf = (screen) => screen.querySelector("h1, h2, h3, .ask") ?? screen;
/** @param {HTMLElement} screen */
const titleOf = (screen) => (headingOf(screen).textContent ?? "").replace("¶", "").trim().split("\n")[0];

/** Marks the current screen and its ancestors; CSS hides the rest. @param {HTMLElement | null} screen */
function mark(screen) {
  for (const old of document.querySelectorAll(".now, .around")) old.classList.remove("now", "around");
  if (!screen) return;
  screen.classList.add("now");
  for (let place = screen.parentElement; place && place !== document.body; place = place.parentElement) place.classList.add("around");
}

/** Moves the focus to the heading, so that keyboard and screen reader begin there. @param {HTMLElement} screen */
function focusOn(screen) {
  const heading = headingOf(screen);
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
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

function tell() {
  const all = screens();
  const at = all.indexOf(now.screen);
  const of = now.parts > 1 ? `, part ${now.part + 1} of ${now.parts}` : "";
  const more = document.querySelector("template[data-answer]:not([data-check] *)") ? "" : ` of ${all.length}`; // a guess hides how many follow
  const said = `${at + 1}${more}${of}`;
  const isNews = bar().querySelector(".at")?.textContent !== said;
  bar().querySelector(".at")?.replaceChildren(said);
  if (isNews) announce(`${said}: ${titleOf(now.screen)}`, "screen");
  updateAddress();
  updateNotes({ ...now, title: titleOf(now.screen), next: all[at + 1] ? titleOf(all[at + 1]) : more ? "The end" : "What follows the guess" });
}

// Puts the screen and its part into the address, so that a reload stays there.
function updateAddress() {
  const params = new URLSearchParams(location.search);
  if (presenting()) params.set("present", [screens().indexOf(now.screen) + 1, now.part + 1].join("."));
  else params.delete("present");
  const query = params.toString();
  setAddress("replaceState", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
}

function next() {
  if (root.classList.contains("black")) toggleBlack();
  else if (now.part + 1 < now.parts) turnTo(now.part + 1);
  else if (now.screen.matches("[data-predict]") && reveal(now.screen)) tell();
  else if (now.screen.matches("[data-check]:not([data-time=before])") && revealCheck(now.screen)) tell();
  else {
    const all = screens();
    const following = all[all.indexOf(now.screen) + 1];
    if (following) enter(following);
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

const forward = () => scrolls(1) || next();
const back = () => scrolls(-1) || previous();

function previous() {
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
const settingsButton = () => /** @type {HTMLElement} */ (bar().querySelector("[data-act=settings]"));

function settings() {
  if (closeSettings() || !isView(now.screen)) return;
  before = document.activeElement;
  now.screen.classList.add("setting");
  settingsButton().setAttribute("aria-expanded", "true");
  // Focus the form, not its first field, so that shortcuts still turn the pages.
  const form = controlsFormOf(now.screen);
  form.tabIndex = -1;
  form.setAttribute("aria-label", "Settings");
  form.focus({ preventScroll: true });
}

/** Restores the focus; false if no settings were open. */
function closeSettings() {
  const screen = document.querySelector(".now.setting");
  if (!screen) return false;
  screen.classList.remove("setting");
  settingsButton().setAttribute("aria-expanded", "false");
  controlsFormOf(screen).removeAttribute("aria-label");
  const back = before instanceof HTMLElement && before.isConnected && before !== document.body ? before : settingsButton();
  back.focus({ preventScroll: true });
  return true;
}

function notes() {
  const isShown = openNotes({ next, previous, black: toggleBlack });
  const said = isShown ? "" : "The browser did not open a second window: allow pop-ups for this page.";
  bar().querySelector(".refused")?.replaceChildren(said);
  if (said) announce(said, "notes");
  tell();
}

/**
 * Starts presenting with the screen being read, or with screen `at`; stops if it is running.
 * @param {number | null} [at] @param {number} [wanted] its part
 */
function present(at = null, wanted = 0) {
  if (presenting()) {
    leave();
    return;
  }
  const begun = findLast(screens(), (screen) => screen.getBoundingClientRect().top < READING);
  const reading = window.scrollY > READING && begun ? begun : screens()[0];
  now.since = Date.now();
  root.classList.add("presenting");
  root.style.setProperty("--s", String(projectorScale()));
  insertGuesses(main());
  const there = () => (at === null ? reading.isConnected : at < screens().length);
  while (!there() && revealNextGuess());
  const asked = at === null && reading.isConnected ? reading : screens()[at ?? -1];
  enter(asked ?? findLast(screens()), wanted);
}

// After a reload, guesses before the current screen have been made already.
function revealNextGuess() {
  const [closed] = queryAll(document, "[data-predict]:not([data-revealed])");
  return closed !== undefined && reveal(closed, { withGuess: false });
}

function leave() {
  if (root.classList.contains("black")) {
    toggleBlack();
    return;
  }
  closeSettings();
  const screen = now.screen.matches("[data-guess]") ? document.querySelector("main > .top") : now.screen;
  root.classList.remove("presenting", "black");
  root.style.removeProperty("--s");
  changed.disconnect();
  mark(null);
  removeGuesses(main());
  if (document.fullscreenElement) document.exitFullscreen();
  queryAll(document, "section.view").forEach(restoreView);
  updateAddress();
  screen?.scrollIntoView({ block: "start", behavior: "instant" });
  bar().querySelector(".at")?.replaceChildren();
  if (screen instanceof HTMLElement) focusOn(screen);
}

const escape = () => closeSettings() || leave();

function resized() {
  if (!presenting()) return;
  root.style.setProperty("--s", String(projectorScale()));
  enter(now.screen, now.part);
}

/** Adds the presenting mode to a page, and resumes it where the address says. */
export function startPresenting() {
  /** @type {Record<string, () => unknown>} */
  const actions = {
    next, previous, forward, back, settings, notes, leave, escape, share: openShareDialog, full: fullScreen, black: toggleBlack, present: () => present(),
  };
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-act]")) : null;
    if (button) actions[button.dataset.act ?? ""]?.();
  });
  startKeys(actions, presenting);
  window.addEventListener("resize", resized);
  const [at, wanted] = (new URLSearchParams(location.search).get("present") ?? "").split(".").map(Number);
  if (at) present(at - 1, (wanted || 1) - 1);
}
