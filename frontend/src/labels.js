// Row labels and panel headings are HTML on top of the plot, wrapped by the browser: as annotations they would take Plotly
// longer than the rest of the chart. Only exported images have them as annotations (image_export.js).

import { createElement, queryAll } from "./dom.js";

/** @typedef {import("./rows.js").Drawn} Drawn */
/** @typedef {import("./rows.js").Panel} Panel */
/** @typedef {import("./types.js").SentRow} SentRow */

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The detail or the warning of a label, styled by the page's CSS. @param {string} text @param {string} part */
const styled = (text, part) => `<span class="label-${part}">${text}</span>`;

/**
 * The label of a row as markup, its lines joined by `end`; `soft` wraps its detail, its warning and its marks.
 * @param {Pick<SentRow, "title" | "detail" | "flag" | "marks">} row @param {string} end
 */
export function labelMarkup({ title, detail, flag, marks = [] }, end, soft = styled) {
  const lines = (/** @type {string} */ text) => escaped(text).replaceAll("\n", end);
  const below = Object.entries({ detail, flag }).filter(([, text]) => text).map(([part, text]) => soft(lines(text), part));
  const glyphs = marks.map(([glyph, said]) => `<span title="${escaped(said).replaceAll('"', "&quot;")}">${glyph}</span>`);
  if (glyphs.length) below.push(soft(glyphs.join(" "), "marks"));
  return [`<b>${lines(title)}</b>`, ...below].join("<br>");
}

/**
 * Markup in which the name of a trial is a link. Charts are hidden from screen readers, and the same names in the table lead
 * there too, so it is for a pointer alone.
 * @param {string} markup @param {SentRow["trial"]} trial
 */
export function withTrialLink(markup, trial) {
  if (!trial) return markup;
  const address = `?trial.study=${trial.study}#trial`;
  return markup.replace(escaped(trial.name), (name) => `<a class="trial" href="${address}" tabindex="-1">${name}</a>`);
}

/** @param {string} heading */
export const headingMarkup = (heading) => `<b>${escaped(heading)}</b>`;

/** @typedef {{ heading: number, rows: number[] }} Heights  How high the heading and the labels of a panel are. */

/**
 * The heights of a chart's labels at a given width, panel by panel.
 * @param {HTMLElement} chart @param {Drawn} figure @param {number} width @returns {Heights[]}
 */
export function labelHeights(chart, figure, width) {
  drawLabels(chart, figure, width);
  const heights = queryAll(chart, ".labels > p").map((label) => label.offsetHeight);
  return figure.panels.map(({ heading, rows }) => ({ heading: heading ? heights.shift() ?? 0 : 0, rows: heights.splice(0, rows.length) }));
}

/** @type {WeakMap<Element, string>} */
const drawn = new WeakMap(); // the markup of the present labels

/** @param {HTMLElement} chart @param {Drawn} figure @param {number} width of labels; the headings have the whole */
export function drawLabels(chart, { layout, panels }, width) {
  let place = chart.querySelector(".labels");
  if (!panels.length) {
    place?.remove();
    return;
  }
  if (!place) {
    place = createElement("div", { className: "labels" });
    chart.append(place);
  }
  const markup = panels.map((panel) => placed(panel, panel.beside ? 0 : layout.margin.l, width)).join("");
  if (drawn.get(place) === markup) return; // spares the browser a layout
  drawn.set(place, markup);
  place.innerHTML = markup;
}

/** @param {Panel} panel @param {number} left @param {number} width */
function placed({ heading, head, top, beside, rows }, left, width) {
  const put = (/** @type {number} */ y) => `left:${left}px;top:${y.toFixed(1)}px`;
  let edge = top;
  const labels = rows.map((row) => {
    const y = edge + (beside ? row.height / 2 : row.foot);
    edge += row.height;
    return `<p class="${beside ? "beside" : "above"}" style="${put(y)};max-width:${width}px">${withTrialLink(labelMarkup(row, " "), row.trial)}</p>`;
  });
  return [heading && `<p class="heading" style="${put(top - head)}">${headingMarkup(heading)}</p>`, ...labels].join("");
}
