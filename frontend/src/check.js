// A question with answers to choose from: a reader picks one and sees which is right, and why each is right or wrong. Until
// then that is in an inert template. Nothing is sent; an event of the element tells what was picked.

import { announce } from "./announce.js";
import { part, queryAll } from "./dom.js";
import { tellGuess } from "./guess_event.js";
import { rememberMade } from "./guesses_made.js";

const NONE = "Pick an answer first.";

/** @type {WeakSet<HTMLElement>} */
const started = new WeakSet(); // checks whose listeners have been added

/** @param {HTMLElement} element */
const formOf = (element) => /** @type {HTMLFormElement} */ (element.querySelector("form"));
/** @param {HTMLElement} element */
const optionsOf = (element) => /** @type {HTMLInputElement[]} */ (queryAll(formOf(element), '[name="option"]'));

/** The index of the answer that was picked; null for none. @param {HTMLElement} element */
function pickedIn(element) {
  const picked = optionsOf(element).find((option) => option.checked);
  return picked ? Number(picked.value) : null;
}

/** @param {HTMLElement} element @param {string} problem */
function tell(element, problem) {
  part(element, "problem").textContent = problem;
  announce(problem, "check");
}

/** The index of the right answer, once it is revealed. @param {HTMLElement} element */
export const rightOf = (element) => queryAll(element, "[data-option]").findIndex((why) => why.matches(".right"));

/**
 * Shows which answer is right, and why; false if it was shown before. Without a picked answer only that.
 * @param {HTMLElement} element @param {{ moves?: boolean }} [how] `moves`: the reader is led to the answer
 */
export function revealCheck(element, { moves = true } = {}) {
  if (element.dataset.revealed) return false;
  element.dataset.revealed = "true";
  rememberMade(element, true);
  const template = /** @type {HTMLTemplateElement} */ (element.querySelector("template[data-answer]"));
  template.replaceWith(template.content);
  const picked = pickedIn(element);
  const whys = queryAll(element, "[data-option]");
  const right = rightOf(element);
  optionsOf(element).forEach((option, i) => {
    option.disabled = true;
    option.closest("label")?.classList.toggle("right", i === right);
    option.closest("label")?.classList.toggle("wrong", i === picked && i !== right);
  });
  const letter = whys[right].querySelector("b")?.textContent ?? "";
  part(element, "said").textContent = picked === right ? `Yes: ${letter}` : picked === null ? `It is ${letter}` : `Not quite. It is ${letter}`;
  element.dispatchEvent(new CustomEvent("reveal", { bubbles: true }));
  if (!moves) return true;
  const answer = part(element, "answer");
  answer.focus({ preventScroll: true });
  answer.scrollIntoView({ block: "nearest" });
  return true;
}

/** @param {HTMLElement} element */
function listen(element) {
  formOf(element).addEventListener("change", () => {
    if (part(element, "problem").textContent) tell(element, "");
    tellGuess(element, pickedIn(element));
  });
  formOf(element).addEventListener("submit", (event) => {
    event.preventDefault();
    if (pickedIn(element) === null) tell(element, NONE);
    else revealCheck(element);
  });
}

/** Starts the checks in a part of the page. @param {ParentNode} root */
export function startChecks(root) {
  for (const element of queryAll(root, "[data-check]")) {
    if (started.has(element)) continue;
    started.add(element);
    listen(element);
  }
}
