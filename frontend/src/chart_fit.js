// Fits a chart to its text: to larger fonts and wider spacing that readers have set, and to labels that take more lines than
// the server estimated.

import { fitAxisText, LINE, wrapByLength } from "./axis_fit.js";
import { queryAll } from "./dom.js";
import { labelHeights } from "./labels.js";
import { enlarged, textMetricsIn } from "./text_scale.js";
import { shortfallOf, spread } from "./row_fit.js";

/** @typedef {import("./rows.js").Drawn} Drawn */

const GAP = 12; // pixels between labels and plot
const EDGE = 2; // pixels that stay free at the right
const MIN_PLOT_SHARE = 0.8; // of the plot's width is assumed when texts to the right of marks may take more
const LEADING = 8; // pixels of a line above and below its glyphs together
const BESIDE = { wide: 0.34, narrow: 0.55 }; // of the width, for the text beside or above a grid (kit/icon_array.py)

/** How wide labels may be. @param {Drawn["layout"]} layout @param {boolean} isWide @param {number} width of the chart */
export const labelWidth = ({ margin }, isWide, width) => (isWide ? margin.l : width - margin.l) - GAP;

/**
 * The fitted chart, and whether the font is the default one.
 * @param {HTMLElement} chart @param {Drawn} figure @param {boolean} isWide @param {number} width
 */
export function fitChart(chart, figure, isWide, width) {
  const metrics = textMetricsIn(chart);
  const { scale, isDefault } = metrics;
  const { data, layout, panels } = scale > 1 ? enlarged(figure, scale, width) : figure;
  if (!panels.length) return { data, layout: isDefault ? layout : fitText(layout, isWide, width, metrics), panels, isDefault };
  const heights = labelHeights(chart, { data, layout, panels }, labelWidth(layout, isWide, width));
  const shortfalls = panels.map((panel, i) => shortfallOf(panel, heights[i], scale));
  const plot = width - layout.margin.l - layout.margin.r;
  /** @type {Drawn["layout"]} */
  const named = { ...layout };
  if (!isDefault) for (const [i, panel] of panels.entries()) {
    const key = panel.axis.replace("y", "xaxis");
    const { axis, more } = fitAxisText(layout[key], plot * MIN_PLOT_SHARE, metrics);
    named[key] = axis;
    shortfalls[i].foot = more;
  }
  return { ...spread({ data, layout: named, panels }, shortfalls), isDefault };
}

/**
 * The layout of a chart without rows, with the text of its grids or of its axis fitted.
 * @param {Drawn["layout"]} layout @param {boolean} isWide @param {number} width @param {import("./text_scale.js").TextMetrics} metrics
 */
function fitText(layout, isWide, width, metrics) {
  const most = Math.floor((width * (isWide ? BESIDE.wide : BESIDE.narrow)) / metrics.charWidth);
  const lines = (layout.annotations ?? []).map(({ text }) => text.split("<br>").flatMap((line) => wrapByLength(line, most)));
  const annotations = layout.annotations?.map((words, i) => ({ ...words, text: lines[i].join("<br>") }));
  if (lines.length) { // grids: stacked on a phone, else side by side with their texts above them
    const taken = (Math.max(...lines.map(({ length }) => length)) + 1) * LINE * metrics.scale;
    return { ...layout, annotations, height: Math.max(layout.height, isWide ? 0 : lines.length * taken) };
  }
  const { axis, more } = fitAxisText(layout.xaxis, width - layout.margin.l - layout.margin.r, metrics);
  return { ...layout, xaxis: axis, height: layout.height + more, margin: { ...layout.margin, b: (layout.margin.b ?? 0) + more } };
}

/**
 * The right margin at which no text to the right of a mark is clipped; at least the present one.
 * @param {HTMLElement} chart @param {Drawn["layout"]} layout @param {number} width
 */
export function rightMarginNeeded(chart, { margin }, width) {
  const { left } = chart.getBoundingClientRect();
  const plot = width - margin.l - margin.r;
  let fits = plot;
  for (const words of chart.querySelectorAll(".textpoint")) {
    const box = words.getBoundingClientRect();
    const from = box.left - left - margin.l;
    if (box.right - left > width && from > 0) fits = Math.min(fits, ((width - EDGE - margin.l - box.width) * plot) / from);
  }
  return fits < plot ? width - margin.l - Math.max(fits, plot / 3) : margin.r;
}

/** Removes texts that are longer than their bar or overlap others; the table has them, too. @param {HTMLElement} chart */
export function removeOverlappingText(chart) {
  for (const bar of queryAll(chart, ".bars .point")) {
    const [shape, words] = [bar.querySelector("path"), bar.querySelector("text")];
    if (shape && words && words.getBoundingClientRect().width > shape.getBoundingClientRect().width) words.remove();
  }
  /** @type {DOMRect[]} */
  const kept = [];
  for (const words of queryAll(chart, ".textpoint")) {
    const box = words.getBoundingClientRect();
    if (kept.some((other) => overlap(box, other))) words.remove();
    else kept.push(box);
  }
}

/** @param {DOMRect} one @param {DOMRect} other */
const overlap = (one, other) => one.left < other.right && other.left < one.right && one.top + LEADING < other.bottom && other.top + LEADING < one.bottom;
