// The chart of a view: a Plotly figure, fitted to the width there is, and the order in which charts are drawn.

import { holdPlace } from "./place.js";
import { depthOf, hasRows, rowsAbove, topOf } from "./rows.js";

const PAPER = 660; // the width of a chart on A4 or Letter
const NARROW = 600; // the width of a view, as in page.css
const REST = 400; // milliseconds without a touch before charts that nobody came near are drawn
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const CONFIG = { displayModeBar: false, displaylogo: false, showSendToCloud: false, responsive: false, scrollZoom: false };

export const part = (section, role) => section.querySelector(`[data-role="${role}"]`);

// Plotly is one static file of the page. Where there is none (a notebook), the charts stay out and the tables remain.
let plotly = Promise.resolve(null);
export function usePlotly(promise) { plotly = promise; }

function recolour(figure, map) {
  if (!dark.matches) return figure;
  const text = JSON.stringify(figure).replace(/#[0-9a-f]{6}/g, (hex) => map[hex] || hex);
  return JSON.parse(text);
}

function fitted(figure, width) {
  if (width >= NARROW) return { data: figure.data, layout: { ...figure.layout } };
  const layout = { ...figure.layout };
  for (const [key, value] of Object.entries(figure.narrow)) {
    if (key === "annotations") layout.annotations = layout.annotations.map((a, i) => ({ ...a, ...value[i] }));
    else layout[key] = value;
  }
  return { data: figure.data.map((trace, i) => ({ ...trace, ...figure.narrow_data[i] })), layout };
}

// What is folded away (see view.html.j2) becomes a part of the page.
export function unpack(section) {
  for (const packed of section.querySelectorAll("[data-role] > noscript")) packed.parentElement.innerHTML = packed.textContent;
}

// Letters that are smaller on the page than the others are as large as they on a projector.
const LEAST = 14;
function readable(data) {
  return data.map((trace) => (trace.textfont?.size < LEAST ? { ...trace, textfont: { ...trace.textfont, size: LEAST } } : trace));
}

// Labels of rows and headings of panels (views/charts.py) are HTML above the plot: as annotations they would take Plotly
// longer than all the rest of a chart. They stand where Plotly would put them; their text is markup either way.
const isLabel = ({ xref }) => !xref;
function drawLabels(chart, layout) {
  const labels = (layout.annotations ?? []).filter(isLabel);
  let place = chart.querySelector(".labels");
  if (!labels.length) return place?.remove();
  if (!place) {
    place = document.createElement("div");
    place.className = "labels";
    chart.append(place);
  }
  place.innerHTML = labels.map((label) => placed(label, layout)).join("");
}

const ABOVE = { top: 0, middle: -50, bottom: -100 }; // how far up a label is moved, in % of its height
function placed({ text, y, yref, xshift, yanchor = "middle", yshift = 0, bgcolor = "" }, { height, margin, ...layout }) {
  const heads = yref === "paper";
  const top = heads ? (1 - y) * height : topOf(yref, { height, ...layout }) + y - yshift;
  const place = `left:${margin.l + xshift}px;top:${top.toFixed(1)}px;translate:0 ${ABOVE[yanchor]}%`;
  return `<p class="${heads ? "heading" : ""}" style="${place};background:${bgcolor}">${text}</p>`;
}

// A long chart is drawn as far as the reader is near, unless the whole of it is wanted; its other rows follow.
export async function draw(section, { whole = false, paper = false } = {}) {
  const token = (section.drawing = (section.drawing || 0) + 1);
  if (section.matches(".reference")) section.complete(); // its open table is read before its chart
  const [Plotly] = await Promise.all([plotly, section.arrive?.()]);
  if (!Plotly) section.complete();
  if (!Plotly || token !== section.drawing) return;
  const chart = part(section, "chart");
  const { figure } = section.payload;
  chart.style.setProperty("--wide", `${figure.layout.height}px`);
  chart.style.setProperty("--narrow", `${figure.narrow.height}px`);
  let depth = Infinity;
  if (figure.data.length === 0) {
    Plotly.purge(chart);
    drawLabels(chart, figure.layout);
  } else {
    const width = section.room?.width ?? (paper && chart.clientWidth ? PAPER : chart.clientWidth);
    if (!width) return drawWhenSeen(section);
    const fit = fitted(recolour(figure, section.darkMap), width);
    if (!whole && !section.room) depth = depthOf(chart, fit.layout);
    await drawFigure(Plotly, section, width, rowsAbove(depth, fit));
  }
  if (token !== section.drawing) return;
  chart.querySelector(".to-come")?.remove();
  if (depth < Infinity) drawOn(section, depth, token);
  else section.complete();
  section.dataset.ready = "true";
}

// With `section.room` (the presenting mode) a chart is laid out for that width and height instead of the page's.
async function drawFigure(Plotly, section, width, { data, layout }) {
  const chart = part(section, "chart");
  const { room } = section;
  if (room && !hasRows(layout)) layout.height = room.height;
  // Bars that count repeats rise (page.css), for readers who like motion.
  chart.classList.remove("rise");
  chart.style.zoom = 1; // Plotly measures what it draws
  const shown = { ...layout, width, annotations: layout.annotations?.filter((words) => !isLabel(words)) };
  await Plotly.react(chart, room ? readable(data) : data, shown, room ? { ...CONFIG, staticPlot: true } : CONFIG);
  drawLabels(chart, layout);
  chart.style.zoom = room?.zoom ?? 1;
  holdPlace(chart);
  if (layout.meta?.rises) chart.classList.add("rise");
}

// The rows below a depth are drawn in a pause, or when the reader comes near them.
async function drawOn(section, depth, token) {
  const below = document.createElement("div");
  below.className = "to-come";
  below.style.top = `${depth}px`;
  part(section, "chart").append(below);
  seen.observe(below);
  await quiet();
  if (token === section.drawing) await draw(section, { whole: true });
}

const later = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
const idle = () => (window.requestIdleCallback ? new Promise((resolve) => { requestIdleCallback(resolve); }) : later(50));

// Once what was changed is on the screen.
export const onScreen = () => new Promise((resolve) => { requestAnimationFrame(() => { setTimeout(resolve); }); });

// Nothing is touched, and the browser has nothing else to do.
export const quiet = async () => {
  while (performance.now() - touched < REST) await later(REST);
  await idle();
};

const waiting = new Set();
let isNew = true; // nothing of the page is drawn yet
const hidden = new Set();
let drawing = null;
let touched = 0;
for (const kind of ["input", "keydown", "pointerdown"])
  document.addEventListener(kind, () => { touched = performance.now(); }, { capture: true, passive: true });

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    if (target.matches(".to-come")) target.isConnected && draw(target.closest("section"), { whole: true });
    else if (waiting.delete(target) || hidden.delete(target)) draw(target);
  }
}, { rootMargin: "50% 0px" });

