// The names of a chart's columns stand above its rows, too, and stay in view while the reader scrolls past them. The axis below
// the rows has them as well: for paper, pictures and the projector.

import { createElement, part } from "./dom.js";
import { edgesOf } from "./rows.js";

/** @typedef {import("./rows.js").Drawn} Drawn */
/** @typedef {import("./types.js").Figure} Figure */
/** @typedef {import("./types.js").SentPanel} SentPanel */
/** @typedef {{ name: string[], left: number, room: number }} Place  The lines of a name, its middle, and its width at most, in pixels. */

/**
 * Where names stand. Each has the room up to halfway to the next one.
 * @param {number[]} at places on the axis @param {string[][]} names @param {[number, number]} range of the axis
 * @param {number} left where the plot begins @param {number} plot its width, in pixels
 * @returns {Place[]}
 */
export function columnPlaces(at, names, [low, high], left, plot) {
  const middles = at.map((place) => left + ((place - low) / (high - low)) * plot);
  const gaps = middles.slice(1).map((middle, i) => middle - middles[i]);
  const room = Math.min(plot, ...gaps);
  return names.map((name, i) => ({ name, left: middles[i], room }));
}

/**
 * The panels from the first one on that have its columns; panels below may have others.
 * @template {Pick<SentPanel, "columns">} T
 * @param {T[]} panels
 */
export function alike(panels) {
  const first = JSON.stringify(panels[0]?.columns);
  const other = panels.findIndex(({ columns }) => JSON.stringify(columns) !== first);
  return first === undefined ? [] : panels.slice(0, other < 0 ? undefined : other);
}

/** Whether names stand in each other's way, as in a large font. @param {HTMLElement[]} texts */
function collide(texts) {
  const boxes = texts.map((text) => text.getBoundingClientRect());
  return boxes.some(({ left }, i) => i > 0 && left < boxes[i - 1].right);
}

/**
 * Writes the names of a chart's columns above it, or none.
 * @param {HTMLElement} section @param {Figure} figure as it was sent @param {Drawn} drawn @param {boolean} isWide @param {number} width
 * @param {number} right the margin right of the plot
 */
export function drawColumns(section, figure, { layout, panels }, isWide, width, right) {
  const place = part(section, "columns");
  const sent = alike(figure.panels);
  const columns = sent[0]?.columns;
  if (!columns || !panels.length) {
    place.replaceChildren();
    place.removeAttribute("style");
    return;
  }
  const { l } = layout.margin;
  const names = columnPlaces(columns.at, columns[isWide ? "wide" : "narrow"], layout.xaxis.range, l, width - l - right);
  const texts = names.map(({ name, left }) => {
    const text = createElement("span", {}, ...name.flatMap((line, i) => (i ? [createElement("br", {}), line] : [line])));
    text.style.left = `${left.toFixed(1)}px`;
    return text;
  });
  const last = panels[Math.min(sent.length, panels.length) - 1];
  const end = last.top + edgesOf(last.rows)[last.rows.length];
  const head = createElement("div", {}, ...texts);
  place.replaceChildren(createElement("div", { className: "along" }, head));
  if (collide(texts)) for (const [i, text] of texts.entries()) Object.assign(text.style, { whiteSpace: "normal", maxWidth: `${names[i].room.toFixed(1)}px` });
  const height = Math.max(...texts.map(({ offsetHeight }) => offsetHeight));
  head.style.height = `${height}px`;
  head.style.top = `${document.querySelector("nav")?.offsetHeight ?? 0}px`;
  place.style.cssText = `height:${height}px;--end:${(height + end).toFixed(0)}px`;
}
