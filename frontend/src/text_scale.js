// How large a reader's letters are. A larger default size, a least size and wider spacing (WCAG 1.4.12) are settings that no
// script is told of, so letters are measured. A chart is made for letters of 14 px; for larger ones it is made larger.

import { createElement } from "./dom.js";

/** @typedef {import("./rows.js").Drawn} Drawn */
/** @typedef {import("./types.js").Layout} Layout */
/** @typedef {{ scale: number, isDefault: boolean, charWidth: number }} TextMetrics */

const BASE_SIZE = 14; // pixels of a letter, as in kit/theme.py
const TOLERANCE = 1.06; // letters this much larger are taken for as large: browsers round
const SAMPLE = "Low back pain, 6 months";
const MAX_LABEL_SHARE = 0.42; // of the width of a chart that labels beside rows may take

/** @type {TextMetrics | null} */
let cached = null; // one measurement is enough for all charts, until letters change

/**
 * How much larger letters in a chart are than it is made for, whether they are as usual, and how wide one is.
 * @param {HTMLElement} chart @returns {TextMetrics}
 */
export function textMetricsIn(chart) {
  cached ??= measure(chart);
  return cached ?? { scale: 1, isDefault: true, charWidth: 0 };
}

/** None where a chart is hidden. @param {HTMLElement} chart @returns {TextMetrics | null} */
function measure(chart) {
  const sample = createElement("span", {}, SAMPLE);
  const place = createElement("div", { className: "labels" }, createElement("p", {}, sample));
  chart.append(place);
  const { width, height } = sample.getBoundingClientRect();
  const usual = createElement("canvas", {}).getContext("2d");
  if (!usual || !height) {
    place.remove();
    return null;
  }
  usual.font = `${BASE_SIZE}px ${getComputedStyle(sample).fontFamily}`;
  place.remove();
  const text = usual.measureText(SAMPLE);
  const scale = height / (Math.round(text.fontBoundingBoxAscent) + Math.round(text.fontBoundingBoxDescent));
  const longer = width / text.width;
  return { scale: scale > TOLERANCE ? scale : 1, isDefault: scale <= TOLERANCE && longer <= TOLERANCE, charWidth: width / SAMPLE.length };
}

/**
 * Readers change their letters while they read, too: with a style of their own, or with the browser's settings.
 * @param {HTMLElement} root that holds charts @param {() => void} changed @param {AbortSignal} signal ends it
 */
export function onTextSizeChange(root, changed, signal) {
  const place = createElement("div", { className: "labels unseen" }, createElement("p", {}, SAMPLE));
  place.setAttribute("aria-hidden", "true");
  root.append(place);
  let size = "";
  const observer = new ResizeObserver(([{ contentRect: { width, height } }]) => {
    if (!width) return; // on paper
    const before = size;
    size = `${width} ${height}`;
    if (before === size) return;
    cached = null;
    if (before) changed();
  });
  observer.observe(/** @type {Element} */ (place.firstChild));
  signal.addEventListener("abort", () => {
    observer.disconnect();
    place.remove();
  });
}

/**
 * A chart for larger letters: higher by as much, with more room for what stands beside its plot.
 * @param {Drawn} figure @param {number} scale @param {number} width of the chart
 * @returns {Drawn}
 */
export function enlarged({ data, layout, panels }, scale, width) {
  const rows = panels.length > 0;
  const by = (/** @type {any} */ number) => (typeof number === "number" ? number * scale : number);
  /** @type {Layout} */
  const out = { ...withFonts(layout, by), height: by(layout.height), margin: marginsFor(layout.margin, rows, scale, width) };
  out.annotations = out.annotations?.map((words) => ({ ...words, yshift: by(words.yshift) }));
  if (rows) for (const key of Object.keys(out)) if (key.startsWith("yaxis")) out[key] = { ...out[key], range: out[key].range.map(by) };
  const traces = data.map((trace) => {
    const one = withFonts(trace, by);
    return rows ? { ...one, y: one.y.map(by), ...(one.width ? { width: by(one.width) } : {}) } : one;
  });
  const grown = panels.map((panel) => ({
    ...panel,
    head: by(panel.head),
    top: by(panel.top),
    rows: panel.rows.map((row) => ({ ...row, height: by(row.height), foot: by(row.foot) })),
  }));
  return { data: traces, layout: out, panels: grown };
}

/** @param {Layout["margin"]} margin @param {boolean} rows @param {number} scale @param {number} width */
function marginsFor(margin, rows, scale, width) {
  const l = Math.max(margin.l, Math.min(margin.l * scale, width * MAX_LABEL_SHARE));
  return rows ? { ...margin, l } : { ...margin, l, b: (margin.b ?? 0) * scale };
}

/**
 * The same with every font's size changed.
 * @template {object} T
 * @param {T} things @param {(size: unknown) => unknown} by @returns {T}
 */
function withFonts(things, by) {
  return /** @type {T} */ (Object.fromEntries(Object.entries(things).map(([key, value]) => {
    if (Array.isArray(value)) return [key, value.map((one) => (one && typeof one === "object" && !Array.isArray(one) ? withFonts(one, by) : one))];
    if (!value || typeof value !== "object") return [key, value];
    return [key, key.endsWith("font") ? { ...value, size: by(value.size) } : withFonts(value, by)];
  })));
}
