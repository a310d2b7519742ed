// Which guesses were made in this tab, so that a reload does not ask them again. Another tab, or another reader, begins anew.

import { recall, remember } from "./tab_memory.js";

const KEY = "prolo-guesses-made";

/** @returns {string[]} */
const made = () => JSON.parse(recall(KEY) ?? "[]");

/** The guesses of other pages have the same keys. @param {HTMLElement} element */
const nameOf = ({ dataset }) => `${location.pathname} ${dataset.predict}`;

/** @param {HTMLElement} element a prediction */
export const isMade = (element) => made().includes(nameOf(element));

/** @param {HTMLElement} element a prediction */
export const rememberMade = (element) => remember(KEY, JSON.stringify([...new Set([...made(), nameOf(element)])]));
