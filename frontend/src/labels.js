// Labels of rows and headings of panels (kit/charts.py) are HTML above the plot: as annotations they would take Plotly
// longer than all the rest of a chart. They stand where Plotly would put them; their text is markup either way.

import { all, made } from "./dom.js";
import { isLabel, topOf } from "./rows.js";

/** @typedef {import("./types.js").Annotation} Annotation */
/** @typedef {import("./types.js").Layout} Layout */

const ABOVE = { top: 0, middle: -50, bottom: -100 }; // how far up a label is moved, in % of its height

/**
 * How high the labels of a chart are where they have so much width.
 * @param {HTMLElement} chart @param {Layout} layout @param {number} width @returns {Map<Annotation, number>}
 */
export function labelHeights(chart, layout, width) {
  drawLabels(chart, layout, width);
  const heights = all(chart, ".labels > p").map((label) => label.offsetHeight);
  return new Map((layout.annotations ?? []).filter(isLabel).map((label, i) => [label, heights[i]]));
}

/** @type {WeakMap<Element, string>} */
const drawn = new WeakMap(); // the markup of labels that stand

/** @param {HTMLElement} chart @param {Layout} layout @param {number} width of labels; the headings have the whole */
export function drawLabels(chart, layout, width) {
  const labels = (layout.annotations ?? []).filter(isLabel);
  let place = chart.querySelector(".labels");
  if (!labels.length) {
    place?.remove();
    return;
  }
  if (!place) {
    place = made("div", { className: "labels" });
    chart.append(place);
  }
  const markup = labels.map((label) => placed(label, layout, width)).join("");
  if (drawn.get(place) === markup) return; // the browser need not lay them out again
  drawn.set(place, markup);
  place.innerHTML = markup;
}

/** Lines of a text are broken by the browser here; those of its parts stay apart. @param {string} text */
export const unbroken = (text) => text.replaceAll("</b><br><b>", " ").replace(/([^>])<br>(?=[^<])/g, "$1 ");

/** @param {Annotation} label @param {Layout} layout @param {number} width */
function placed({ text, y, yref, xshift, yanchor = "middle", yshift = 0, bgcolor = "" }, layout, width) {
  const heads = yref === "paper";
  const top = heads ? (1 - y) * layout.height : topOf(yref, layout) + y - yshift;
  const place = `left:${layout.margin.l + xshift}px;top:${top.toFixed(1)}px;translate:0 ${ABOVE[yanchor]}%`;
  return `<p class="${heads ? "heading" : ""}" style="${place};${heads ? "" : `max-width:${width}px`};background:${bgcolor}">${unbroken(text)}</p>`;
}
