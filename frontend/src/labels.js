// Labels of rows and headings of panels (views/charts.py) are HTML above the plot: as annotations they would take Plotly
// longer than all the rest of a chart. They stand where Plotly would put them; their text is markup either way.

import { made } from "./dom.js";
import { isLabel, topOf } from "./rows.js";

/** @typedef {import("./types.js").Annotation} Annotation */
/** @typedef {import("./types.js").Layout} Layout */

const ABOVE = { top: 0, middle: -50, bottom: -100 }; // how far up a label is moved, in % of its height

/** @param {HTMLElement} chart @param {Layout} layout */
export function drawLabels(chart, layout) {
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
  place.innerHTML = labels.map((label) => placed(label, layout)).join("");
}

/** @param {Annotation} label @param {Layout} layout */
function placed({ text, y, yref, xshift, yanchor = "middle", yshift = 0, bgcolor = "" }, layout) {
  const heads = yref === "paper";
  const top = heads ? (1 - y) * layout.height : topOf(yref, layout) + y - yshift;
  const place = `left:${layout.margin.l + xshift}px;top:${top.toFixed(1)}px;translate:0 ${ABOVE[yanchor]}%`;
  return `<p class="${heads ? "heading" : ""}" style="${place};background:${bgcolor}">${text}</p>`;
}
