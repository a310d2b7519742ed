import { expect, test } from "vitest";
import {
  choicesSaid, columnsOf, countsOf, guessedSaid, inRanges, median, middleHalf, nearness, rightOfAll, roundSaid, roundsSaid, sourcesSaid, valuesOf, within,
} from "../src/class_guesses.js";

/** @type {{ low: number, high: number, bins: [number, number][] }} */
const SCALE = { low: 0, high: 100, bins: [[0, 19], [20, 39], [40, 59], [60, 79], [80, 100]] };
const phones = (/** @type {number[]} */ ...values) => ({ values, tally: [] });

test("a spread is each guess as often as it was made, from low to high", () => {
  expect(valuesOf([{ value: 40, count: 2 }, { value: 5, count: 1 }])).toEqual([5, 40, 40]);
  expect(valuesOf()).toEqual([]);
});

test("the median is the middle guess, or the middle of two", () => {
  expect(median([7])).toBe(7);
  expect(median([1, 2, 90])).toBe(2);
  expect(median([1, 2, 5, 90])).toBe(3.5);
});

test.each([
  [[1, 2, 3, 4], [1, 4]],
  [[1, 2, 3, 4, 5, 6, 7, 8], [2, 7]],
  [[1, 2, 3, 4, 5], [2, 4]],
  [[10, 10, 10, 10, 90], [10, 10]],
])("at least half of %j lies in the middle half", (values, [low, high]) => {
  expect(middleHalf(values)).toEqual([low, high]);
  expect(values.filter((value) => value >= low && value <= high).length).toBeGreaterThanOrEqual(values.length / 2);
});

test("near is a tenth of the scale, and at least one", () => {
  expect([nearness(0, 100), nearness(0, 40), nearness(1, 5)]).toEqual([10, 4, 1]);
  expect(within([47, 57, 67, 68], 57, 10)).toBe(3);
});

test("columns are as narrow as their number allows", () => {
  expect(columnsOf([0, 1, 1, 100], 0, 100, 200)).toEqual([{ low: 0, high: 0, count: 1 }, { low: 1, high: 1, count: 2 }, { low: 100, high: 100, count: 1 }]);
  expect(columnsOf([0, 1, 1, 2, 100], 0, 100, 60)).toEqual([{ low: 0, high: 1, count: 3 }, { low: 2, high: 3, count: 1 }, { low: 100, high: 100, count: 1 }]);
  expect(columnsOf([9, 11], 5, 30, 6)).toEqual([{ low: 5, high: 9, count: 1 }, { low: 10, high: 14, count: 1 }]);
});

test("phones and hands are counted together by range", () => {
  expect(inRanges({ values: [0, 19, 20, 100], tally: [1, 0, 4, 0, 0] }, SCALE.bins).map(({ count }) => count)).toEqual([3, 1, 4, 0, 1]);
});

test("a class is told its median, its middle half, the answer and how many were near", () => {
  expect(roundSaid(phones(10, 30, 40, 50, 60), SCALE, 57)).toBe(
    "The median guess was 40; the middle half said 30 to 50. It was 57, and 2 of 5 guesses on phones were within 10 of that.");
  expect(roundSaid(phones(50, 50, 50, 50), SCALE, 57)).toContain("said 50. It was");
});

test("of few guesses each is told, and of none that there is none", () => {
  expect(roundSaid(phones(), SCALE, 57)).toBe("Nobody has guessed. It was 57.");
  expect(roundSaid(phones(40), SCALE, 57)).toBe("Guessed on phones: 40. It was 57.");
  expect(roundSaid(phones(5, 40, 1200), SCALE, 57)).toBe("Guessed on phones: 5, 40 and 1,200. It was 57.");
});

test("where hands were counted too, all are told by range", () => {
  expect(roundSaid({ values: [5, 45, 58, 90], tally: [1, 2, 3, 0, 0] }, SCALE, 57)).toBe(
    "10 guesses: 4 phones, 6 hands. It was 57. 5 of 10 were 40 to 59, where it lies; 1 above and 4 below.");
  expect(roundSaid({ values: [], tally: [0, 1, 0, 0, 0] }, SCALE, 57)).toContain("1 guess: 1 hand. It was 57.");
  expect(sourcesSaid(phones(3))).toBe("1 phone");
});

test("two rounds are compared by how many were near", () => {
  expect(roundsSaid([10, 50], [50, 60, 61], SCALE, 57)).toBe("It was 57. Within 10 of that were 1 of 2 guesses on phones before talking and 3 of 3 after.");
});

test("options of a check are counted, those that nobody chose too", () => {
  expect(countsOf([{ value: 2, count: 3 }, { value: 0, count: 1 }], 4)).toEqual([1, 0, 3, 0]);
  expect(choicesSaid([[1, 0, 3, 0]], 2)).toBe("Right: 3 of 4.");
  expect(choicesSaid([[1, 0, 3, 0], [0, 0, 5, 0]], 2)).toBe("Right: 3 of 4 before talking, 5 of 5 after.");
});

test("how many have guessed is told without what they guessed", () => {
  expect(guessedSaid(23, 30)).toBe("23 of 30 have guessed");
});

test("of all who chose, those are counted who were right", () => {
  expect(rightOfAll([3, 12, 5], 1)).toEqual([12, 20]);
  expect(rightOfAll([0, 0], 1)).toEqual([0, 0]);
});
