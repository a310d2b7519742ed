// A word of the glossary opens in place: its meaning stands beside it while the pointer or the focus is on it, or after a tap.
// Escape closes it. The meaning is read from the glossary's table on the page; without one, the link is a link.

import { createElement } from "./dom.js";

const ID = "prolo-term"; // what screen readers find the meaning by
const LINGER = 250; // milliseconds in which the pointer may move from the word to its meaning
const EDGE = 8; // pixels between the popover and the edge of the screen

/** The meaning of the word that a link leads to; empty where the page has none. @param {HTMLAnchorElement} link */
function meaningOf(link) {
  const row = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  return row?.querySelector("td:last-of-type")?.textContent?.trim() ?? "";
}

/** Starts the popovers of the words in a part of a page. */
class TermPopover {
  /** @type {HTMLAnchorElement | null} */
  #link = null;
  #leaving = 0;
  #pointer = ""; // where it was last, on the screen
  #popover = createElement("div", { id: ID, className: "prolo popover", role: "tooltip", hidden: true });

  /** @param {() => void} completeGlossary puts the glossary's rows into the page */
  constructor(completeGlossary) {
    this.completeGlossary = completeGlossary;
    document.body.append(this.#popover);
    const termAt = (/** @type {Event} */ { target }) => /** @type {HTMLAnchorElement | null} */ (target instanceof Element ? target.closest("a.term") : null);
    document.addEventListener("pointerover", (event) => {
      // A word that has come to a pointer at rest, as in a dialog that opens, is not pointed at.
      if (event.pointerType === "touch" || this.#isAtRest(event)) return;
      const link = termAt(event);
      if (link) this.#show(link);
      else if (event.target instanceof Node && this.#popover.contains(event.target)) clearTimeout(this.#leaving);
      else this.#hideSoon();
    });
    for (const kind of ["pointermove", "pointerdown"]) document.addEventListener(kind, (event) => this.#isAtRest(/** @type {PointerEvent} */ (event)), { capture: true, passive: true });
    document.addEventListener("focusin", (event) => {
      const link = termAt(event);
      if (link) this.#show(link);
      else this.#hide();
    });
    document.addEventListener("focusout", (event) => { if (termAt(event)) this.#hideSoon(); });
    document.addEventListener("click", (event) => {
      const link = termAt(event);
      const isByKey = event.detail === 0; // Enter follows the link: the focus has shown the meaning
      if (!link && event.target instanceof Node && !this.#popover.contains(event.target)) this.#hide(); // a tap beside it
      if (!link || isByKey || event.ctrlKey || event.metaKey || event.shiftKey || !this.#show(link)) return;
      event.preventDefault();
      event.stopPropagation();
    }, { capture: true });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#popover.hidden) return;
      this.#hide();
      event.preventDefault(); // a dialog around the word stays open
      event.stopPropagation();
    }, { capture: true });
    window.addEventListener("scroll", () => this.#hide(), { passive: true, capture: true });
  }

  /** Whether the pointer is where it was at its last event. @param {PointerEvent} event */
  #isAtRest({ screenX, screenY }) {
    const [before, now] = [this.#pointer, `${screenX} ${screenY}`];
    this.#pointer = now;
    return before === now;
  }

  /** Whether there was a meaning to show. @param {HTMLAnchorElement} link */
  #show(link) {
    clearTimeout(this.#leaving);
    if (link === this.#link) return true;
    this.completeGlossary();
    const meaning = meaningOf(link);
    if (!meaning) return false;
    this.#hide();
    this.#link = link;
    link.setAttribute("aria-describedby", ID);
    this.#popover.replaceChildren(meaning);
    (link.closest("dialog") ?? document.body).append(this.#popover); // what is outside an open dialog can't be seen
    this.#popover.hidden = false;
    this.#place(link);
    return true;
  }

  /** Below the word, or above it where there is no room. @param {HTMLAnchorElement} link */
  #place(link) {
    const [word] = link.getClientRects(); // a word may be broken over two lines
    if (!word) return;
    const { offsetWidth: width, offsetHeight: height } = this.#popover;
    const left = Math.min(Math.max(EDGE, word.left), document.documentElement.clientWidth - width - EDGE);
    const isRoomBelow = word.bottom + height + EDGE < window.innerHeight;
    this.#popover.style.left = `${left}px`;
    this.#popover.style.top = `${isRoomBelow ? word.bottom + 4 : word.top - height - 4}px`;
  }

  #hideSoon() {
    clearTimeout(this.#leaving);
    this.#leaving = window.setTimeout(() => this.#hide(), LINGER);
  }

  #hide() {
    this.#link?.removeAttribute("aria-describedby");
    this.#link = null;
    this.#popover.hidden = true;
  }
}

/** @param {() => void} completeGlossary puts the glossary's rows into the page */
export function startTermPopover(completeGlossary) {
  if (!document.getElementById(ID)) new TermPopover(completeGlossary);
}
