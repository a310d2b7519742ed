// Printing: what goes on paper, with all that is folded away, and the page as it was after that. Where `print` returns before
// the paper is made (tablets) "afterprint" may come too soon, so there the page stays ready until it is used again.

import { controllersOf } from "./controllers.js";
import { queryAll, viewSectionsIn } from "./dom.js";
import { loadedPlotly } from "./draw.js";
import { addPrintedChart, removePrintedChart } from "./printed_chart.js";

const LEFT_OUT = "left-out"; // see page.css
const AT_LEAST = 1000; // milliseconds that a reader takes for a dialog
const USES = ["pointerup", "keyup", "wheel"];

/**
 * Calls once, when the page is used.
 * @param {() => void} then @param {AbortSignal} [signal] ends the waiting
 */
function onNextUse(then, signal) {
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
export function preparePrinting(root, signal) {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  let since = 0;
  const ready = () => {
    since = performance.now();
    const Plotly = loadedPlotly();
    const views = controllersOf(viewSectionsIn(root)).filter(({ section }) => !section.closest(`.${LEFT_OUT}`));
    for (const view of views) view.complete();
    for (const view of views) {
      const folded = /** @type {HTMLDetailsElement[]} */ (queryAll(view.section, ".more details:not([open])"));
      for (const details of folded) details.open = true;
      opened.push(...folded);
      if (Plotly) addPrintedChart(view, Plotly);
    }
  };
  const putBack = () => {
    for (const details of opened) details.open = false;
    opened = [];
    viewSectionsIn(root).forEach(removePrintedChart);
  };
  window.addEventListener("beforeprint", ready, { signal });
  window.addEventListener("afterprint", () => {
    if (performance.now() - since > AT_LEAST) putBack();
    else onNextUse(putBack, signal);
  }, { signal });
}

/**
 * Prints the page without some of its parts.
 * @param {Element[]} others
 */
export function printExcept(others) {
  for (const other of others) other.classList.add(LEFT_OUT);
  const since = performance.now();
  const putBack = () => others.forEach((other) => other.classList.remove(LEFT_OUT));
  window.print();
  if (performance.now() - since > AT_LEAST) putBack();
  else onNextUse(putBack);
}

/** One view alone. @param {HTMLElement} section */
export function printView(section) {
  printExcept(queryAll(document, ".view, .prose, .top, .lessons, .back, .guess").filter((other) => !other.contains(section)));
}
