// Charts of rows (kit/plotly_rows.py): as high as their rows; the y of a trace is in pixels, downwards from the top of its panel.

/** @typedef {import("./types.js").Figure} Figure */
/** @typedef {import("./types.js").Layout} Layout */
/** @typedef {import("./types.js").Trace} Trace */

/**
 * A row with the lines of its label. A label above its bar ends at `foot`, in pixels from the top of the row.
 * @typedef {{ title: string, detail: string, flag: string, marks?: [string, string][], height: number, foot: number, trial?: { name: string, study: string } }} Row
 */

/**
 * Rows on one scale, with labels beside or above their bars. `axis` is the y axis of their traces, `top` where they begin, in
 * pixels from the top of the chart; their heading takes `head` pixels above that.
 * @typedef {{ axis: string, heading: string, head: number, top: number, beside: boolean, rows: Row[] }} Panel
 */

/** @typedef {{ data: Trace[], layout: Layout, panels: Panel[] }} Drawn  A figure for one kind of screen. */

const HEADING = 28; // pixels that a heading takes, as in kit/row_sizes.py

/**
 * The panels of a figure for wide or for narrow screens.
 * @param {Figure} figure @param {boolean} isWide @returns {Panel[]}
 */
export const panelsOf = ({ panels }, isWide) => panels.map(({ axis, heading, rows, wide, narrow }) => ({
  axis,
  heading,
  head: heading ? HEADING : 0,
  top: isWide ? wide : narrow,
  beside: isWide,
  rows: rows.map((row) => ({ ...row, height: isWide ? row.wide : row.narrow })),
}));

/** The edges of rows in pixels below the top of their panel: one more than there are rows. @param {{ height: number }[]} rows */
export function edgesOf(rows) {
  const edges = [0];
  for (const { height } of rows) edges.push(edges[edges.length - 1] + height);
  return edges;
}

/** The key of a panel's axis in a layout. @param {string} axis */
export const axisKey = (axis) => axis.replace("y", "yaxis");

const AHEAD = 0.75; // of a screen, drawn ahead below the screen (draw.js draws the rest when it is within half a screen)
const FEW = 0.25; // of a screen: at least this much is drawn at first, and no less is left for later

/**
 * How many pixels of a chart to draw at first: down to the foot of the screen, and some more. Infinity if the chart ends
 * there or soon after.
 * @param {Element} chart @param {Drawn} figure
 */
export function depthOf(chart, { layout, panels }) {
  const screen = window.innerHeight;
  const depth = Math.max(FEW * screen, (1 + AHEAD) * screen - chart.getBoundingClientRect().top);
  return panels.length && layout.height > depth + FEW * screen ? depth : Infinity;
}

/**
 * The rows of a chart that begin above a depth, and the panels that have any. (Plotly treats traces without points as hidden,
 * and fails on panels without traces.)
 * @param {number} depth @param {Drawn} figure @returns {Drawn}
 */
export function rowsAbove(depth, { data, layout, panels }) {
  if (depth === Infinity) return { data, layout, panels };
  /** @type {Map<string, number>} */
  const feet = new Map(); // where the kept rows end, by axis
  const cut = panels.map((panel) => {
    const edges = edgesOf(panel.rows);
    const rows = panel.rows.filter((_, i) => panel.top + edges[i] < depth);
    feet.set(panel.axis, edges[rows.length]);
    return { ...panel, rows };
  });
  const kept = data.map((trace) => pointsWhere((y) => Number(y) < (feet.get(trace.yaxis) ?? 0), trace)).filter(({ y }) => y.length);
  const used = new Set(kept.flatMap(({ xaxis, yaxis }) => [xaxis, yaxis]));
  const parts = Object.entries(layout).filter(([key]) => !key.includes("axis") || used.has(key.replace("axis", "")));
  const above = cut.filter(({ axis, rows }) => rows.length && used.has(axis));
  return { data: kept, layout: /** @type {Layout} */ (Object.fromEntries(parts)), panels: above };
}

/**
 * A trace with only the wanted points, in all its per-point arrays. A line is kept whole.
 * @param {(y: number | string) => boolean} wanted @param {Trace} trace
 */
function pointsWhere(wanted, trace) {
  if (trace.mode === "lines") return trace;
  const keep = trace.y.map(wanted);
  /** @param {unknown} value @returns {any} */
  const cut = (value) => {
    if (Array.isArray(value)) return value.length === keep.length ? value.filter((_, i) => keep[i]) : value;
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner)]));
    return value;
  };
  return cut(trace);
}
