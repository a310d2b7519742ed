// A chart on a screen of the presenting mode: as large as the screen allows, and cut between its rows into parts when it is
// taller. A part without the axis that its rows are read from gets a copy of that axis at its foot. Positions are pixels of
// the chart itself, before it is enlarged.

import { controllerOf } from "./controllers.js";
import { all, made, part } from "./dom.js";
import { draw } from "./draw.js";
import { last } from "./lists.js";
import { evenCuts } from "./pagination.js";

/** @typedef {import("./pagination.js").Cut} Cut */
/** @typedef {import("./view.js").ViewController} ViewController */
/** @typedef {{ width: number, height: number, zoom: number }} Room  A screen, in pixels of the chart. */
/** @typedef {{ top: number, bottom: number }} Span */

/**
 * How a view is shown on screens: its parts, the rows and axes of its chart.
 * @typedef {object} Screens
 * @property {Cut[]} cuts
 * @property {number[]} rows
 * @property {Span[]} axes
 */

const LETTERS = 24 / 14; // what charts are enlarged by at least: their letters are 14 px
const BLANK = 9; // pixels at the foot of a chart that hold nothing, if no axis is there

/** @type {WeakMap<ViewController, Screens>} */
const laid = new WeakMap();

const LONGEST_CHAIN = 1000; // characters that a screen has room for; a longer one stays on the page

/** The chain of a view comes before its chart. @param {HTMLElement} section */
function hasChain(section) {
  const { length } = part(section, "chain").textContent.trim();
  return length > 0 && length <= LONGEST_CHAIN;
}

/**
 * Lays a view's chart out for the screen; how many parts it takes.
 * @param {HTMLElement} section @param {number} larger
 */
export async function lay(section, larger) {
  const view = controllerOf(section);
  const figure = section.querySelector("figure");
  if (!view || !figure) return 1;
  section.classList.remove("chained");
  const zoom = LETTERS * larger;
  const room = { width: figure.clientWidth / zoom, height: figure.clientHeight / zoom, zoom };
  view.room = room;
  await draw(view);
  const screens = screensOf(rulerOf(part(section, "chart"), zoom), room.height);
  laid.set(view, screens);
  const parts = screens.cuts.length + (hasChain(section) ? 1 : 0);
  section.dataset.parts = String(parts);
  return parts;
}

/**
 * Measures things of the chart from its upper edge.
 * @param {HTMLElement} chart @param {number} zoom
 */
function rulerOf(chart, zoom) {
  const { top, height } = chart.getBoundingClientRect();
  const spans = (/** @type {string} */ selector) => all(chart, selector).map((found) => {
    const box = found.getBoundingClientRect();
    return { found, top: (box.top - top) / zoom, bottom: (box.bottom - top) / zoom };
  });
  return { height: height / zoom, spans };
}

/** @typedef {ReturnType<typeof rulerOf>} Ruler */

/**
 * The axes at the feet of the panels: what their numbers and titles take up, from the first panel to the last.
 * @param {Ruler} ruler
 */
function axesOf({ spans }) {
  /** @type {Span[]} */
  const axes = [];
  const words = spans("[class^=x][class*=tick], [class^=x][class*=title]").filter(({ top, bottom }) => bottom > top);
  for (const { top, bottom } of words.sort((a, b) => a.top - b.top)) {
    const before = last(axes);
    if (before && top < before.bottom + 10) before.bottom = Math.max(before.bottom, bottom);
    else axes.push({ top, bottom });
  }
  return axes.map(({ top, bottom }) => ({ top: top - 2, bottom: bottom + 2 }));
}

/**
 * Cuts above the labels of rows.
 * @param {Ruler} ruler @param {number} height of a screen @returns {Screens}
 */
function screensOf(ruler, height) {
  const axes = axesOf(ruler);
  const whole = Math.max(0, ruler.height - BLANK, last(axes)?.bottom ?? 0);
  const foot = Math.max(0, ...axes.map(({ top, bottom }) => bottom - top));
  const labels = ruler.spans(".labels > p, .annotation")
    .map(({ top, found }) => ({ top: top - 2, heads: found.matches(".heading") }))
    .sort((a, b) => a.top - b.top);
  const rows = labels.filter(({ heads }) => !heads).map(({ top }) => top);
  const starts = labels.filter((_, i) => !labels[i - 1]?.heads).map(({ top }) => top); // a heading stays with its first row
  return { axes, rows, cuts: evenCuts(height, foot, whole, starts) };
}

/** @param {HTMLElement} section @param {number} at */
export function showPart(section, at) {
  const view = controllerOf(section);
  const screens = view && laid.get(view);
  if (!screens || !view.room) return;
  const { cuts, rows, axes } = screens;
  section.classList.toggle("chained", hasChain(section) && at === 0);
  const cut = cuts[Math.max(0, at - (hasChain(section) ? 1 : 0))];
  const chart = part(section, "chart");
  setWindow(chart, cut, -cut[0]);
  section.querySelector(".axis-copy")?.remove();
  const lastRow = last(rows, (row) => row < cut[1] - 1) ?? 0;
  const axis = axes.find(({ top }) => top > lastRow);
  if (!axis || axis.bottom <= cut[1] + 1 || cuts.length < 2) return; // its own axis is in this part already
  const copy = made("div", { className: "axis-copy" });
  copy.setAttribute("aria-hidden", "true");
  copy.style.zoom = String(view.room.zoom);
  if (chart.firstElementChild) copy.append(chart.firstElementChild.cloneNode(true));
  setWindow(copy, [axis.top, axis.bottom], cut[1] - cut[0] - axis.top);
  chart.after(copy);
}

/** @param {HTMLElement} element @param {Cut} cut @param {number} shift */
function setWindow(element, [from, end], shift) {
  element.style.marginTop = `${shift}px`;
  element.style.clipPath = `inset(${from}px 0 calc(100% - ${end}px) 0)`;
}

/** The view as it stands in the page. @param {HTMLElement} section */
export function putBack(section) {
  const view = controllerOf(section);
  if (!view?.room) return;
  view.room = null;
  laid.delete(view);
  delete section.dataset.parts;
  section.classList.remove("chained", "setting");
  section.querySelector(".axis-copy")?.remove();
  part(section, "chart").removeAttribute("style");
  draw(view);
}
