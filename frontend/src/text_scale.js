// The reader's font size. A larger default size, a minimum size and wider spacing (WCAG 1.4.12) are settings that scripts can't
// query, so a sample text is measured. Charts are made for a 14 px font; for a larger one they are enlarged.

import { createElement } from "./dom.js";

/** @typedef {import("./rows.js").Drawn} Drawn */
/** @typedef {import("./types.js").Layout} Layout */
/** @typedef {{ scale: number, isDefault: boolean, charWidth: number }} TextMetrics */

const BASE_SIZE = 14; // pixels, as in kit/theme.py
const TOLERANCE = 1.06; // smaller ratios count as equal, because browsers round
const SAMPLE = "Low back pain, 6 months";
const MAX_LABEL_SHARE = 0.42; // of the width of a chart that labels beside rows may take

/** @type {TextMetrics | null} */
let cached = null; // one measurement serves all charts until the font changes

/**
 * The ratio of the font size in a chart to the one it is made for, whether font and spacing are the defaults, and the average
 * width of a character.
 * @param {HTMLElement} chart @returns {TextMetrics}
 */
export function textMetricsIn(chart) {
  cached ??= measure(chart);
  return cached ?? { scale: 1, isDefault: true, charWidth: 0 };
}

/** null if the chart is hidden. @param {HTMLElement} chart @returns {TextMetrics | null} */
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
 * Calls back when readers change the font while they read, with a user style sheet or the browser's settings.
 * @param {HTMLElement} root an ancestor of the charts @param {() => void} changed @param {AbortSignal} signal ends it
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
 * A chart enlarged for a larger font: taller by the same ratio, with wider margins.
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
 * A copy with the size of every font changed.
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
