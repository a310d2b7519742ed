// A view as a self-contained image: question, sentence, key, chart and sources. It is the same on every screen, in the light
// theme.

import { isDark } from "./dark_mode.js";
import { part, queryAll } from "./dom.js";
import { headingMarkup, labelMarkup } from "./labels.js";
import { panelsOf } from "./rows.js";
import { svgElement, svgText } from "./svg.js";
import { wrapText } from "./text_wrap.js";

/** @typedef {import("./view.js").ViewController} ViewController */
/** @typedef {import("./types.js").Figure} Figure */
/** @typedef {import("./svg.js").Type} Type */

const CHART = 850; // pixels
const MARGIN = 24;
const WIDTH = CHART + 2 * MARGIN;
const SWATCH = 14;
const PIXEL_RATIO = 2; // of a PNG
const MAX_PIXELS = 16e6; // that every browser's canvas supports
const MAX_SOURCES = 3; // that are named on the image

/**
 * The page's CSS custom properties (colours and fonts) by name, colours as in the light theme.
 * @param {Pick<ViewController, "section" | "darkMap">} view
 */
export function themeTokensOf({ section, darkMap }) {
  const style = getComputedStyle(section);
  const byDay = Object.fromEntries(Object.entries(darkMap).map(([day, dark]) => [dark, day]));
  const light = (/** @type {string} */ colour) => (isDark() ? byDay[colour] ?? colour : colour);
  return (/** @type {string} */ name, place = style) => light(place.getPropertyValue(`--${name}`).trim());
}

/** @typedef {ReturnType<typeof themeTokensOf>} Tokens */

/** How wide texts are. @param {Type} type */
function textMeasurer({ size, family, weight = 400 }) {
  const context = document.createElement("canvas").getContext("2d");
  if (context) context.font = `${weight} ${size}px ${family}`;
  return (/** @type {string} */ text) => context?.measureText(text).width ?? text.length * size / 2;
}

/** Collects the elements of an image from top to bottom. */
export class Sheet {
  y = MARGIN;
  /** @type {Element[]} */
  parts = [];

  /** @param {string} text @param {Type} type @param {number} [below] what is free below it */
  text(text, type, below = 10) {
    const step = Math.round(type.size * 1.35);
    for (const line of wrapText(text, CHART, textMeasurer(type))) {
      this.parts.push(svgText(line, type, MARGIN, this.y + type.size));
      this.y += step;
    }
    this.y += below;
  }

  /**
   * The key of the chart.
   * @param {HTMLElement[]} entries @param {Tokens} token @param {Type} type
   */
  key(entries, token, type) {
    const measure = textMeasurer(type);
    let x = 0;
    for (const entry of entries) {
      const text = entry.textContent?.trim() ?? "";
      const width = SWATCH + 8 + measure(text);
      if (x && x + width > CHART) {
        x = 0;
        this.y += 22;
      }
      const fill = token("c", getComputedStyle(entry));
      const place = { x: MARGIN + x, y: this.y, width: SWATCH, height: SWATCH };
      const rim = entry.matches(".band") ? 1.5 : 0;
      this.parts.push(svgElement("rect", { ...place, fill, stroke: token("axis"), "stroke-width": rim }));
      if (entry.matches(".hatched")) this.parts.push(svgElement("rect", { ...place, fill: "url(#hatched)" }));
      this.parts.push(svgText(text, type, MARGIN + x + SWATCH + 8, this.y + SWATCH - 2));
      x += width + 26;
    }
    if (entries.length) this.y += 34;
  }

  /** @param {Element} chart @param {number} height */
  chart(chart, height) {
    for (const [name, value] of Object.entries({ x: MARGIN, y: this.y, width: CHART, height })) chart.setAttribute(name, String(value));
    this.parts.push(chart);
    this.y += height + 14;
  }
}

