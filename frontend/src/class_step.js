// Where a class is: the names of screens, their settings and steps, as the teacher's page and the pupils' pages share them.
// Screens are counted from the top, for a pupil's page ends at a question that is not revealed yet.

import { isSame, pageChoice } from "./address.js";
import { controllerOf } from "./controllers.js";
import { queryAll, viewKeyOf } from "./dom.js";

const CHAPTER = "main > .prose:has(> h2:first-child)";
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

/** What the whole page is about, among the settings of views. */
const PAGE = "page";

/** The settings of a screen that is a view, by the view's key, and what the whole page is about. @param {HTMLElement} screen */
export const settingsOf = (screen) => ({
  ...(screen.dataset.view ? { [viewKeyOf(screen)]: Object.fromEntries(new URLSearchParams(screen.dataset.state)) } : {}),
  ...(document.querySelector('[data-role="page-controls"]') ? { [PAGE]: pageChoice() } : {}),
});

/** Gives a screen and the page the settings that another page has sent. @param {import("./class_connection.js").Step["settings"]} settings @param {HTMLElement} screen */
export function applySettings(settings, screen) {
  const choice = settings[PAGE];
  if (choice) document.dispatchEvent(new CustomEvent("page-choice", { detail: choice }));
  const own = settings[viewKeyOf(screen)];
  if (own && !isSame(own, screen.dataset.state ?? "")) controllerOf(screen)?.set(own);
}

/** Which step of a lesson or chapter of the explainer a screen belongs to, from 1 (0 before the first), and how many there are. @param {HTMLElement} screen */
export function stepOf(screen) {
  const { steps, chapters } = document.querySelector("main")?.dataset ?? {};
  const begun = queryAll(document, steps ? ".step" : CHAPTER).filter((one) => one.contains(screen) || one.compareDocumentPosition(screen) & Node.DOCUMENT_POSITION_FOLLOWING);
  return { at: begun.length, of: Number(steps ?? chapters ?? 0) };
}
