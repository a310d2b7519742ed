// Printing: what goes on paper, with all that is folded away, and the page as it was after that. Where `print` returns before
// the paper is made (tablets) "afterprint" may come too soon, so there the page stays ready until it is used again.

import { controllersOf } from "./controllers.js";
import { all, sectionsIn } from "./dom.js";
import { plotlyNow } from "./draw.js";
import { layOut, takeAway } from "./printed_chart.js";

const LEFT_OUT = "left-out"; // see page.css
const AT_LEAST = 1000; // milliseconds that a reader takes for a dialog
const USES = ["pointerup", "keyup", "wheel"];

/**
 * Calls once, when the page is used.
 * @param {() => void} then @param {AbortSignal} [signal] ends the waiting
 */
function whenUsed(then, signal) {
  const waiting = new AbortController();
  signal?.addEventListener("abort", () => waiting.abort());
  const used = () => {
    waiting.abort();
    then();
  };
  for (const kind of USES) addEventListener(kind, used, { passive: true, capture: true, signal: waiting.signal });
}

/**
 * The views under a root are laid out for paper when the page is printed.
 * @param {HTMLElement} root @param {AbortSignal} signal ends it
 */
export function printsWell(root, signal) {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  let since = 0;
  const ready = () => {
    since = performance.now();
    const Plotly = plotlyNow();
    const views = controllersOf(sectionsIn(root)).filter(({ section }) => !section.closest(`.${LEFT_OUT}`));
    for (const view of views) view.complete();
    for (const view of views) {
      const folded = /** @type {HTMLDetailsElement[]} */ (all(view.section, ".more details:not([open])"));
      for (const details of folded) details.open = true;
      opened.push(...folded);
      if (Plotly) layOut(view, Plotly);
    }
  };
  const putBack = () => {
    for (const details of opened) details.open = false;
    opened = [];
    sectionsIn(root).forEach(takeAway);
  };
  window.addEventListener("beforeprint", ready, { signal });
  window.addEventListener("afterprint", () => {
    if (performance.now() - since > AT_LEAST) putBack();
    else whenUsed(putBack, signal);
  }, { signal });
}

/**
 * Prints the page without some of its parts.
 * @param {Element[]} others
 */
export function printWithout(others) {
  for (const other of others) other.classList.add(LEFT_OUT);
  const since = performance.now();
  const putBack = () => others.forEach((other) => other.classList.remove(LEFT_OUT));
  window.print();
  if (performance.now() - since > AT_LEAST) putBack();
  else whenUsed(putBack);
}

/** One view alone. @param {HTMLElement} section */
export function printView(section) {
  printWithout(all(document, ".view, .prose, .top, .lessons, .back, .guess").filter((other) => !other.contains(section)));
}
