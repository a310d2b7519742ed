// The reveal of a question in a class session: below the answer's sentence, what the class has guessed, in one or two rounds.

import { choicesSaid, countsOf, hasHands, rightOfAll, roundSaid, roundsSaid, sourcesSaid, valuesOf } from "./class_guesses.js";
import { roundPicture } from "./class_picture.js";
import { rightOf } from "./check.js";
import { checkBefore, isChoice, isRevealed, optionsOf, questionOf } from "./class_questions.js";
import { createElement, part } from "./dom.js";
import { dataOf } from "./predict.js";

/** @typedef {import("./class_connection.js").Spread} Spread */
/** @typedef {import("./class_connection.js").Question} Question */
/** @typedef {import("./class_guesses.js").Round} Round */
/** @typedef {import("./class_picture.js").Scale} Scale */
/** @typedef {import("./class_picture.js").Look} Look */

const CAPTIONS = ["Before talking", "After talking"];
const LESSON = [["before the lesson", "after it"], ["before the lesson", "after it, before talking", "after talking"]]; // for one round, and for two
const COLOURS = { ink: "var(--ink)", soft: "var(--soft)", guess: "var(--axis)", answer: "var(--c)", paper: "var(--paper)" };

/** @param {HTMLElement} element @returns {Scale} */
export const scaleOf = (element) => ({ low: Number(element.dataset.low), high: Number(element.dataset.high), bins: dataOf(element).bins });
/** @param {HTMLElement} element */
export const answerOf = (element) => Number(part(element, "answer").dataset.value);

/**
 * The rounds that have guesses; hands are counted in the last one.
 * @param {Spread[]} spreads @param {number[]} tally @returns {Round[]}
 */
export function roundsOf(spreads, tally) {
  const all = spreads.map((spread) => ({ values: valuesOf(spread), tally: /** @type {number[]} */ ([]) }));
  while (all.length > 1 && !all[all.length - 1].values.length) all.pop();
  if (all.length) all[all.length - 1].tally = tally;
  return all;
}

/** What is said of a number's rounds. @param {Round[]} rounds @param {Scale} scale @param {number} answer */
export const numberSaid = (rounds, scale, answer) =>
  (rounds.length > 1 && !hasHands(rounds[1]) ? roundsSaid(rounds[0].values, rounds[1].values, scale, answer) : roundSaid(rounds[rounds.length - 1], scale, answer));

/** Fills each place with its picture, as large as there is room. @param {HTMLElement[]} places @param {Round[]} rounds @param {Scale} scale @param {number} answer */
function fillPictures(places, rounds, scale, answer) {
  places.forEach((place, i) => {
    const { fontSize, fontFamily } = getComputedStyle(place);
    const width = Math.floor(place.clientWidth);
    if (width <= 0) return;
    const look = { width, size: parseFloat(fontSize), family: fontFamily, colours: COLOURS };
    place.replaceChildren(roundPicture(rounds[i], scale, answer, look).picture);
  });
}

/** @param {HTMLElement} element @param {Round[]} rounds */
function numberBlock(element, rounds) {
  const [scale, answer] = [scaleOf(element), answerOf(element)];
  const places = rounds.map(() => createElement("div", { className: "place" }));
  const figures = places.map((place, i) => createElement("div", { className: "round" },
    ...(rounds.length > 1 ? [createElement("p", { className: "caption" }, `${CAPTIONS[i]}: ${sourcesSaid(rounds[i])}`)] : []), place));
  const row = createElement("div", { className: "rounds" }, ...figures);
  new ResizeObserver(() => fillPictures(places, rounds, scale, answer)).observe(row);
  return createElement("div", { className: "class-reveal" }, createElement("p", { className: "say" }, numberSaid(rounds, scale, answer)), row);
}

/**
 * The counts at the check of the same kind before the lesson, once that is revealed; the right option's first.
 * @param {HTMLElement} element @param {Record<string, Question>} questions @returns {[number, number] | null}
 */
export function earlierIn(element, questions) {
  const before = checkBefore(element);
  const guesses = before && isRevealed(before) ? questions[questionOf(before)]?.guesses : null;
  const found = before && guesses ? rightOfAll(countsOf(guesses[0], optionsOf(before).length), rightOf(before)) : null;
  return found?.[1] ? found : null;
}

/** How many were right before the lesson and after it, each with its bar. @param {[number, number][]} shares */
const change = (shares) => createElement("p", { className: "say" }, "Right at a question of this kind: ", ...shares.map(([right, all], i) => {
  const bar = createElement("span", { className: "right-of" });
  bar.style.setProperty("--share", String(right / (all || 1)));
  const of = createElement("b", {}, `${right} of ${all}${i < shares.length - 1 ? "," : "."}`);
  return createElement("span", { className: "right-at" }, `${LESSON[shares.length - 2][i]} `, of, " ", bar, " ");
}));

/**
 * Puts a bar into each option, one for each round; returns what is said below them.
 * @param {HTMLElement} element @param {number[][]} rounds  the counts of each @param {[number, number] | null} earlier
 */
function choiceBlock(element, rounds, earlier) {
  const most = Math.max(1, ...rounds.flat());
  optionsOf(element).forEach((option, i) => {
    const bars = rounds.map((counts) => {
      const bar = createElement("span", { className: "bar-of" }, String(counts[i]));
      bar.style.setProperty("--share", String(counts[i] / most));
      return bar;
    });
    option.querySelector(".class-bars")?.remove();
    option.append(createElement("span", { className: "class-bars" }, ...bars));
  });
  const right = rightOf(element);
  const said = earlier ? change([earlier, ...rounds.map((counts) => rightOfAll(counts, right))]) : createElement("p", { className: "say" }, choicesSaid(rounds, right));
  if (rounds.length > 1) said.append(" Upper bars: before talking.");
  return createElement("div", { className: "class-reveal" }, said);
}

/**
 * Shows what the class has guessed.
 * @param {HTMLElement} element a revealed question @param {Spread[]} spreads of each round
 * @param {number[]} [tally] hands for each range, counted in the room @param {[number, number] | null} [earlier] how the class did before the lesson
 */
export function drawRounds(element, spreads, tally = [], earlier = null) {
  const drawn = JSON.stringify([spreads, tally, earlier]);
  if (element.dataset.drawn === drawn) return;
  element.dataset.drawn = drawn;
  element.querySelector(".class-reveal")?.remove();
  const rounds = roundsOf(spreads, tally);
  if (!rounds.some(({ values }) => values.length)) return;
  if (isChoice(element)) part(element, "said").after(choiceBlock(element, rounds.map((_, i) => countsOf(spreads[i], optionsOf(element).length)), earlier));
  else {
    const gap = part(element, "gap");
    if (rounds.some(hasHands)) gap.replaceChildren(); // hands are counted with the phones
    gap.append(numberBlock(element, rounds));
  }
}
