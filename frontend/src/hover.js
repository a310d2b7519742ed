// Hover labels of charts follow WCAG 1.4.13: the pointer can move onto a label without losing it, and Escape hides it. The
// tables hold the same information.

import { queryAll } from "./dom.js";

const GAP = 12; // pixels between a mark and its label

/** Whether the pointer is on a hover label of the chart, or in the gap before it. @param {Element} chart @param {MouseEvent} event */
function isOnLabel(chart, { clientX, clientY }) {
  return queryAll(chart, ".hoverlayer .hovertext").some((label) => {
    const { left, right, top, bottom } = label.getBoundingClientRect();
    return clientX > left - GAP && clientX < right + GAP && clientY > top - GAP && clientY < bottom + GAP;
  });
}

/** To be called when a chart has been drawn. @param {HTMLElement} chart */
export function keepHover(chart) {
  const drawn = /** @type {PlotlyChart} */ (/** @type {unknown} */ (chart));
  drawn.removeAllListeners("plotly_beforehover");
  drawn.on("plotly_beforehover", (event) => !isOnLabel(chart, event)); // false keeps the label that is shown
}

/** @param {HTMLElement} root @param {PlotlyModule | undefined} Plotly */
export function hideHover(root, Plotly) {
  for (const layer of queryAll(root, ".chart .hoverlayer")) {
    const chart = /** @type {HTMLElement | null} */ (layer.firstChild && layer.closest(".chart"));
    if (chart) Plotly?.Fx.unhover(chart);
  }
}
