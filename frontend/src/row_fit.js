// Makes rows taller where their labels need more height than kit/row_sizes.py estimated.

import { LINE } from "./axis_fit.js";
import { axisKey, edgesOf } from "./rows.js";

/** @typedef {import("./labels.js").Heights} Heights */
/** @typedef {import("./rows.js").Drawn} Drawn */
/** @typedef {import("./rows.js").Panel} Panel */
/** @typedef {import("./rows.js").Row} Row */
/** @typedef {import("./types.js").Layout} Layout */
/** @typedef {{ head: number, rows: number[], foot: number }} Shortfall  Pixels that a panel lacks: its heading, its rows, its axis. */

const AROUND = 10; // pixels above and below a label together

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((so, number) => so + number, 0);

/** @param {Shortfall} shortfall */
const whole = ({ head, rows, foot }) => head + foot + sum(rows);

/** How many lines the estimate has for a label. @param {Row} row */
const linesOf = ({ title, detail, flag, marks }) => sum([title, detail, flag].map((text) => (text ? text.split("\n").length : 0))) + (marks ? 1 : 0);

/**
 * How much height a panel lacks for its heading and labels. A label beside its bar has the height of its row, one above it
 * the height of the estimated lines.
 * @param {Panel} panel @param {Heights} heights @param {number} scale @returns {Shortfall}
 */
export function shortfallOf({ head, beside, rows }, heights, scale) {
  const roomOf = (/** @type {Row} */ row) => (beside ? row.height - AROUND : scale * (LINE * linesOf(row) + AROUND / 2));
  return {
    head: Math.max(0, heights.heading - head),
    rows: rows.map((row, i) => Math.max(0, Math.ceil(heights.rows[i] - roomOf(row)))),
    foot: 0,
  };
}

/**
 * The chart with its rows moved apart. For a label beside its bar, half of the added height goes above the bar; for one over
 * its bar, all of it.
 * @param {Drawn} figure @param {Shortfall[]} shortfalls of its panels @returns {Drawn}
 */
export function spread({ data, layout, panels }, shortfalls) {
  const height = layout.height + sum(shortfalls.map(whole));
  if (height === layout.height) return { data, layout, panels };
  /** @type {Layout} */
  const out = { ...layout, height };
  let above = 0;
  const moved = panels.map((panel, i) => {
    const { head, rows: more } = shortfalls[i];
    const rows = panel.rows.map((row, at) => ({ ...row, height: row.height + more[at], foot: row.foot + more[at] }));
    const top = panel.top + above + head;
    const plot = sum(rows.map((row) => row.height));
    const key = axisKey(panel.axis);
    out[key] = { ...layout[key], range: [plot, 0], domain: [Math.max(0, 1 - (top + plot) / height), 1 - top / height] };
    above += whole(shortfalls[i]);
    return { ...panel, head: panel.head + head, top, rows };
  });
  const traces = data.map((trace) => {
    const at = panels.findIndex(({ axis }) => axis === trace.yaxis);
    const edges = edgesOf(panels[at].rows);
    return { ...trace, y: trace.y.map((y) => Number(y) + shiftAt(Number(y), edges, shortfalls[at].rows, panels[at].beside)) };
  });
  return { data: traces, layout: out, panels: moved };
}

/**
 * How far something at `y` is moved down: with its row, or with the end of its panel.
 * @param {number} y @param {number[]} edges of rows @param {number[]} more that the rows get @param {boolean} beside
 */
function shiftAt(y, edges, more, beside) {
  if (y <= 0) return 0;
  const row = edges.findIndex((edge) => y < edge) - 1;
  if (row < 0) return sum(more);
  return sum(more.slice(0, row)) + more[row] / (beside ? 2 : 1);
}
