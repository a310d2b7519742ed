// The guesses that were made in this tab, so that a reload asks none again and keeps what they have revealed. Another tab, or
// another reader, begins anew.

import { queryAll } from "./dom.js";
import { recall, remember } from "./tab_memory.js";

const KEY = "prolo-guesses-made";

/** @typedef {(string | boolean)[]} Fields  What stood in each field of a question; none where its guess was skipped. */

/** @returns {Record<string, Fields>} */
const made = () => JSON.parse(recall(KEY) ?? "{}");

/** The questions of other pages have the same keys. @param {HTMLElement} element */
const nameOf = ({ dataset }) => `${location.pathname} ${dataset.question}`;

/** @param {HTMLElement} element @returns {HTMLInputElement[]} */
const fieldsOf = (element) => queryAll(element, "form input");

/** @param {HTMLElement} element a question */
export const isMade = (element) => nameOf(element) in made();

/** @param {HTMLElement} element a question @param {boolean} withGuess whether it was not skipped */
export function rememberMade(element, withGuess) {
  const fields = withGuess ? fieldsOf(element).map(({ type, checked, value }) => (type === "radio" ? checked : value)) : [];
  remember(KEY, JSON.stringify({ ...made(), [nameOf(element)]: fields }));
}

/** Puts the guess back into the fields. @param {HTMLElement} element a question */
export function refill(element) {
  const kept = made()[nameOf(element)] ?? [];
  fieldsOf(element).forEach((field, i) => {
    const was = kept[i];
    if (typeof was === "boolean") field.checked = was;
    else if (was !== undefined) field.value = was;
  });
}

/** All questions are asked again. */
export const forgetMade = () => remember(KEY, null);
