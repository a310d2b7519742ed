// The fields of a question: a number with its slider, or options to choose from.

import { revealCheck } from "./check.js";
import { queryAll } from "./dom.js";
import { formatNumber } from "./guesses.js";
import { reveal } from "./predict.js";

/** @typedef {HTMLElement} Asked  An element with data-question. */

/** @param {ParentNode} [root] @returns {Asked[]} */
export const questionsIn = (root = document) => queryAll(root, "[data-question]");
/** @param {Asked} element */
export const questionOf = (element) => element.dataset.question ?? "";
/** @param {Asked} element */
export const isChoice = (element) => element.dataset.kind === "choice";
/** @param {Asked} element */
export const isRevealed = (element) => element.dataset.revealed === "true";
/** @param {Asked} element @returns {HTMLInputElement[]} */
const fieldsOf = (element) => queryAll(element, isChoice(element) ? "form [type=radio]" : 'form :is([name="guess"], [name="number"])');

/** The guess that stands in the fields. @param {Asked} element */
function shownGuess(element) {
  const fields = fieldsOf(element);
  if (isChoice(element)) return fields.some(({ checked }) => checked) ? fields.findIndex(({ checked }) => checked) : null;
  const number = fields.find(({ name }) => name === "number")?.value ?? "";
  return number === "" ? null : Number(number);
}

/** Puts a guess into the fields, or empties them. @param {Asked} element @param {number | null} value */
export function showGuess(element, value) {
  if (shownGuess(element) === value) return; // the caret stays where it is
  const fields = fieldsOf(element);
  if (isChoice(element)) fields.forEach((field, i) => { field.checked = i === value; });
  else {
    for (const field of fields) field.value = value === null ? field.defaultValue : String(value);
    fields.find(({ name }) => name === "number")?.dispatchEvent(new Event("input", { bubbles: true })); // what depends on it follows
  }
}

/** @param {Asked} element @param {boolean} may */
export function allowGuess(element, may) {
  if (!isRevealed(element)) for (const field of fieldsOf(element)) field.disabled = !may;
}

/** In a class the teacher reveals, and nobody counts hands on a phone. @param {Asked} element */
export function removeOwnControls(element) {
  for (const own of /** @type {HTMLElement[]} */ (queryAll(element, "form :is(.tools, .hands)"))) own.hidden = true;
  for (const field of /** @type {HTMLInputElement[]} */ (queryAll(element, "form :is(.tools button, .hands input)"))) field.disabled = true; // Enter would reveal
}

/** The check of the same kind that was asked before the lesson. @param {Asked} element @returns {Asked | null} */
export const checkBefore = ({ dataset }) =>
  (dataset.time === "after" ? document.querySelector(`[data-check][data-time="before"][data-pair="${CSS.escape(dataset.pair ?? "")}"]`) : null);

/** The options of a choice. @param {Asked} element */
export const optionsOf = (element) => fieldsOf(element).map((field) => /** @type {HTMLElement} */ (field.closest("label")));

/** The words of an option, with its letter. @param {HTMLElement} option */
export const optionWords = (option) => [...option.querySelectorAll(":scope > b, :scope > b + span")].map(({ textContent }) => textContent).join(" ");

/** A guess in words; of an option its letter. @param {Asked} element @param {number} value */
export const guessWords = (element, value) => (isChoice(element) ? optionsOf(element)[value]?.querySelector("b")?.textContent ?? "" : formatNumber(value));

/**
 * Shows the answer of a question; false if it was shown before.
 * @param {Asked} element @param {{ withGuess?: boolean, moves?: boolean }} [how]
 */
export const revealQuestion = (element, how) => (isChoice(element) ? revealCheck(element, how) : reveal(element, how));
