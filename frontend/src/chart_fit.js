// A chart with room for its letters: for those that readers have set to be larger or wider apart, and for labels that take more
// lines than was thought.

import { LINE, withWords, wrapped } from "./axis_fit.js";
import { all } from "./dom.js";
import { labelHeights } from "./labels.js";
import { enlarged, lettersIn } from "./text_scale.js";
import { lacking, spread } from "./row_fit.js";

/** @typedef {import("./rows.js").Drawn} Drawn */

const GAP = 12; // pixels between labels and plot
const EDGE = 2; // pixels that stay free at the right
const LESS = 0.8; // of a plot that remains when words at its right take more
const LEADING = 8; // pixels of a line above and below its letters together
const BESIDE = { wide: 0.34, narrow: 0.55 }; // of the width, for words beside or above a grid (kit/icon_array.py)

/** How wide labels may be. @param {Drawn["layout"]} layout @param {boolean} isWide @param {number} width of the chart */
export const labelWidth = ({ margin }, isWide, width) => (isWide ? margin.l : width - margin.l) - GAP;

/**
 * The chart with that room, and whether its letters are as usual.
 * @param {HTMLElement} chart @param {Drawn} figure @param {boolean} isWide @param {number} width
 */
export function roomy(chart, figure, isWide, width) {
  const letters = lettersIn(chart);
  const { larger, isUsual } = letters;
  const { data, layout, panels } = larger > 1 ? enlarged(figure, larger, width) : figure;
  if (!panels.length) return { data, layout: isUsual ? layout : withWordsOf(layout, isWide, width, letters), panels, isUsual };
  const heights = labelHeights(chart, { data, layout, panels }, labelWidth(layout, isWide, width));
  const lacks = panels.map((panel, i) => lacking(panel, heights[i], larger));
  const plot = width - layout.margin.l - layout.margin.r;
  /** @type {Drawn["layout"]} */
  const named = { ...layout };
  if (!isUsual) for (const [i, panel] of panels.entries()) {
    const key = panel.axis.replace("y", "xaxis");
    const { axis, more } = withWords(layout[key], plot * LESS, letters);
    named[key] = axis;
    lacks[i].foot = more;
  }
  return { ...spread({ data, layout: named, panels }, lacks), isUsual };
}

/**
 * A chart without rows: the words of its grids in the width that they have, or the words of its axis.
 * @param {Drawn["layout"]} layout @param {boolean} isWide @param {number} width @param {import("./text_scale.js").Letters} letters
 */
function withWordsOf(layout, isWide, width, letters) {
  const most = Math.floor((width * (isWide ? BESIDE.wide : BESIDE.narrow)) / letters.letter);
  const lines = (layout.annotations ?? []).map(({ text }) => text.split("<br>").flatMap((line) => wrapped(line, most)));
  const annotations = layout.annotations?.map((words, i) => ({ ...words, text: lines[i].join("<br>") }));
  if (lines.length) { // grids: one below the other on a phone, beside each other else, with their words above them
    const taken = (Math.max(...lines.map(({ length }) => length)) + 1) * LINE * letters.larger;
    return { ...layout, annotations, height: Math.max(layout.height, isWide ? 0 : lines.length * taken) };
  }
  const { axis, more } = withWords(layout.xaxis, width - layout.margin.l - layout.margin.r, letters);
  return { ...layout, xaxis: axis, height: layout.height + more, margin: { ...layout.margin, b: (layout.margin.b ?? 0) + more } };
}

/**
 * The margin that texts to the right of marks need so that none is cut, if it is more than there is.
 * @param {HTMLElement} chart @param {Drawn["layout"]} layout @param {number} width
 */
export function marginNeeded(chart, { margin }, width) {
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

/** Words go that are longer than their bar, or would lie on others; the table has them. @param {HTMLElement} chart */
export function dropCrowded(chart) {
  for (const bar of all(chart, ".bars .point")) {
    const [shape, words] = [bar.querySelector("path"), bar.querySelector("text")];
    if (shape && words && words.getBoundingClientRect().width > shape.getBoundingClientRect().width) words.remove();
  }
  /** @type {DOMRect[]} */
  const kept = [];
  for (const words of all(chart, ".textpoint")) {
    const box = words.getBoundingClientRect();
    if (kept.some((other) => overlap(box, other))) words.remove();
    else kept.push(box);
  }
}

/** @param {DOMRect} one @param {DOMRect} other */
const overlap = (one, other) => one.left < other.right && other.left < one.right && one.top + LEADING < other.bottom && other.top + LEADING < one.bottom;
