// Names of the screens of a lesson that the teacher's page and the pupils' pages share. Each is counted from the top, for a
// pupil's page ends at a question that is not revealed yet.

import { queryAll, viewKeyOf } from "./dom.js";

const PROSE = "main > :is(.top, .prose), .step > .prose";

/** @param {HTMLElement} screen */
export function screenId(screen) {
  const { question, view } = screen.dataset;
  if (screen.matches(".for-class")) return `discuss-${/** @type {HTMLElement | null} */ (screen.closest("[data-question]"))?.dataset.question}`;
  if (question) return `question-${question}`;
  if (view) return `view-${view}-${queryAll(document, `section[data-view="${CSS.escape(view)}"]`).indexOf(screen)}`;
  return `prose-${queryAll(document, PROSE).indexOf(screen)}`;
}

/**
 * The screen of that name, if it has come yet.
 * @param {string} id @param {HTMLElement[]} screens
 */
export const screenNamed = (id, screens) => screens.find((screen) => screenId(screen) === id);

/** The settings of a screen that is a view, by the view's key. @param {HTMLElement} screen */
export const settingsOf = (screen) =>
  (screen.dataset.view ? { [viewKeyOf(screen)]: Object.fromEntries(new URLSearchParams(screen.dataset.state)) } : {});

/** Which step of the lesson a screen belongs to, from 1 (0 before the first), and how many there are. @param {HTMLElement} screen */
export function stepOf(screen) {
  const begun = queryAll(document, ".step").filter((step) => step.contains(screen) || step.compareDocumentPosition(screen) & Node.DOCUMENT_POSITION_FOLLOWING);
  return { at: begun.length, of: Number(document.querySelector("main")?.dataset.steps ?? 0) };
}
