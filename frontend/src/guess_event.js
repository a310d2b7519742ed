// The event that tells whoever listens what a reader answers to a question of the page.

/**
 * Says that a reader's answer has changed; null: there is none.
 * @param {HTMLElement} element with `data-question` @param {number | null} value a number, or the index of an option
 */
export function tellGuess(element, value) {
  element.dispatchEvent(new CustomEvent("guess", { bubbles: true, detail: { question: element.dataset.question, value } }));
}
