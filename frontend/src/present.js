// Presenting: the same page, one screen after another, for a projector and a clicker. A screen is the heading of the page
// or of a step, a prediction or a view; a tall chart takes several, cut between its rows. The address holds which.

import { lay, putBack, showPart } from "./cuts.js";
import { part } from "./draw.js";
import { startKeys } from "./keys.js";
import { showNotes, tellNotes } from "./notes.js";
import { lockGuesses, reveal, unlockGuesses } from "./predict.js";

const SCREENS = "main > .top, main > .prose, .step > .prose, [data-predict], section.view:not(.reference)";
const READING = 200; // pixels from the top: where the screen begins that is read now
const BASE = { width: 1280, height: 720 }; // the smallest projector; larger ones get larger type

const root = document.documentElement;
const now = { screen: null, part: 0, parts: 1, since: 0 };
let bar = null;

const screens = () => [...document.querySelectorAll(SCREENS)];
export const presenting = () => root.classList.contains("presenting");
const larger = () => Math.max(0.6, Math.min(window.innerWidth / BASE.width, window.innerHeight / BASE.height));
const isView = (screen) => screen.matches("section.view");
const titleOf = (screen) => (screen.querySelector("h1, h2, h3, .ask") ?? screen).textContent.replace("¶", "").trim().split("\n")[0];

// The screen and all around it are marked, so that style alone hides the rest.
function mark(screen) {
  for (const old of document.querySelectorAll(".now, .around")) old.classList.remove("now", "around");
  if (!screen) return;
  screen.classList.add("now");
  for (let place = screen.parentElement; place && place !== document.body; place = place.parentElement) place.classList.add("around");
}

async function enter(screen, wanted = 0) {
  const last = wanted === "last";
  Object.assign(now, { screen, part: last ? 0 : wanted, parts: screen === now.screen ? now.parts : 1 });
  mark(screen);
  keepPlace();
  changed.disconnect();
  if (isView(screen)) {
    const token = (screen.laying = (screen.laying || 0) + 1);
    const parts = await lay(screen, larger());
    if (screen !== now.screen || token !== screen.laying) return;
    now.parts = parts;
    changed.observe(screen, { attributeFilter: ["data-ready"], attributeOldValue: true });
  }
  turnTo(Math.min(last ? now.parts : now.part, now.parts - 1));
}

// The chart is laid out again when a setting has changed it.
const changed = new MutationObserver((changes) => {
  if (changes.some(({ oldValue }) => oldValue === "false") && now.screen?.dataset.ready === "true") enter(now.screen, now.part);
});

function tell() {
  const all = screens();
  const at = all.indexOf(now.screen);
  const of = now.parts > 1 ? `, part ${now.part + 1} of ${now.parts}` : "";
  const more = document.querySelector("template[data-answer]") ? "" : ` of ${all.length}`; // a guess hides how many follow
  bar.querySelector('[role="status"]').textContent = `${at + 1}${more}${of}`;
  keepPlace();
  tellNotes({ ...now, title: titleOf(now.screen), next: all[at + 1] ? titleOf(all[at + 1]) : more ? "The end" : "What follows the guess" });
}

// Which screen and part, in the address: a reload stays there.
function keepPlace() {
  const params = new URLSearchParams(location.search);
  if (presenting()) params.set("present", [screens().indexOf(now.screen) + 1, now.part + 1].join("."));
  else params.delete("present");
  const query = params.toString();
  try { history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`); } catch { /* a file */ }
}

export function next() {
  if (root.classList.contains("black")) return toggleBlack();
  if (now.part + 1 < now.parts) return go(now.screen, now.part + 1);
  if (now.screen.matches("[data-predict]") && reveal(now.screen)) return tell();
  const all = screens();
  const following = all[all.indexOf(now.screen) + 1];
  return following && go(following, 0);
}

export function previous() {
  if (now.part > 0) return go(now.screen, now.part - 1);
  const before = screens()[screens().indexOf(now.screen) - 1];
  return before && go(before, "last");
}

function go(screen, at) {
  if (screen !== now.screen) return enter(screen, at);
  turnTo(at);
}

function turnTo(at) {
  now.part = at;
  if (isView(now.screen)) showPart(now.screen, at);
  tell();
}

export const toggleBlack = () => root.classList.toggle("black");
export const fullScreen = () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.());
export const shareView = () => isView(now.screen) && part(now.screen, "share").click();
export const settings = () => isView(now.screen) && now.screen.classList.toggle("setting");
export function notes() {
  const shown = showNotes({ next, previous, black: toggleBlack });
  bar.querySelector('[role="alert"]').textContent = shown ? "" : "The browser did not open a second window: allow pop-ups for this page.";
  tell();
}

// Begins with the screen that is read now, or with the number that the address has.
export function present(at = null, wanted = 0) {
  if (presenting()) return leave();
  const begun = screens().findLast((screen) => screen.getBoundingClientRect().top < READING);
  const reading = window.scrollY > READING && begun ? begun : screens()[0];
  now.since = Date.now();
  root.classList.add("presenting");
  root.style.setProperty("--s", larger());
  lockGuesses(document.querySelector("main"));
  const there = () => (at === null ? reading.isConnected : at < screens().length);
  while (!there() && openGuess());
  const asked = at === null && reading.isConnected ? reading : screens()[at];
  return enter(asked ?? screens().at(-1), wanted);
}

// Guesses before the screen that one comes back to were made already.
function openGuess() {
  const closed = document.querySelector("[data-predict]:not([data-revealed])");
  return closed && reveal(closed, { withGuess: false });
}

export function leave() {
  if (root.classList.contains("black")) return void toggleBlack();
  const screen = now.screen.matches("[data-guess]") ? document.querySelector("main > .top") : now.screen;
  root.classList.remove("presenting", "black");
  root.style.removeProperty("--s");
  changed.disconnect();
  mark(null);
  unlockGuesses(document.querySelector("main"));
  if (document.fullscreenElement) document.exitFullscreen();
  document.querySelectorAll("section.view").forEach(putBack);
  keepPlace();
  screen.scrollIntoView({ block: "start", behavior: "instant" });
}

function resized() {
  if (!presenting()) return;
  root.style.setProperty("--s", larger());
  enter(now.screen, now.part);
}

export function startPresenting() {
  bar = document.querySelector(".bar");
  const actions = { next, previous, settings, notes, share: shareView, full: fullScreen, black: toggleBlack, leave, present };
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-act]");
    if (button) actions[button.dataset.act]?.();
  });
  startKeys({ ...actions, presenting });
  window.addEventListener("resize", resized);
  const [at, wanted] = (new URLSearchParams(location.search).get("present") ?? "").split(".").map(Number);
  if (at) present(at - 1, (wanted || 1) - 1);
}
