// A chart on paper is a table of its rows: so a browser breaks it between rows, repeats its heading and its axis on each
// sheet, and gives a label the height that it needs. Pictures in it scale with the paper. It is made at once, for a browser
// waits for nothing when it prints; what is on the screen stays as it is. Colours are those of the day.

import { createElement, part, queryAll } from "./dom.js";
import { headingMarkup, labelMarkup } from "./labels.js";
import { edgesOf, panelsOf } from "./rows.js";

/** @typedef {import("./rows.js").Panel} Panel */
/** @typedef {import("./types.js").Figure} Figure */
/** @typedef {import("./view.js").ViewController} ViewController */

const PLOT = 430; // pixels that rows are drawn for: what A4 or Letter leaves beside their labels
const WHOLE = 600; // pixels that a chart without rows is drawn for; it fits between wide margins too
const SIDE = 12; // pixels left of the plot, for half a number of its axis
const AXIS = 52; // pixels that an axis takes, as in kit/row_sizes.py
const MARKS = ".point, .errorbar, .textpoint, .js-line, .js-fill, .zl";
const SVG = "http://www.w3.org/2000/svg";

/**
 * Puts the chart of a view beside it as it stands on paper, if there is one. (page.css shows one or the other.)
 * @param {ViewController} view @param {PlotlyModule} Plotly
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
    done.then(() => Plotly.purge(drawn)); // all is drawn, but Plotly comes back to it once
  }
}

/** @param {HTMLElement} section */
export const removePrintedChart = (section) => section.querySelector(".on-paper")?.remove();

/** @param {Figure} figure @param {boolean} hasRows */
const layoutOf = ({ layout }, hasRows) => ({
  ...layout,
  ...(hasRows ? { width: PLOT, margin: { ...layout.margin, l: SIDE } } : { width: WHOLE }),
});

/** What bars are filled with. @param {HTMLElement} sheet @param {HTMLElement} drawn */
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
 * The row of each mark; a line through all rows has none.
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
 * Moves a tick or its number without a transform, which Chromium forgets in what it repeats on each sheet.
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
 * A copy of a drawing with only those of its marks that are wanted.
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
