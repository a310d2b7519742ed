// Rows get the room that their labels take, where that is more than kit/charts.py thought.

import { LINE } from "./axis_room.js";
import { topOf } from "./rows.js";

/** @typedef {import("./types.js").Annotation} Annotation */
/** @typedef {import("./types.js").Layout} Layout */
/** @typedef {import("./types.js").Trace} Trace */
/** @typedef {{ data: Trace[], layout: Layout }} Drawn */
/** @typedef {{ label: Annotation, more: number }} Row  The label of a row, and how many pixels it lacks. */
/** @typedef {{ head: number, rows: Row[], foot: number }} Lack  What a panel lacks: its heading, its rows, its axis. */

const AROUND = 10; // pixels above and below a label together
const HEADING = 28; // pixels that a heading has

/** @param {Lack} lack */
const sumOf = ({ head, rows, foot }) => head + foot + rows.reduce((so, { more }) => so + more, 0);

/**
 * What the panels of a chart lack, by their axes. Beside its label a row ends as far below it as it begins above; under its
 * label it has as much room as lines were thought of.
 * @param {Map<Annotation, number>} heights of headings and labels @param {boolean} isWide @param {number} larger
 */
export function lacking(heights, isWide, larger) {
  /** @type {Map<string, Lack>} */
  const panels = new Map();
  let head = 0;
  let edge = 0;
  for (const [label, height] of heights) {
    if (label.yref === "paper") {
      head = Math.max(0, height - HEADING * larger);
      continue;
    }
    let panel = panels.get(label.yref);
    if (!panel) {
      panel = { head, rows: [], foot: 0 };
      panels.set(label.yref, panel);
      [head, edge] = [0, 0];
    }
    const half = label.y - edge;
    edge = label.y + half;
    const room = isWide ? 2 * half - AROUND : larger * (LINE * label.text.split("<br>").length + AROUND / 2);
    panel.rows.push({ label, more: Math.max(0, Math.ceil(height - room)) });
  }
  return panels;
}

/**
 * The chart with its rows moved apart. A label beside its bar has half of what it lacks above it, one over its bar all.
 * @param {Drawn} figure @param {Map<string, Lack>} panels @param {boolean} isWide @returns {Drawn}
 */
export function spread({ data, layout }, panels, isWide) {
  const tops = [...panels].map(([axis, lack]) => ({ axis, lack, top: topOf(axis, layout) }));
  const height = layout.height + tops.reduce((so, { lack }) => so + sumOf(lack), 0);
  if (height === layout.height) return { data, layout };
  const above = (/** @type {number} */ y) => tops.reduce((so, { top, lack }) => so + (top < y ? sumOf(lack) : 0), 0);
  const moved = (/** @type {string} */ axis, /** @type {number} */ y) => y + shiftAt(panels.get(axis)?.rows ?? [], y, layout[axis.replace("y", "yaxis")].range[0], isWide);
  /** @type {Layout} */
  const out = { ...layout, height };
  for (const { axis, top, lack } of tops) {
    const key = axis.replace("y", "yaxis");
    const rows = moved(axis, layout[key].range[0]);
    const from = top + above(top) + lack.head;
    out[key] = { ...layout[key], range: [rows, 0], domain: [Math.max(0, 1 - (from + rows) / height), 1 - from / height] };
  }
  const ofPage = (/** @type {number} */ y) => 1 - ((1 - y) * layout.height + above((1 - y) * layout.height)) / height;
  out.annotations = layout.annotations?.map((words) => ({ ...words, y: words.yref === "paper" ? ofPage(words.y) : moved(words.yref, words.y) }));
  return { data: data.map((trace) => ({ ...trace, y: trace.y.map((y) => moved(trace.yaxis, Number(y))) })), layout: out };
}

/**
 * How far something at `y` is moved down: with its row, or with the end of its panel.
 * @param {Row[]} rows @param {number} y @param {number} end @param {boolean} isWide
 */
function shiftAt(rows, y, end, isWide) {
  const sum = (/** @type {Row[]} */ some) => some.reduce((so, { more }) => so + more, 0);
  if (y <= 0) return 0;
  if (y >= end) return sum(rows);
  const distances = rows.map(({ label }) => Math.abs(label.y - y));
  const at = distances.indexOf(Math.min(...distances));
  return sum(rows.slice(0, at)) + rows[at].more / (isWide ? 2 : 1);
}
