// Views that a chapter shows by question and answer alone, until the reader opens them. A link to such a view, or into it,
// and settings in the address open it; presenting and printing show it whole (see page.css).

import { readAddress } from "./address.js";
import { controllerOf } from "./controllers.js";
import { isFolded } from "./dom.js";
import { drawSoon } from "./draw.js";

const NAMES = { true: "Show chart, settings and table", false: "Hide chart, settings and table" };

/** @param {HTMLElement} section */
const buttonOf = (section) => /** @type {HTMLElement | null} */ (section.querySelector(":scope > .unfold > button"));

/** @param {HTMLElement} section @param {boolean} fold */
export function setFolded(section, fold) {
  section.dataset.folded = String(fold);
  const button = buttonOf(section);
  if (button) button.textContent = NAMES[`${fold}`];
  button?.setAttribute("aria-expanded", String(!fold));
  const view = controllerOf(section);
  if (!fold && view) drawSoon([view]);
}

/** Opens the view that an element belongs to. @param {Element | null} target */
export function unfoldAround(target) {
  const section = /** @type {HTMLElement | null} */ (target?.closest("section[data-folded='true']") ?? null);
  if (!section) return;
  setFolded(section, false);
}

/** The element that a hash leads to. @param {string} hash */
function targetOf(hash) {
  try {
    return hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  } catch {
    return null; // a lone % is not encoded text
  }
}

/**
 * Starts the button of a view that comes folded. (The page has opened it already where the address is the view's own.)
 * @param {HTMLElement} section @param {boolean} ownsAddress whether the address may hold settings of it
 */
export function startFolded(section, ownsAddress) {
  const button = buttonOf(section);
  if (!button) return;
  button.addEventListener("click", () => setFolded(section, !isFolded(section)));
  const isWanted = ownsAddress && (Object.keys(readAddress(section)).length > 0 || section.contains(targetOf(location.hash)));
  if (isWanted || !isFolded(section)) setFolded(section, !isWanted);
}

/** Links that lead into a folded view open it. */
export function unfoldOnLinks() {
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element && target.closest("a[href]");
    if (link instanceof HTMLAnchorElement && link.hash && link.pathname === location.pathname) unfoldAround(targetOf(link.hash));
  }, { capture: true });
  const open = () => unfoldAround(targetOf(location.hash));
  window.addEventListener("hashchange", open);
  window.addEventListener("popstate", open);
}
