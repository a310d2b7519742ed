// Presenting: the same page, one screen after another, for a projector and a clicker. A screen is the heading of the page
// or of a step, a prediction or a view; a tall chart takes several, cut between its rows. The address holds which.

import { draw, part } from "./draw.js";
import { startKeys } from "./keys.js";
import { showNotes, tellNotes } from "./notes.js";
import { lockGuesses, reveal, unlockGuesses } from "./predict.js";

const SCREENS = "main > .top, main > .prose, .step > .prose, [data-predict], section.view:not(.reference)";
const LETTERS = 24 / 14; // what charts are enlarged by at least: their letters are 14 px
const BLANK = 9; // pixels at the foot of a chart that hold nothing
const READING = 120; // pixels from the top: where the screen begins that is read now
const BASE = { width: 1280, height: 720 }; // the smallest projector; larger ones get larger type

const root = document.documentElement;
const now = { screen: null, part: 0, parts: 1, since: 0 };
let bar = null;

const screens = () => [...document.querySelectorAll(SCREENS)];
export const presenting = () => root.classList.contains("presenting");
const larger = () => Math.max(0.6, Math.min(window.innerWidth / BASE.width, window.innerHeight / BASE.height));
const titleOf = (screen) => screen.querySelector("h1, h2, h3, .ask")?.textContent.trim() ?? "";

// The screen and all around it are marked, so that style alone hides the rest.
function mark(screen) {
  for (const old of document.querySelectorAll(".now, .around")) old.classList.remove("now", "around");
  if (!screen) return;
  screen.classList.add("now");
  for (let place = screen.parentElement; place && place !== document.body; place = place.parentElement) place.classList.add("around");
}

async function enter(screen, wanted = 0) {
  Object.assign(now, { screen, part: 0, parts: 1 });
  mark(screen);
  keepPlace();
  if (screen.matches("section.view")) await lay(screen);
  if (screen !== now.screen) return;
  now.part = Math.min(wanted === "last" ? now.parts - 1 : wanted, now.parts - 1);
  turnTo(now.part);
  tell();
}

// A view's chart, as large as the screen allows, and how many parts it takes.
async function lay(section) {
  const figure = section.querySelector("figure");
  section.classList.remove("chained");
  const zoom = LETTERS * larger();
  const { clientWidth: width, clientHeight: height } = figure;
  section.room = { width: width / zoom, height: height / zoom, zoom };
  await draw(section);
  const cuts = cutsOf(section);
  section.cuts = cuts;
  now.parts = cuts.length + (hasChain(section) ? 1 : 0);
}

const hasChain = (section) => part(section, "chain").childElementCount > 0;

// Where a chart taller than the screen is cut: above the label of a row, into parts of about the same height. Positions
// are pixels of the chart itself.
function cutsOf(section) {
  const chart = part(section, "chart");
  const { zoom, height } = section.room;
  const box = chart.getBoundingClientRect();
  const whole = box.height / zoom - BLANK;
  const labels = [...chart.querySelectorAll(".annotation")]
    .map((label) => ({ top: (label.getBoundingClientRect().top - box.top) / zoom - 2, heads: isHeading(section, label) }))
    .sort((a, b) => a.top - b.top);
  const rows = labels.filter((_, i) => !labels[i - 1]?.heads).map(({ top }) => top); // a heading stays with its first row
  let cuts = cutBy(height, whole, rows);
  for (let less = height * 0.96; cuts.length > 1; less *= 0.96) {
    const fewer = cutBy(less, whole, rows);
    if (fewer.length > cuts.length) break;
    cuts = fewer;
  }
  return cuts;
}

const isHeading = (section, label) => section.payload.figure.layout.annotations[label.dataset.index]?.yref === "paper";

function cutBy(height, whole, rows) {
  const cuts = [];
  for (let from = 0; whole - from > 4 || !cuts.length;) {
    const end = from + height >= whole ? whole : rows.findLast((row) => row > from + 20 && row <= from + height) ?? from + height;
    cuts.push([from, end]);
    from = end;
  }
  return cuts;
}

// The chain of a view comes before its chart.
function turnTo(at) {
  const { screen } = now;
  if (!screen.matches("section.view")) return;
  const chained = hasChain(screen) && at === 0;
  screen.classList.toggle("chained", chained);
  const [from, end] = screen.cuts[Math.max(0, at - (hasChain(screen) ? 1 : 0))];
  const chart = part(screen, "chart");
  chart.style.marginTop = `${-from}px`;
  chart.style.clipPath = `inset(${from}px 0 calc(100% - ${end}px) 0)`;
}

function tell() {
  const all = screens();
  const at = all.indexOf(now.screen);
  const of = now.parts > 1 ? `, part ${now.part + 1} of ${now.parts}` : "";
  const more = document.querySelector("template[data-answer]") ? "" : ` of ${all.length}`; // a guess hides how many follow
  bar.querySelector('[role="status"]').textContent = `${at + 1}${more}${of}`;
  keepPlace();
  tellNotes({ ...now, title: titleOf(now.screen), next: all[at + 1] ? titleOf(all[at + 1]) : "The end" });
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
  now.part = at;
  turnTo(at);
  tell();
}

export const toggleBlack = () => root.classList.toggle("black");
export const fullScreen = () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.());
export const settings = () => now.screen.classList.toggle("setting");
export const notes = () => { if (!showNotes({ next, previous })) bar.querySelector('[role="alert"]').textContent = "The browser did not open a second window: allow pop-ups for this page."; tell(); };

// Begins with the screen that is read now, or with the number that the address has.
export function present(at = null, wanted = 0) {
  if (presenting()) return leave();
  const reading = screens().findLast((screen) => screen.getBoundingClientRect().top < READING) ?? screens()[0];
  now.since = Date.now();
  root.classList.add("presenting");
  root.style.setProperty("--s", larger());
  lockGuesses(document.querySelector("main"));
  const there = () => (at === null ? reading.isConnected : at < screens().length);
  while (!there() && openGuess());
  return enter(screens()[at] ?? (reading.isConnected ? reading : screens().at(-1)), wanted);
}

// Guesses before the screen that one comes back to were made already.
function openGuess() {
  const closed = document.querySelector("[data-predict]:not([data-revealed])");
  return closed && reveal(closed, { withGuess: false });
}

export function leave() {
  const screen = now.screen.matches("[data-guess]") ? document.querySelector("main > .top") : now.screen;
  root.classList.remove("presenting", "black");
  mark(null);
  unlockGuesses(document.querySelector("main"));
  if (document.fullscreenElement) document.exitFullscreen();
  for (const section of document.querySelectorAll("section.view")) {
    if (!section.room) continue;
    section.room = null;
    section.classList.remove("chained", "setting");
    part(section, "chart").removeAttribute("style");
    draw(section);
  }
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
  const actions = { next, previous, settings, notes, full: fullScreen, black: toggleBlack, leave, present };
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-act]");
    if (button) actions[button.dataset.act]?.();
  });
  startKeys({ ...actions, presenting });
  window.addEventListener("resize", resized);
  const [at, wanted] = (new URLSearchParams(location.search).get("present") ?? "").split(".").map(Number);
  if (at) present(at - 1, (wanted || 1) - 1);
}
