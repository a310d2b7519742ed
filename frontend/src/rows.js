// Charts of rows (kit/charts.py): as high as their rows, whose y is in pixels, downwards from the top of their panel.

/** @typedef {import("./types.js").Layout} Layout */
/** @typedef {import("./types.js").Trace} Trace */
/** @typedef {import("./types.js").Annotation} Annotation */

/** Whether a text of a chart is the label of a row, or the heading of a panel. @param {Annotation} annotation */
export const isLabel = ({ xref }) => !xref;

/** Whether a chart has rows with labels. @param {Layout} layout */
export const hasLabels = ({ annotations }) => annotations?.some((words) => isLabel(words) && words.yref !== "paper") ?? false;

/** @param {Layout} layout */
export const hasRows = ({ yaxis }) => yaxis?.range?.[1] === 0 && yaxis.range[0] > 1;

/**
 * Where the panel of an axis begins, in pixels from the upper edge of the chart.
 * @param {string} axis @param {Layout} layout
 */
export const topOf = (axis, layout) => (1 - layout[axis.replace("y", "yaxis")].domain[1]) * layout.height;

/**
 * Some rows on one scale. `edges` are where they meet, in pixels below `top`, which is in pixels of the chart.
 * @typedef {{ suffix: string, heading: Annotation | undefined, labels: Annotation[], edges: number[], top: number }} Panel
 */

/**
 * The panels of a layout for wide screens, if it has rows with labels: each heading comes before the labels of its rows.
 * @param {Layout} layout @returns {Panel[]}
 */
export function panelsOf(layout) {
  /** @type {Map<string, Panel>} */
  const panels = new Map();
  /** @type {Annotation | undefined} */
  let heading;
  for (const words of (layout.annotations ?? []).filter(isLabel)) {
    if (words.yref === "paper") {
      heading = words;
      continue;
    }
    const panel = panels.get(words.yref) ?? { suffix: words.yref.slice(1), heading, labels: [], edges: [0], top: topOf(words.yref, layout) };
    panels.set(words.yref, panel);
    heading = undefined;
    panel.labels.push(words);
    panel.edges.push(2 * words.y - /** @type {number} */ (panel.edges[panel.edges.length - 1])); // a label stands in the middle of its row
  }
  return [...panels.values()];
}

const AHEAD = 0.75; // of a screen below its foot: what is nearer than half a screen is drawn at once (draw.js)
const FEW = 0.25; // of a screen that is drawn at least, and that is not left for later

/**
 * How far down a chart the reader is near, in pixels: to the foot of the screen, and some more. Infinity if a
 * chart ends there, or soon after.
 * @param {Element} chart @param {Layout} layout
 */
export function depthOf(chart, layout) {
  const screen = window.innerHeight;
  const depth = Math.max(FEW * screen, (1 + AHEAD) * screen - chart.getBoundingClientRect().top);
  return hasRows(layout) && layout.height > depth + FEW * screen ? depth : Infinity;
}

/**
 * The rows of a chart that stand above a depth, and the panels that have any. (Plotly takes traces without points for
 * hidden, and stumbles over panels without traces.)
 * @param {number} depth @param {{ data: Trace[], layout: Layout }} figure @returns {{ data: Trace[], layout: Layout }}
 */
export function rowsAbove(depth, { data, layout }) {
  if (depth === Infinity) return { data, layout };
  const isAbove = (/** @type {string} */ axis, /** @type {number} */ y) => topOf(axis, layout) + y < depth;
  const kept = data.map((trace) => pointsWhere((y) => isAbove(trace.yaxis, Number(y)), trace)).filter(({ y }) => y.length);
  const used = new Set(kept.flatMap(({ xaxis, yaxis }) => [xaxis, yaxis]));
  const parts = Object.entries(layout).filter(([key]) => !key.includes("axis") || used.has(key.replace("axis", "")));
  const stays = (/** @type {Annotation} */ { yref, y }) => yref === "paper" || (used.has(yref) && isAbove(yref, y));
  const annotations = layout.annotations?.filter(stays);
  return { data: kept, layout: /** @type {Layout} */ ({ ...Object.fromEntries(parts), annotations }) };
}

/**
 * What a trace says of each of its points is kept of those that are wanted. A line is drawn whole.
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
