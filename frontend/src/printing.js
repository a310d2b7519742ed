// Printing: prepares the page, with everything collapsed opened, and restores it afterwards. Where `print` returns before the
// pages are rendered (tablets), "afterprint" may come too early, so there the page is restored only when it is used again.

import { controllersOf } from "./controllers.js";
import { queryAll, viewSectionsIn } from "./dom.js";
import { loadedPlotly } from "./draw.js";
import { addPrintedChart, removePrintedChart } from "./printed_chart.js";

export const LEFT_OUT = "left-out"; // see page.css
const AT_LEAST = 1000; // milliseconds that a reader spends in the print dialog
const USES = ["pointerup", "keyup", "wheel"];

/**
 * Calls back once, at the next use of the page.
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
 * Prepares the page whenever it is printed, and puts it back afterwards.
 * @param {() => void} prepare @param {() => void} putBack @param {AbortSignal} [signal] ends it
 */
export function whilePrinting(prepare, putBack, signal) {
  let since = 0;
  window.addEventListener("beforeprint", () => {
    since = performance.now();
    prepare();
  }, { signal });
  window.addEventListener("afterprint", () => {
    if (performance.now() - since > AT_LEAST) putBack();
    else onNextUse(putBack, signal);
  }, { signal });
}

/**
 * Lays out the views under a root for paper whenever the page is printed.
 * @param {HTMLElement} root @param {AbortSignal} signal ends it
 */
export function preparePrinting(root, signal) {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  whilePrinting(() => {
    const Plotly = loadedPlotly();
    const views = controllersOf(viewSectionsIn(root)).filter(({ section }) => !section.closest(`.${LEFT_OUT}`));
    for (const view of views) view.complete();
    for (const view of views) {
      const folded = /** @type {HTMLDetailsElement[]} */ (queryAll(view.section, ".more details:not([open])"));
      for (const details of folded) details.open = true;
      opened.push(...folded);
      if (Plotly) addPrintedChart(view, Plotly);
    }
  }, () => {
    for (const details of opened) details.open = false;
    opened = [];
    viewSectionsIn(root).forEach(removePrintedChart);
  }, signal);
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

/** Prints one view alone. @param {HTMLElement} section */
export function printView(section) {
  printExcept(queryAll(document, ".view, .prose, .top, .lessons, .back, .guess").filter((other) => !other.contains(section)));
}