// A chart that is put away (the presenting mode shows one) has no width yet.
function drawWhenSeen(section) {
  hidden.add(section);
  seen.observe(section);
}

// Charts that the reader sees or comes near are drawn at once, the others one by one while nothing is touched, so that
// a click never waits for more than one of them.
export function drawSoon(sections) {
  for (const section of sections) {
    section.dataset.ready = "false";
    waiting.add(section);
    if (drawing || section.matches(".reference")) seen.observe(section); // others are still being drawn
  }
  drawing ??= later(0).then(drawAll).finally(() => { drawing = null; });
}

// Once every chart of the page stands.
export const allDrawn = async () => drawing;

async function drawAll() {
  touched = performance.now();
  for (const section of atFirst()) if (waiting.delete(section)) await draw(section);
  isNew = false;
  touched = performance.now();
  for (const section of waiting) seen.observe(section);
  await quiet();
  for (const section of waiting) section.arrive?.();
  for (const section of waiting) {
    await quiet();
    document.documentElement.classList.remove("starting"); // see page.css
    if (waiting.delete(section)) await draw(section, { whole: true });
  }
}

// Asking where things are makes the browser lay out the whole page; for a page that was just opened it is known.
function atFirst() {
  const all = [...waiting];
  if (isNew && !location.hash && performance.getEntriesByType("navigation")[0]?.type === "navigate") return all.slice(0, 2);
  return all.filter((section) => Math.abs(part(section, "chart").getBoundingClientRect().top) < window.innerHeight);
}

// When the colours of the screen change, or the paper's width is wanted, what is drawn is drawn again.
export function redrawOnChange(root) {
  const drawn = () => [...root.querySelectorAll("section[data-view]")].filter((section) => section.drawing);
  const redraw = () => drawSoon(drawn());
  let pause = 0;
  let width = window.innerWidth;
  const resized = () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(pause);
    pause = setTimeout(redraw, 120);
  };
  let opened = [];
  const unfold = () => {
    opened = [...root.querySelectorAll(".more details:not([open])")];
    for (const details of opened) details.open = true;
    for (const section of root.querySelectorAll("section[data-view]")) {
      section.complete();
      if (section.payload) draw(section, { whole: true, paper: true });
    }
  };
  const fold = () => {
    for (const details of opened) details.open = false;
    redraw();
  };
  const listeners = [[window, "resize", resized], [dark, "change", redraw], [window, "beforeprint", unfold], [window, "afterprint", fold]];
  for (const [target, kind, listener] of listeners) target.addEventListener(kind, listener);
  return () => { for (const [target, kind, listener] of listeners) target.removeEventListener(kind, listener); };
}
