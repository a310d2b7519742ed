// A printed chart is a table of its rows: so the browser breaks pages between rows, repeats the heading and the axis on each
// sheet, and gives a label the height that it needs. The SVGs in it scale with the paper. It is made synchronously, because a
// browser does not wait when it prints. The chart on the screen is left alone. Colours are those of the light theme.

import { createElement, part, queryAll } from "./dom.js";
import { headingMarkup, labelMarkup } from "./labels.js";
import { edgesOf, panelsOf } from "./rows.js";

/** @typedef {import("./rows.js").Panel} Panel */
/** @typedef {import("./types.js").Figure} Figure */
/** @typedef {import("./view.js").ViewController} ViewController */

const PLOT = 430; // pixels that rows are drawn for: what A4 or Letter leaves beside their labels
const WHOLE = 600; // pixels that a chart without rows is drawn for; it fits between wide margins, too
const SIDE = 12; // pixels left of the plot, for half a tick label
const AXIS = 52; // pixels that an axis takes, as in kit/row_sizes.py
const MARKS = ".point, .errorbar, .textpoint, .js-line, .js-fill, .zl";
const SVG = "http://www.w3.org/2000/svg";

/**
 * Adds the printed form of a view's chart beside the chart, if there is one. (page.css shows one or the other.)
 * @param {Pick<ViewController, "section" | "payload">} view @param {PlotlyModule} Plotly
 */
export function addPrintedChart({ section, payload }, Plotly) {
  removePrintedChart(section);
  if (!payload?.figure.data.length) return;
  const { figure } = payload;
  const sheet = createElement("div", { className: "on-paper" });
  sheet.setAttribute("aria-hidden", "true");
  part(section, "chart").after(sheet);
  const panels = panelsOf(figure, true);
  const drawn = createElement("div", { className: "drawn" });
  sheet.append(drawn);
  const done = Plotly.newPlot(drawn, figure.data, layoutOf(figure, panels.length > 0), { staticPlot: true });
  if (panels.length) {
    sheet.append(...panels.map((panel) => tableOf(drawn, panel)));
    copyPatterns(sheet, drawn);
    drawn.remove();
    done.then(() => Plotly.purge(drawn)); // it is drawn already, but Plotly touches it once more
  }
}

/** @param {HTMLElement} section */
export const removePrintedChart = (section) => section.querySelector(".on-paper")?.remove();

/** @param {Figure} figure @param {boolean} hasRows */
const layoutOf = ({ layout }, hasRows) => ({
  ...layout,
  ...(hasRows ? { width: PLOT, margin: { ...layout.margin, l: SIDE } } : { width: WHOLE }),
});

/** Copies the fill patterns of bars. @param {HTMLElement} sheet @param {HTMLElement} drawn */
function copyPatterns(sheet, drawn) {
  const patterns = picture([0, 0, 1, 1], queryAll(drawn, "defs"));
  patterns.setAttribute("class", "patterns");
  sheet.prepend(patterns);
}

/** @param {HTMLElement} drawn @param {Panel} panel */
function tableOf(drawn, panel) {
  const { heading, rows, top } = panel;
  const suffix = panel.axis.slice(1);
  const edges = edgesOf(rows);
  const table = createElement("table", {});
  if (heading) table.createTHead().insertRow().append(createElement("th", { colSpan: 2, innerHTML: headingMarkup(heading) }));
  const foot = table.createTFoot().insertRow();
  foot.append(createElement("td", {}), createElement("td", {}, axisOf(drawn, suffix, top + edges[rows.length])));
  const body = table.createTBody();
  const subplot = drawn.querySelector(`.subplot.x${suffix}y${suffix}`);
  const rowOf = rowsOfMarks(drawn, subplot, top, edges);
  for (const [row, { height, ...label }] of rows.entries()) {
    const marks = subplot ? cut(subplot, MARKS, (mark) => (rowOf.get(mark) ?? row) === row) : [];
    const box = /** @type {const} */ ([0, top + edges[row], PLOT, height]);
    body.insertRow().append(createElement("th", { innerHTML: labelMarkup(label, "<br>") }), createElement("td", {}, picture(box, marks)));
  }
  return table;
}

/**
 * The row of each mark, by its position: the y of a trace is in pixels below the top of its panel, and Plotly's SVG does not
 * say which point a mark is of. A line through all rows belongs to none.
 * @param {HTMLElement} drawn @param {Element | null} subplot @param {number} top @param {number[]} edges
 */
function rowsOfMarks(drawn, subplot, top, edges) {
  const from = drawn.getBoundingClientRect().top + top;
  /** @type {Map<Element, number>} */
  const rows = new Map();
  for (const mark of subplot?.querySelectorAll(MARKS) ?? []) {
    const box = mark.getBoundingClientRect();
    const row = edges.filter((edge) => edge <= (box.top + box.bottom) / 2 - from).length - 1;
    if (!mark.matches(".zl") && box.height <= edges[row + 1] - edges[row]) rows.set(mark, row);
  }
  return rows;
}

/** @param {HTMLElement} drawn @param {string} suffix @param {number} foot where the rows of the panel end */
function axisOf(drawn, suffix, foot) {
  const always = () => true;
  const lines = [...drawn.querySelectorAll(`.subplot.x${suffix}y${suffix}`)].flatMap((plot) => cut(plot, ".xtick, .xlines-above", always));
  const title = [...drawn.querySelectorAll(`.g-x${suffix}title`)].map((words) => words.cloneNode(true));
  const axis = picture([0, foot - 1, PLOT, AXIS], [...lines, ...title]);
  for (const moved of axis.querySelectorAll("[transform]")) flattenTransform(/** @type {SVGGraphicsElement} */ (moved));
  return axis;
}

/**
 * Replaces the transform of a tick or its label by coordinates: Chromium drops transforms in the repeated table footer.
 * @param {SVGGraphicsElement} moved
 */
function flattenTransform(moved) {
  const { e } = moved.transform.baseVal.consolidate()?.matrix ?? { e: 0 };
  moved.removeAttribute("transform");
  const line = moved.getAttribute("d");
  if (line) moved.setAttribute("d", line.replace(/^M0,/, `M${e},`));
  for (const words of [moved, ...moved.querySelectorAll("tspan")])
    if (words.hasAttribute("x")) words.setAttribute("x", String(Number(words.getAttribute("x")) + e));
}

/**
 * A copy of an SVG tree with only those marks that are wanted.
 * @param {Element} node @param {string} marks @param {(mark: Element) => boolean} isWanted @returns {Node[]}
 */
function cut(node, marks, isWanted) {
  if (node.matches(marks)) return isWanted(node) ? [node.cloneNode(true)] : [];
  const inside = [...node.children].flatMap((child) => cut(child, marks, isWanted));
  if (!inside.length) return [];
  const copy = /** @type {Element} */ (node.cloneNode(false));
  copy.append(...inside);
  return [copy];
}

/** @param {readonly [number, number, number, number]} box what it shows @param {Node[]} inside */
function picture(box, inside) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", box.join(" "));
  svg.append(...inside);
  return svg;
}
