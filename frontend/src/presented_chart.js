// A chart in presenting mode: as large as the screen allows, and split between its rows into parts when it is taller. A part
// that does not include the axis of its rows gets a copy of that axis at its foot. Positions are pixels of the chart before it
// is enlarged.

import { controllerOf } from "./controllers.js";
import { createElement, part } from "./dom.js";
import { draw } from "./draw.js";
import { findLast } from "./find_last.js";
import { evenCuts } from "./pagination.js";
import { edgesOf } from "./rows.js";

/** @typedef {import("./pagination.js").Cut} Cut */
/** @typedef {import("./rows.js").Panel} Panel */
/** @typedef {import("./view.js").ViewController} ViewController */
/** @typedef {{ width: number, height: number, zoom: number }} ScreenSize  A screen, in pixels of the chart. */
/** @typedef {{ top: number, bottom: number }} Span */

/**
 * How a chart is laid out. One without rows consists of stacked parts of equal height.
 * @typedef {{ height: number, panels: Panel[], parts: number }} ChartLayout
 */

/**
 * How a chart is split into screens: its parts, and where its rows and axes are.
 * @typedef {object} Screens
 * @property {Cut[]} cuts
 * @property {number[]} rows
 * @property {Span[]} axes
 */

const MIN_SCALE = 24 / 14; // makes the 14 px font of charts 24 px on the smallest projector
const TICKS = 2; // pixels above an axis that its copy includes

/** @type {WeakMap<ViewController, Screens>} */
const laid = new WeakMap();

const LONGEST_CHAIN = 1000; // characters that fit on a screen; a longer chain is not presented

/** Whether the view has a chain to be presented on a screen before its chart. @param {HTMLElement} section */
function hasChain(section) {
  const { length } = part(section, "chain").textContent.trim();
  return length > 0 && length <= LONGEST_CHAIN;
}

/**
 * Lays a view's chart out for the screen; returns how many parts it takes.
 * @param {HTMLElement} section @param {number} scale
 */
export async function layOutForScreen(section, scale) {
  const view = controllerOf(section);
  const figure = section.querySelector("figure");
  if (!view || !figure) return 1;
  if (!figure.clientHeight) return Number(section.dataset.parts ?? 1); // hidden while settings take its place
  section.classList.remove("chained");
  const zoom = MIN_SCALE * scale;
  const screenSize = { width: figure.clientWidth / zoom, height: figure.clientHeight / zoom, zoom };
  view.screenSize = screenSize;
  await draw(view);
  const screens = screenParts(view.chartLayout, screenSize.height);
  laid.set(view, screens);
  const charted = hasChain(section) && !view.payload?.figure.data.length ? 0 : screens.cuts.length;
  const parts = charted + (hasChain(section) ? 1 : 0);
  section.dataset.parts = String(parts);
  return parts;
}

/**
 * Splits a chart between its rows; a heading stays with its first row. The axis of a panel extends to the next panel.
 * @param {ChartLayout} laid @param {number} height of a screen @returns {Screens}
 */
export function screenParts({ height: whole, panels, parts }, height) {
  if (!panels.length) {
    const tops = Array.from({ length: parts }, (_, i) => (i * whole) / parts);
    return { axes: [], rows: tops, cuts: evenCuts(height, 0, whole, tops) };
  }
  const begins = panels.map(({ top, head }) => top - head);
  const edges = panels.map(({ top, rows }) => edgesOf(rows).map((edge) => top + edge));
  const axes = edges.map((own, i) => ({ top: own[own.length - 1] - TICKS, bottom: begins[i + 1] ?? whole }));
  const foot = Math.max(0, ...axes.map(({ top, bottom }) => bottom - top));
  const rows = edges.flatMap((own) => own.slice(0, -1));
  const starts = edges.flatMap((own, i) => [begins[i], ...own.slice(1, -1)]);
  return { axes, rows, cuts: evenCuts(height, foot, whole, starts) };
}

/** @param {HTMLElement} section @param {number} at */
export function showPart(section, at) {
  const view = controllerOf(section);
  const screens = view && laid.get(view);
  if (!screens || !view.screenSize) return;
  const { cuts, rows, axes } = screens;
  section.classList.toggle("chained", hasChain(section) && at === 0);
  const cut = cuts[Math.max(0, at - (hasChain(section) ? 1 : 0))];
  const chart = part(section, "chart");
  clipTo(chart, cut, -cut[0]);
  section.querySelector(".axis-copy")?.remove();
  const lastRow = findLast(rows, (row) => row < cut[1] - 1) ?? 0;
  const axis = axes.find(({ top }) => top > lastRow);
  if (!axis || axis.bottom <= cut[1] + 1 || cuts.length < 2) return; // this part includes its axis already
  const copy = createElement("div", { className: "axis-copy" });
  copy.setAttribute("aria-hidden", "true");
  copy.style.zoom = String(view.screenSize.zoom);
  if (chart.firstElementChild) copy.append(chart.firstElementChild.cloneNode(true));
  clipTo(copy, [axis.top, axis.bottom], cut[1] - cut[0] - axis.top);
  chart.after(copy);
}

/** @param {HTMLElement} element @param {Cut} cut @param {number} shift */
function clipTo(element, [from, end], shift) {
  element.style.marginTop = `${shift}px`;
  element.style.clipPath = `inset(${from}px 0 calc(100% - ${end}px) 0)`;
}

/** Undoes the layout for the screen. @param {HTMLElement} section */
export function restoreView(section) {
  const view = controllerOf(section);
  if (!view?.screenSize) return;
  view.screenSize = null;
  laid.delete(view);
  delete section.dataset.parts;
  section.classList.remove("chained", "setting");
  section.querySelector(".axis-copy")?.remove();
  part(section, "chart").removeAttribute("style");
  draw(view);
}
