// Announcements for screen readers: one visually hidden live region for the whole page. It waits until changes have settled;
// of several sentences about the same subject, only the last is announced.

import { createElement } from "./dom.js";

const SETTLE_TIME = 600; // milliseconds
const ID = "prolo-said"; // in a notebook each widget has a copy of this script, and all of them this line

/** @type {Map<string, string>} */
const waiting = new Map();
let timer = 0;

function liveRegion() {
  const known = document.getElementById(ID);
  if (known) return known;
  const line = createElement("p", { id: ID, className: "unseen" });
  for (const [name, value] of [["role", "status"], ["aria-live", "polite"], ["aria-atomic", "true"]]) line.setAttribute(name, value);
  document.body.append(line);
  return line;
}

/** Call this early: not every screen reader announces a live region that is added together with its text. */
export const startAnnouncing = () => { liveRegion(); };

/**
 * @param {string} sentence @param {string} about the subject; replaces a pending sentence about the same one
 */
export function announce(sentence, about) {
  waiting.delete(about);
  waiting.set(about, sentence);
  liveRegion().textContent = ""; // so that a repeated sentence is announced, too
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    liveRegion().textContent = [...waiting.values()].filter(Boolean).join(" ");
    waiting.clear();
  }, SETTLE_TIME);
}

/** @typedef {{ words: string, problems: [string, string][] }} Said  A view's sentence, and (control, sentence) pairs. */

const SAME = "The chart has changed, and the sentence above it has not.";

/**
 * The text of a view's sentence, with strong words marked by **. @param {HTMLElement} place
 */
export function sentenceText(place) {
  const copy = /** @type {HTMLElement} */ (place.cloneNode(true));
  for (const strong of copy.querySelectorAll("strong")) strong.prepend("**");
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** @param {string} words */
const sentencesOf = (words) => words.match(/\S.*?[.!?](?=\s|$)|\S.*$/g) ?? [];

/**
 * What has changed in a view, as briefly as possible: new problems, or else the changed sentences up to the first one
 * with strong words.
 * @param {Said} before @param {Said} now
 */
export function changeSummary(before, now) {
  const old = new Set(before.problems.map(([, problem]) => problem));
  const fresh = now.problems.map(([, problem]) => problem).filter((problem) => !old.has(problem));
  if (fresh.length) return fresh.join(" ");
  const known = new Set(sentencesOf(before.words));
  const changed = sentencesOf(now.words).filter((sentence) => !known.has(sentence));
  const strong = changed.findIndex((sentence) => sentence.includes("**"));
  return changed.slice(0, strong + 1 || 1).join(" ").replaceAll("**", "") || SAME;
}
