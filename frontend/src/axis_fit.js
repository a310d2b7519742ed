// Fits the text of an x axis to its length when the reader's font is larger or wider than the chart was made for: the title is
// wrapped, and tick labels are turned when they would overlap.

/** @typedef {{ title: { text: string }, range?: number[], type?: string, tickvals?: number[], ticktext?: string[] }} XAxis */

const NUMBER = 7; // characters that a numeric tick label takes at most, with the gap to the next
export const LINE = 18; // pixels of a line, as in kit/row_sizes.py

/**
 * The axis with its text fitted, and how many pixels more it takes below the plot.
 * @template {XAxis} T
 * @param {T} axis @param {number} plot its length in pixels @param {{ scale: number, charWidth: number }} metrics
 * @returns {{ axis: T, more: number }}
 */
export function fitAxisText(axis, plot, { scale, charWidth }) {
  const line = LINE * scale;
  const { text } = axis.title;
  const title = wrapByLength(text.replaceAll("<br>", " "), Math.floor(plot / charWidth));
  const named = { ...axis, title: { ...axis.title, text: title.join("<br>") } };
  const more = Math.max(0, title.length - text.split("<br>").length) * line;
  const names = axis.ticktext?.map((name) => name.split("<br>")) ?? [];
  const longestOf = (/** @type {string[]} */ words) => Math.max(0, ...words.map(({ length }) => length)) * charWidth;
  if (!names.length) return { axis: { ...named, nticks: Math.max(2, Math.floor(plot / (charWidth * NUMBER))) }, more };
  if (longestOf(names.flat()) <= smallestGap(axis, plot)) return { axis: named, more };
  const ticktext = names.map((lines) => lines.join(" "));
  const lines = Math.max(...names.map(({ length }) => length));
  return { axis: { ...named, tickangle: -90, ticktext }, more: more + Math.max(0, longestOf(ticktext) - line * lines) };
}

/**
 * The pixels between the two nearest ticks. Where Plotly chooses the range, it adds about half the span of the ticks.
 * @param {XAxis} axis @param {number} plot
 */
function smallestGap({ tickvals = [], range, type }, plot) {
  const places = type === "log" ? tickvals.map(Math.log10) : tickvals;
  const gaps = places.slice(1).map((place, i) => place - places[i]);
  const span = range ? range[1] - range[0] : 2 * (places[places.length - 1] - places[0]);
  return (Math.min(...gaps) * plot) / span;
}

/** @param {string} text @param {number} most characters of a line */
export function wrapByLength(text, most) {
  const [first, ...words] = text.split(/ (?![^<]*>)/); // not at a space within a tag
  const lines = [first];
  for (const word of words) {
    const longer = `${lines[lines.length - 1]} ${word}`;
    if (longer.replace(/<[^>]*>/g, "").length > most) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
