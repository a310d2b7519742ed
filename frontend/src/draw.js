// Draws the chart of a view, a Plotly figure fitted to the available width, and decides in which order charts are drawn.

import { controllerOf, controllersOf } from "./controllers.js";
import { isDark, onDarkModeChange } from "./dark_mode.js";
import { createElement, delay, isFolded, part, viewSectionsIn } from "./dom.js";
import { hideHover, keepHover } from "./hover.js";
import { drawLabels } from "./labels.js";
import { onTextSizeChange } from "./text_scale.js";
import { drawColumns } from "./columns.js";
import { noteActivity, whenIdle } from "./idle.js";
import { restoreScroll } from "./scroll_anchor.js";
import { fitChart, labelWidth, removeOverlappingText, rightMarginNeeded } from "./chart_fit.js";
import { depthOf, panelsOf, rowsAbove } from "./rows.js";

/** @typedef {import("./view.js").ViewController} ViewController */
/** @typedef {import("./types.js").Figure} Figure */
/** @typedef {import("./rows.js").Drawn} Drawn */
/** @typedef {import("./types.js").Trace} Trace */

const NARROW = 600; // the width of a view, as in page.css
const LEAST = 14; // the smallest font size on a projected chart, in pixels before it is enlarged
const CONFIG = { displayModeBar: false, displaylogo: false, showSendToCloud: false, responsive: false, scrollZoom: false };

const NO_CHART = "The chart can’t be drawn: the file that draws charts could not be loaded. Its figures stand in the table.";

// Plotly is a separate file. Where it can't be loaded (a notebook without the package's files), the tables remain.
/** @type {Promise<PlotlyModule | undefined>} */
let plotly = Promise.resolve(undefined);
/** @type {PlotlyModule | undefined} */
let plotlyIfLoaded;

/** @param {Promise<PlotlyModule | undefined>} promise */
export function usePlotly(promise) {
  plotly = promise;
  promise.then((module) => { plotlyIfLoaded = module; }, () => {});
}

/** Plotly, if it has loaded: printing can't wait for it. */
export const loadedPlotly = () => plotlyIfLoaded;

/** @param {Figure} figure @param {Record<string, string>} map @returns {Figure} */
function recolour(figure, map) {
  if (!isDark()) return figure;
  const text = JSON.stringify(figure).replace(/#[0-9a-f]{6}/g, (hex) => map[hex] || hex);
  return JSON.parse(text);
}

/** On a projector, the small marks of how trials were made are left out. @param {Figure} figure @returns {Figure} */
const withoutMarks = (figure) => ({
  ...figure,
  panels: figure.panels.map((panel) => ({ ...panel, rows: panel.rows.map((row) => ({ ...row, marks: undefined })) })),
});

/** @param {Figure} figure @param {boolean} isWide @returns {Drawn} */
function fitted(figure, isWide) {
  const panels = panelsOf(figure, isWide);
  if (isWide) return { data: figure.data, layout: { ...figure.layout }, panels };
  const layout = { ...figure.layout };
  for (const [key, value] of Object.entries(figure.narrow)) {
    if (key === "annotations") layout.annotations = layout.annotations?.map((a, i) => ({ ...a, ...value[i] }));
    else layout[key] = value;
  }
  return { data: figure.data.map((trace, i) => ({ ...trace, ...figure.narrow_data[i] })), layout, panels };
}

/**
 * Raises small fonts to the smallest size that is legible on a projector.
 * @param {Trace[]} data
 */
function readable(data) {
  return data.map((trace) => (trace.textfont && trace.textfont.size < LEAST ? { ...trace, textfont: { ...trace.textfont, size: LEAST } } : trace));
}

/**
 * Draws the chart of a view. Of a long chart, only the rows near the screen are drawn at first, unless `whole`.
 * @param {ViewController} view @param {{ whole?: boolean }} [how]
 */
export async function draw(view, { whole = false } = {}) {
  const token = (view.drawing += 1);
  if (isFolded(view.section) && !view.screenSize) {
    view.section.dataset.ready = "true"; // there is nothing to draw until it is opened
    return;
  }
  if (view.isReference) view.complete(); // its table is open, and read before the chart
  const [Plotly] = await Promise.all([plotly, view.loadDeferred()]);
  if (token !== view.drawing || !view.payload) return;
  const chart = part(view.section, "chart");
  chart.querySelector(":scope > .notice")?.remove();
  if (!Plotly) {
    view.complete();
    chart.replaceChildren(createElement("p", { className: "notice" }, NO_CHART));
    view.section.dataset.ready = "true";
    return;
  }
  const { figure } = view.payload;
  chart.style.setProperty("--wide", `${figure.layout.height}px`);
  chart.style.setProperty("--narrow", `${figure.narrow.height}px`);
  let depth = Infinity;
  if (figure.data.length === 0) {
    Plotly.purge(chart);
    drawColumns(view.section, figure, { ...figure, panels: [] }, true, 0, 0);
    view.chartLayout = { height: figure.layout.height, panels: [], parts: 1 };
    drawLabels(chart, fitted(figure, true), labelWidth(figure.layout, true, chart.clientWidth));
  } else {
    const width = view.screenSize?.width ?? chart.clientWidth;
    if (!width) return drawWhenVisible(view);
    const isWide = width >= NARROW;
    chart.style.zoom = "1"; // Plotly measures its text, and so do we
    const fit = fitChart(chart, fitted(recolour(view.screenSize ? withoutMarks(figure) : figure, view.darkMap), isWide), isWide, width);
    chart.style.setProperty(isWide ? "--wide" : "--narrow", `${fit.layout.height}px`);
    if (view.screenSize && fit.layout.meta?.stretches) fit.layout.height = view.screenSize.height;
    view.chartLayout = { height: fit.layout.height, panels: fit.panels, parts: fit.layout.meta?.parts ?? 1 };
    if (!whole && !view.screenSize) depth = depthOf(chart, fit);
    await drawFigure(Plotly, view, width, rowsAbove(depth, fit), () => token !== view.drawing);
    if (!fit.isDefault && token === view.drawing) removeOverlappingText(chart);
  }
  if (token !== view.drawing) return;
  chart.querySelector(".to-come")?.remove();
  if (depth < Infinity) drawRest(view, depth, token);
  else view.complete();
  view.section.dataset.ready = "true";
}

/**
 * In presenting mode (`view.screenSize`), a chart is laid out for the screen instead of the page.
 * @param {PlotlyModule} Plotly @param {ViewController} view @param {number} width
 * @param {Drawn} figure
 * @param {() => boolean} isStale whether a newer drawing has begun, so that this one must stop
 */
async function drawFigure(Plotly, { section, screenSize, payload }, width, figure, isStale) {
  const { data, layout } = figure;
  const chart = part(section, "chart");
  // Restarts the animation of rising bars (page.css), shown unless the reader prefers reduced motion.
  chart.classList.remove("rise");
  const shown = { ...layout, width };
  const legible = screenSize ? readable(data) : data;
  const config = screenSize ? { ...CONFIG, staticPlot: true } : CONFIG;
  await Plotly.react(chart, legible, shown, config);
  if (isStale()) return;
  const r = rightMarginNeeded(chart, layout, width);
  if (r > layout.margin.r) await Plotly.react(chart, legible, { ...shown, margin: { ...layout.margin, r } }, config);
  if (isStale()) return;
  keepHover(chart);
  drawLabels(chart, figure, labelWidth(layout, width >= NARROW, width));
  if (payload && !screenSize) drawColumns(section, payload.figure, figure, width >= NARROW, width, Math.max(r, layout.margin.r));
  chart.style.zoom = String(screenSize?.zoom ?? 1);
  restoreScroll(chart);
  if (layout.meta?.rises) chart.classList.add("rise");
}

/**
 * Draws the rows below a depth when the page is idle, or when the reader scrolls near them.
 * @param {ViewController} view @param {number} depth @param {number} token
 */
async function drawRest(view, depth, token) {
  const below = createElement("div", { className: "to-come" });
  below.style.top = `${depth}px`;
  part(view.section, "chart").append(below);
  seen.observe(below);
  await whenIdle();
  if (token === view.drawing) await draw(view, { whole: true });
}

/** @type {Set<ViewController>} */
const waiting = new Set();
/** @type {Set<ViewController>} */
const hidden = new Set();
let isNew = true; // no chart of the page has been drawn yet
/** @type {Promise<void> | null} */
let drawing = null;

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    const section = target.closest("section");
    const view = section && controllerOf(section);
    if (!view) continue;
    if (target.matches(".to-come")) draw(view, { whole: true });
    else if (waiting.delete(view) || hidden.delete(view)) draw(view);
  }
}, { rootMargin: "50% 0px" });

