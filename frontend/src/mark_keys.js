// The marks of a row of the answer's plot are one stop of the Tab key: arrows, Home and End lead from one to another.

import { queryAll } from "./dom.js";

const MARKS = ".directions .cell a.trial";

/**
 * Which of several marks a key leads to; none where it is not a key for that, or there is no mark that way.
 * @param {string} key @param {number} at @param {number} many
 */
export function markAfter(key, at, many) {
  const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: many - 1 }[key];
  return next === undefined || next < 0 || next >= many ? undefined : next;
}

/** @param {Event} event */
const markAt = ({ target }) => /** @type {HTMLElement | null} */ (target instanceof Element ? target.closest(MARKS) : null);

/** @param {HTMLElement} mark */
const marksBeside = (mark) => queryAll(/** @type {HTMLElement} */ (mark.closest("tr")), ".cell a.trial");

/** Starts the keys. In presenting mode, arrows turn the pages. */
export function startMarkKeys() {
  document.addEventListener("keydown", (event) => {
    const mark = markAt(event);
    if (!mark || event.ctrlKey || event.metaKey || event.altKey || document.documentElement.classList.contains("presenting")) return;
    const marks = marksBeside(mark);
    const next = markAfter(event.key, marks.indexOf(mark), marks.length);
    if (next === undefined) return;
    event.preventDefault();
    marks[next].focus();
  });
  document.addEventListener("focusin", (event) => { // Tab leads back to the mark that had the focus last
    const mark = markAt(event);
    if (mark) for (const other of marksBeside(mark)) other.tabIndex = other === mark ? 0 : -1;
  });
}
