// Where a tall chart is split into parts for screens. Positions are pixels from its top.

import { findLast } from "./find_last.js";

const SLIVER = 20; // pixels: a part is higher than this

/** @typedef {[from: number, end: number]} Cut */

/**
 * Fills each screen as far as rows fit.
 * @param {number} height of a screen @param {number} foot what the copy of an axis takes of it
 * @param {number} whole of the chart @param {number[]} rows where a part may begin @returns {Cut[]}
 */
export function greedyCuts(height, foot, whole, rows) {
  /** @type {Cut[]} */
  const cuts = [];
  if (height - foot <= SLIVER) return [[0, whole]]; // nothing can be seen of it, as of a chart that is hidden
  for (let from = 0; whole - from > 4 || !cuts.length;) {
    const start = from;
    const most = start + height - foot;
    const end = start + height >= whole ? whole : findLast(rows, (row) => row > start + SLIVER && row <= most) ?? most;
    cuts.push([start, end]);
    from = end;
  }
  return cuts;
}

/** How many parts begin within a row. @param {Cut[]} cuts @param {number[]} rows */
const cutRows = (cuts, rows) => cuts.slice(1).filter(([from]) => !rows.includes(from)).length;

/**
 * As few parts as possible, of about the same height.
 * @param {number} height @param {number} foot @param {number} whole @param {number[]} rows
 */
export function evenCuts(height, foot, whole, rows) {
  let cuts = greedyCuts(height, foot, whole, rows);
  for (let less = height * 0.96; cuts.length > 1; less *= 0.96) {
    const evener = greedyCuts(less, foot, whole, rows);
    if (evener.length > cuts.length || cutRows(evener, rows) > cutRows(cuts, rows)) break;
    cuts = evener;
  }
  return cuts;
}
