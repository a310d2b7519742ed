// A chart with room for its letters: for those that readers have set to be larger or wider apart, and for labels that take more
// lines than was thought.

import { labelHeights } from "./labels.js";
import { enlarged, lettersIn } from "./letters.js";
import { breakNames, lacking, spread } from "./row_room.js";
import { hasLabels } from "./rows.js";

/** @typedef {import("./row_room.js").Drawn} Drawn */

const GAP = 12; // pixels between labels and plot
const EDGE = 2; // pixels that stay free at the right

/** How wide labels may be. @param {Drawn["layout"]} layout @param {boolean} isWide @param {number} width of the chart */
export const labelWidth = ({ margin }, isWide, width) => (isWide ? margin.l : width - margin.l) - GAP;

/**
 * The chart with that room, and whether its letters are as usual.
 * @param {HTMLElement} chart @param {Drawn} figure @param {boolean} isWide @param {number} width
 */
export function roomy(chart, figure, isWide, width) {
  const { larger, isUsual, letter } = lettersIn(chart);
  const { data, layout } = larger > 1 ? enlarged(figure, larger, width) : figure;
  if (!hasLabels(layout)) return { data, layout, isUsual };
  const lack = lacking(labelHeights(chart, layout, labelWidth(layout, isWide, width)), isWide, larger);
  const plot = width - layout.margin.l; // names stand in its middle
  const named = isUsual ? layout : breakNames(layout, lack, Math.floor(plot / letter), larger);
  return { ...spread({ data, layout: named }, lack, isWide), isUsual };
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

/** Numbers that are longer than the bar they stand in go; the table has them. @param {HTMLElement} chart */
export function dropLong(chart) {
  for (const bar of chart.querySelectorAll(".bars .point")) {
    const [shape, words] = [bar.querySelector("path"), bar.querySelector("text")];
    if (shape && words && words.getBoundingClientRect().width > shape.getBoundingClientRect().width) words.remove();
  }
}
