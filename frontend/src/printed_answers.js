// On paper nothing waits for a guess: what guesses hide is printed after them. Copies are added for that, because what is in
// the templates starts only when it is revealed. A part of the page that is printed alone stays without them.

import { unpack } from "./details.js";
import { queryAll, viewSectionsIn } from "./dom.js";
import { loadedPlotly } from "./draw.js";
import { addPrintedChart } from "./printed_chart.js";
import { LEFT_OUT, whilePrinting } from "./printing.js";

const CLOSED = "template[data-answer]:not([data-printed])";

/** @param {HTMLElement} section of a view that nobody has started */
function layOut(section) {
  unpack(section);
  for (const details of /** @type {HTMLDetailsElement[]} */ (queryAll(section, ".more details"))) details.open = true;
  const payload = JSON.parse(section.querySelector('[data-role="payload"]')?.textContent ?? "null");
  const Plotly = loadedPlotly();
  if (Plotly) addPrintedChart({ section, payload }, Plotly);
}

function addCopies() {
  if (document.querySelector(`.presenting, .${LEFT_OUT}`)) return;
  for (let template; (template = /** @type {HTMLTemplateElement | null} */ (document.querySelector(CLOSED)));) {
    template.dataset.printed = "";
    const added = /** @type {HTMLElement[]} */ ([...document.importNode(template.content, true).children]);
    for (const element of added) element.dataset.copied = "";
    template.after(...added);
    for (const section of added.flatMap(viewSectionsIn)) layOut(section);
  }
}

function removeCopies() {
  for (const copy of queryAll(document, "[data-copied]")) copy.remove();
  for (const template of queryAll(document, "[data-printed]")) delete template.dataset.printed;
}

/** For a page with guesses. */
export const printAnswers = () => whilePrinting(addCopies, removeCopies);
