// A link may lead to what stands behind a guess. Guesses that were made in this tab count; at the first other one the reader is
// told to guess first.

import { announce } from "./announce.js";
import { decoded } from "./chapters.js";
import { part, queryAll } from "./dom.js";
import { revealMade } from "./predict.js";

const GUESS_FIRST = "What this link leads to comes after a guess. Guess first.";

/** Says so at a guess. @param {HTMLElement} element */
export function askFirst(element) {
  part(element, "problem").textContent = GUESS_FIRST;
  announce(GUESS_FIRST, "guess");
}

/** Whether an element with an id is in a template, or in one inside it. @param {ParentNode} root @param {string} id @returns {boolean} */
const hides = (root, id) => /** @type {HTMLTemplateElement[]} */ (queryAll(root, "template[data-answer]"))
  .some(({ content }) => content.querySelector(`[id="${CSS.escape(id)}"]`) !== null || hides(content, id));

/** The ids that the address names: where it leads, and the views that it has settings of. */
function idsInAddress() {
  const views = [...new URLSearchParams(location.search).keys()].filter((name) => name.includes("."));
  return [decoded(location.hash.slice(1)), ...views.map((name) => name.split(".")[0])].filter(Boolean);
}

/** Leads to an element, or first to the guess that it stands behind. @param {string} id */
function leadTo(id) {
  const target = () => document.getElementById(id);
  const open = revealMade(() => target() !== null);
  (open ?? target())?.scrollIntoView({ block: "start", behavior: "instant" });
  if (!open) return;
  askFirst(open);
  /** @type {HTMLElement | null} */ (open.querySelector('[name="number"]'))?.focus({ preventScroll: true });
  open.addEventListener("reveal", () => setTimeout(() => leadTo(id)), { once: true }); // after the answer was shown
}

/** Follows the address; presenting has a place of its own in it. */
function follow() {
  if (new URLSearchParams(location.search).has("present")) return;
  const id = idsInAddress().find((name) => hides(document, name));
  if (id !== undefined) leadTo(id);
}

/** For a page whose guesses hide what follows them. */
export function followLinksBehindGuesses() {
  follow();
  window.addEventListener("hashchange", follow);
}