/**
 * A hidden chart (presenting mode shows only one) has no width yet.
 * @param {ViewController} view
 */
function drawWhenVisible(view) {
  hidden.add(view);
  seen.observe(view.section);
}

/**
 * Charts on or near the screen are drawn at once, the others one by one while the page is idle, so that a click never
 * waits for more than one of them.
 * @param {ViewController[]} views
 */
export function drawSoon(views) {
  for (const view of views) {
    view.section.dataset.ready = "false";
    waiting.add(view);
    if (drawing || view.isReference) seen.observe(view.section); // others are still being drawn
  }
  drawing ??= delay(0).then(drawAll).finally(() => { drawing = null; });
}

/** Resolves once every chart of the page is drawn. */
export const allDrawn = async () => drawing;

async function drawAll() {
  noteActivity();
  for (const view of firstViews()) if (waiting.delete(view)) await draw(view);
  isNew = false;
  noteActivity();
  for (const view of waiting) seen.observe(view.section);
  await whenIdle();
  for (const view of waiting) view.loadDeferred();
  for (const view of waiting) {
    await whenIdle();
    document.documentElement.classList.remove("starting"); // see page.css
    if (waiting.delete(view)) await draw(view, { whole: true });
  }
}

/** Whether the page was just opened at its top, not reloaded or opened at an anchor: then it has not been scrolled. */
function isJustOpened() {
  const [navigation] = performance.getEntriesByType("navigation");
  return !location.hash && navigation instanceof PerformanceNavigationTiming && navigation.type === "navigate";
}

// Measuring positions would force a layout of the whole page, so a page just opened takes the first two views.
function firstViews() {
  const all = [...waiting];
  if (isNew && isJustOpened()) return all.slice(0, 2);
  return all.filter(({ section }) => Math.abs(part(section, "chart").getBoundingClientRect().top) < window.innerHeight);
}

/**
 * Redraws charts when the theme, the window's width or the reader's font changes; Escape hides hover labels.
 * @param {HTMLElement} root @param {AbortSignal} signal ends it
 */
export function redrawOnChange(root, signal) {
  const redraw = () => drawSoon(controllersOf(viewSectionsIn(root)).filter(({ drawing: times }) => times > 0));
  let pause = 0;
  let width = window.innerWidth;
  const resized = () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(pause);
    pause = window.setTimeout(redraw, 120);
  };
  window.addEventListener("resize", resized, { signal });
  onDarkModeChange(redraw, signal);
  document.addEventListener("keydown", async ({ key }) => { if (key === "Escape") hideHover(root, await plotly); }, { signal });
  onTextSizeChange(root, redraw, signal);
}
