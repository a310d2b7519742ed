// What a class has guessed, in numbers and in words: no DOM. Phones send each guess, a show of hands only its range.

import { formatNumber } from "./guesses.js";

/** @typedef {import("./class_connection.js").Spread} Spread */
/** @typedef {{ low: number, high: number, count: number }} Column  How many guesses lie from low to high. */

/**
 * The guesses of one round.
 * @typedef {object} Round
 * @property {number[]} values  of phones, from low to high
 * @property {number[]} tally  hands for each of the ranges
 */

const WIDTHS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const FEW = 4; // with fewer guesses there is no middle half to speak of
const NEAR = 10; // a guess is near the answer within this part of the scale

/** Each guess, from low to high. @param {Spread} [spread] */
export const valuesOf = (spread = []) => spread.flatMap(({ value, count }) => Array(count).fill(value)).sort((a, b) => a - b);

/** @param {number[]} sorted at least one */
export function median(sorted) {
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

/** The guesses between which the middle half lies, by the nearest rank. @param {number[]} sorted @returns {[number, number]} */
export function middleHalf(sorted) {
  const quarter = Math.ceil(sorted.length / 4);
  return [sorted[quarter - 1], sorted[sorted.length - quarter]];
}

/** How far off a guess may be and still be near. @param {number} low @param {number} high */
export const nearness = (low, high) => Math.max(1, Math.round((high - low) / NEAR));

/** @param {number[]} values @param {number} answer @param {number} by */
export const within = (values, answer, by) => values.filter((value) => Math.abs(value - answer) <= by).length;

/**
 * Guesses in columns of one width, as narrow as `most` columns allow.
 * @param {number[]} values @param {number} low @param {number} high @param {number} most @returns {Column[]}
 */
export function columnsOf(values, low, high, most) {
  const width = WIDTHS.find((one) => (high - low + 1) / one <= most) ?? high - low + 1;
  const counts = new Map();
  for (const value of values) {
    const at = low + width * Math.floor((value - low) / width);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return [...counts].map(([at, count]) => ({ low: at, high: Math.min(high, at + width - 1), count }));
}

/**
 * Guesses of phones and hands together, in the ranges of the hands.
 * @param {Round} round @param {[number, number][]} bins @returns {Column[]}
 */
export const inRanges = ({ values, tally }, bins) =>
  bins.map(([low, high], i) => ({ low, high, count: (tally[i] ?? 0) + values.filter((value) => value >= low && value <= high).length }));

/** Whether hands were counted, so that guesses are known by range alone. @param {Round} round */
export const hasHands = ({ tally }) => tally.some((hands) => hands > 0);

/** @param {number[]} values few */
function listed(values) {
  const said = values.map(formatNumber);
  return said.length === 1 ? said[0] : `${said.slice(0, -1).join(", ")} and ${said[said.length - 1]}`;
}

/** @param {number} low @param {number} high */
const span = (low, high) => (low === high ? formatNumber(low) : `${formatNumber(low)} to ${formatNumber(high)}`);

/** How many guesses came from where. @param {Round} round */
export function sourcesSaid({ values, tally }) {
  const hands = tally.reduce((sum, n) => sum + n, 0);
  const said = [[values.length, "phone"], [hands, "hand"]].filter(([n]) => n).map(([n, name]) => `${n} ${name}${n === 1 ? "" : "s"}`);
  return said.join(", ");
}

/** @param {number[]} values @param {{ low: number, high: number }} scale @param {number} answer */
function phonesSaid(values, { low, high }, answer) {
  const was = `It was ${formatNumber(answer)}`;
  if (!values.length) return `Nobody has guessed. ${was}.`;
  if (values.length < FEW) return `Guessed on phones: ${listed(values)}. ${was}.`;
  const by = nearness(low, high);
  const near = `${within(values, answer, by)} of ${values.length} guesses on phones were within ${by} of that`;
  return `The median guess was ${formatNumber(median(values))}; the middle half said ${span(...middleHalf(values))}. ${was}, and ${near}.`;
}

/** @param {Round} round @param {[number, number][]} bins @param {number} answer */
function rangesSaid(round, bins, answer) {
  const columns = inRanges(round, bins);
  const at = Math.max(0, columns.filter(({ low }) => low <= answer).length - 1);
  const sum = (/** @type {Column[]} */ some) => some.reduce((all, { count }) => all + count, 0);
  const all = sum(columns);
  const there = `${columns[at].count} of ${all} were ${span(columns[at].low, columns[at].high)}, where it lies`;
  return `${all} ${all === 1 ? "guess" : "guesses"}: ${sourcesSaid(round)}. It was ${formatNumber(answer)}. ${there}; ${sum(columns.slice(at + 1))} above and ${sum(columns.slice(0, at))} below.`;
}

/**
 * What a class guessed in one round, and the answer.
 * @param {Round} round @param {{ low: number, high: number, bins: [number, number][] }} scale @param {number} answer
 */
export const roundSaid = (round, scale, answer) =>
  hasHands(round) ? rangesSaid(round, scale.bins, answer) : phonesSaid(round.values, scale, answer);

/**
 * What talking has changed, for two rounds on phones.
 * @param {number[]} before @param {number[]} after @param {{ low: number, high: number }} scale @param {number} answer
 */
export function roundsSaid(before, after, { low, high }, answer) {
  const by = nearness(low, high);
  const near = (/** @type {number[]} */ values) => `${within(values, answer, by)} of ${values.length}`;
  return `It was ${formatNumber(answer)}. Within ${by} of that were ${near(before)} guesses on phones before talking and ${near(after)} after.`;
}

/**
 * How many chose each option of a check.
 * @param {Spread | undefined} spread @param {number} options how many there are
 */
export const countsOf = (spread = [], options) =>
  Array.from({ length: options }, (_, i) => spread.filter(({ value }) => value === i).reduce((sum, { count }) => sum + count, 0));

/** How many chose the right option, of all who chose. @param {number[]} counts @param {number} right @returns {[number, number]} */
export const rightOfAll = (counts, right) => [counts[right], counts.reduce((sum, count) => sum + count, 0)];

/**
 * How many chose the right option, in the last round and in the one before.
 * @param {number[][]} rounds the counts of each round @param {number} right
 */
export function choicesSaid(rounds, right) {
  const said = rounds.map((counts) => rightOfAll(counts, right).join(" of "));
  return said.length > 1 ? `Right: ${said[0]} before talking, ${said[1]} after.` : `Right: ${said[0]}.`;
}

/** How many of a class have guessed. @param {number} guessed @param {number} devices @param {boolean} [isChoice] */
export const guessedSaid = (guessed, devices, isChoice = false) => `${guessed} of ${devices} have ${isChoice ? "answered" : "guessed"}`;
