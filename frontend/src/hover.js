// Labels that a chart shows under the pointer (WCAG 1.4.13): the pointer may rest on one without losing it, and Escape
// puts it away. The tables have the same words.

import { queryAll } from "./dom.js";

const GAP = 12; // pixels between a mark and its label

/** Whether the pointer is on a label of the chart, or on its way there. @param {Element} chart @param {MouseEvent} event */
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
  drawn.on("plotly_beforehover", (event) => !isOnLabel(chart, event)); // false: what is shown stays
}

/** @param {HTMLElement} root @param {PlotlyModule | undefined} Plotly */
export function hideHover(root, Plotly) {
  for (const layer of queryAll(root, ".chart .hoverlayer")) {
    const chart = /** @type {HTMLElement | null} */ (layer.firstChild && layer.closest(".chart"));
    if (chart) Plotly?.Fx.unhover(chart);
  }
}