/** @param {Tokens} token */
const hatched = (token) => svgElement("pattern", { id: "hatched", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
  svgElement("rect", { x: 4, width: 3, height: 7, fill: token("control_hatch") }));

/**
 * The sources, if they are few enough to be named on the image.
 * @param {HTMLElement} section
 */
function sourcesOf(section) {
  const named = queryAll(part(section, "sources"), "li").map((one) => (one.firstChild?.textContent ?? "").trim());
  if (named.length > MAX_SOURCES) return `Sources: ${named.length} publications and pages, each named where this picture is from.`;
  return named.length ? `Sources: ${named.join(" · ")}` : "";
}

/**
 * The labels of a chart as Plotly annotations.
 * @param {Figure} figure @param {Tokens} token
 */
function annotationsOf(figure, token) {
  const { height, margin, annotations = [] } = figure.layout;
  const coloured = (/** @type {string} */ text, /** @type {string} */ part) => `<span style="color:${token(part === "flag" ? part : "soft")}">${text}</span>`;
  const left = { x: 0, xshift: -margin.l };
  const labels = panelsOf(figure, true).flatMap(({ axis, heading, head, top, rows }) => {
    let edge = 0;
    const own = rows.map((row) => {
      edge += row.height;
      return { ...left, text: labelMarkup(row, "<br>", coloured), yref: axis, y: edge - row.height / 2 };
    });
    const headed = { ...left, text: headingMarkup(heading), yref: "paper", y: 1 - (top - head) / height, yanchor: "top" };
    return heading ? [headed, ...own] : own;
  });
  return [...annotations, ...labels];
}

/**
 * The image of a view as SVG.
 * @param {ViewController} view @param {PlotlyModule} Plotly @param {string} citation
 */
export async function viewAsSvg(view, Plotly, citation) {
  const { section } = view;
  const figure = view.payload?.figure;
  if (!figure) throw new Error("The chart has not come yet.");
  const token = themeTokensOf(view);
  const [sans, serif, ink, soft] = ["sans", "serif", "ink", "soft"].map((name) => token(name));
  const { height } = figure.layout;
  const layout = { ...figure.layout, annotations: annotationsOf(figure, token), font: { ...figure.layout.font, family: sans } };
  const drawn = await Plotly.toImage({ data: figure.data, layout }, { format: "svg", width: CHART, height, imageDataOnly: true });
  const chart = new DOMParser().parseFromString(drawn, "image/svg+xml").documentElement;

  const sheet = new Sheet();
  sheet.text(section.querySelector("h3")?.textContent ?? "", { size: 25, family: serif, colour: ink, weight: 600 });
  sheet.text(part(section, "sentence").textContent ?? "", { size: 17, family: serif, colour: ink }, 16);
  sheet.key(queryAll(part(section, "key"), ".swatch"), token, { size: 14, family: sans, colour: ink });
  const marks = part(section, "key").querySelector(".marks-key")?.textContent;
  if (marks) sheet.text(marks, { size: 14, family: sans, colour: soft }, 14);
  sheet.chart(chart, height);
  for (const line of [sourcesOf(section), citation]) sheet.text(line, { size: 12, family: sans, colour: soft }, 4);
  return sheetAsSvg(sheet, section.querySelector("h3")?.textContent ?? "", part(section, "alt").textContent ?? "", token);
}

/**
 * A sheet as SVG.
 * @param {Sheet} sheet @param {string} title @param {string} description @param {Tokens} token
 */
export function sheetAsSvg(sheet, title, description, token) {
  const size = { width: WIDTH, height: sheet.y + MARGIN - 4 };
  const svg = svgElement("svg", { ...size, viewBox: `0 0 ${size.width} ${size.height}` },
    svgElement("title", {}, title), svgElement("desc", {}, description),
    svgElement("defs", {}, hatched(token)), svgElement("rect", { ...size, fill: token("paper") }), ...sheet.parts);
  return { ...size, text: new XMLSerializer().serializeToString(svg) };
}

/**
 * An SVG as PNG.
 * @param {{ text: string, width: number, height: number }} picture @returns {Promise<Blob>}
 */
export async function svgToPng({ text, width, height }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const scale = Math.min(PIXEL_RATIO, Math.sqrt(MAX_PIXELS / (width * height)));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser could not make the picture."))), "image/png");
  });
}
