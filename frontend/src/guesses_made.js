// Which guesses were made in this tab, so that a reload does not ask them again. Another tab, or another reader, begins anew.

const KEY = "prolo-guesses-made";

/** @returns {string[]} */
function made() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    return []; // the browser keeps nothing for this page
  }
}

/** The guesses of other pages have the same keys. @param {HTMLElement} element */
const nameOf = ({ dataset }) => `${location.pathname} ${dataset.predict}`;

/** @param {HTMLElement} element a prediction */
export const isMade = (element) => made().includes(nameOf(element));

/** @param {HTMLElement} element a prediction */
export function rememberMade(element) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...new Set([...made(), nameOf(element)])]));
  } catch { /* it is asked again after a reload */ }
}
