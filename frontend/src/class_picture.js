// What a class has guessed, as a picture: a dot for each guess on a number line, bars where there are too many or where hands
// were counted by range, the answer, and how far the median was off. It is hidden from screen readers: the sentence beside it
// says the same.

import { columnsOf, hasHands, inRanges, median } from "./class_guesses.js";
import { formatNumber } from "./guesses.js";
import { svgElement, svgText } from "./svg.js";

/** @typedef {import("./class_guesses.js").Round} Round */
/** @typedef {import("./class_guesses.js").Column} Column */

/**
 * @typedef {object} Look
 * @property {number} width  in pixels
 * @property {number} size  of letters, in pixels
 * @property {string} family
 * @property {Record<"ink" | "soft" | "guess" | "answer" | "paper", string>} colours
 */

/** @typedef {{ low: number, high: number, bins: [number, number][] }} Scale */

const DOT = 0.8; // of the size of letters
const DOTS_HIGH = 8; // higher stacks are bars
const LINE = 1.35; // of the size of letters
const CLEAR = 0.22; // of the width, for a label beside the number at the end of the line

/**
 * @param {Round} round @param {Scale} scale @param {Look} look
 * @returns {{ columns: Column[], areDots: boolean }}
 */
export function arranged(round, scale, { width, size }) {
  if (hasHands(round)) return { columns: inRanges(round, scale.bins), areDots: false };
  const columns = columnsOf(round.values, scale.low, scale.high, Math.floor(width / (DOT * size)) - 2);
  return { columns, areDots: columns.every(({ count }) => count <= DOTS_HIGH) };
}

/**
 * Draws one round.
 * @param {Round} round @param {Scale} scale @param {number} answer @param {Look} look
 */
export function roundPicture(round, scale, answer, look) {
  const { width, size, family, colours } = look;
  const { columns, areDots } = arranged(round, scale, look);
  const dot = DOT * size;
  const inner = width - 2 * dot;
  const share = (/** @type {number} */ value) => Math.min(1, Math.max(0, (value - scale.low) / (scale.high - scale.low)));
  const x = (/** @type {number} */ value) => dot + inner * share(value);
  const most = Math.max(1, ...columns.map(({ count }) => count));
  const top = areDots ? most * dot : DOTS_HIGH * dot + LINE * size;
  const base = top + 0.4 * size; // the number line
  const type = (/** @type {string} */ colour, weight = 400) => ({ size, family, colour, weight });
  /** A text that stays inside the picture. @param {string} text @param {number} value @param {number} line @param {string} colour */
  const label = (text, value, line, colour) => {
    const word = svgText(text, type(colour, 600), x(value), base + line * LINE * size + 0.3 * size);
    word.setAttribute("text-anchor", share(value) < 0.25 ? "start" : share(value) > 0.75 ? "end" : "middle");
    return word;
  };
  const ends = [scale.low, scale.high].map((value, i) => {
    const word = svgText(formatNumber(value), type(colours.soft), x(value), base + LINE * size);
    word.setAttribute("text-anchor", ["start", "end"][i]);
    return word;
  });
  const row = share(answer) > CLEAR && share(answer) < 1 - CLEAR ? 1 : 2; // of the answer's label: below the ends of the line, or between them
  const marks = columns.filter(({ count }) => count > 0)
    .flatMap((column) => (areDots ? dotsOf(column, x, base, dot, colours) : barOf(column, x, base, { dot, most, size, family, colours })));
  const parts = [svgElement("line", { x1: dot, x2: width - dot, y1: base, y2: base, stroke: colours.soft, "stroke-width": 2 }), ...ends, ...marks];
  parts.push(svgElement("line", { x1: x(answer), x2: x(answer), y1: 0, y2: base + (row - 1) * LINE * size + 0.3 * size, stroke: colours.answer, "stroke-width": Math.max(2, size / 8) }));
  parts.push(label(`answer ${formatNumber(answer)}`, answer, row - 0.2, colours.answer));
  const isKnown = round.values.length > 0 && !hasHands(round);
  if (isKnown) parts.push(...gapOf(median(round.values), answer, { x, y: base + (row + 0.6) * LINE * size, size, colours }), label(medianSaid(median(round.values), answer), median(round.values), row + 1.4, colours.ink));
  const height = Math.ceil(base + (row + (isKnown ? 2 : 0.4)) * LINE * size);
  const picture = svgElement("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", class: "class-picture" }, ...parts);
  return { picture, width, height };
}

/** @param {number} middle @param {number} answer */
const medianSaid = (middle, answer) => `median ${formatNumber(middle)}${middle === answer ? "" : `: off by ${formatNumber(Math.abs(answer - middle))}`}`;

/** @param {Column} column @param {(value: number) => number} x @param {number} base @param {number} dot @param {Look["colours"]} colours */
const dotsOf = ({ low, high, count }, x, base, dot, colours) =>
  Array.from({ length: count }, (_, i) => svgElement("circle", { cx: (x(low) + x(high)) / 2, cy: base - (i + 0.55) * dot - 1, r: 0.45 * dot, fill: colours.guess, stroke: colours.paper }));

/**
 * @param {Column} column @param {(value: number) => number} x @param {number} base
 * @param {{ dot: number, most: number, size: number, family: string, colours: Look["colours"] }} look
 */
function barOf({ low, high, count }, x, base, { dot, most, size, family, colours }) {
  const wide = Math.max(0.8 * dot, x(high) - x(low));
  const height = (DOTS_HIGH * dot * count) / most;
  const middle = (x(low) + x(high)) / 2;
  const number = svgText(String(count), { size, family, colour: colours.ink }, middle, base - height - 0.3 * size);
  number.setAttribute("text-anchor", "middle");
  const bar = svgElement("rect", { x: middle - wide / 2, y: base - height, width: wide, height, fill: colours.guess });
  return wide >= 1.2 * size ? [bar, number] : [bar];
}

/**
 * The median, and a line from it to the answer.
 * @param {number} middle @param {number} answer
 * @param {{ x: (value: number) => number, y: number, size: number, colours: Look["colours"] }} look
 */
const gapOf = (middle, answer, { x, y, size, colours }) => [
  svgElement("line", { x1: x(middle), x2: x(answer), y1: y, y2: y, stroke: colours.ink, "stroke-width": 3 }),
  svgElement("circle", { cx: x(middle), cy: y, r: 0.4 * size, fill: colours.paper, stroke: colours.ink, "stroke-width": 3 }),
  svgElement("rect", { x: x(answer) - 0.35 * size, y: y - 0.35 * size, width: 0.7 * size, height: 0.7 * size, fill: colours.answer }),
];
