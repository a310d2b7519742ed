import { expect, test } from "vitest";
import { formatNumber, guessSaid, handsSaid } from "../src/guesses.js";

/** @type {import("../src/guesses.js").Known} */
const known = {
  words: {
    same: "You said {answer}, and so it is.",
    more: "{answer}: {by} more than {guess}.",
    fewer: "{answer}: {by} fewer than {guess}.",
    nobody: "It is {answer}.",
    class: "It is {answer}. Of {hands}, {right} chose {bin}, {above} more, {below} less.",
  },
  hands: ["hand", "hands"],
  bins: [[0, 9], [10, 19], [20, 20]],
};

test("a guess is said to be right, too low or too high, with how far it is off", () => {
  expect(guessSaid(known, 50, 50)).toBe("You said 50, and so it is.");
  expect(guessSaid(known, 40, 50)).toBe("50: 10 more than 40.");
  expect(guessSaid(known, 1200, 50)).toBe("50: 1,150 fewer than 1,200.");
});

test("hands are counted in the range of the answer, above it and below it", () => {
  expect(handsSaid(known, [3, 4, 5], 12)).toBe("It is 12. Of 12 hands, 4 chose 10 to 19, 5 more, 3 less.");
  expect(handsSaid(known, [0, 0, 1], 20)).toBe("It is 20. Of 1 hand, 1 chose 20, 0 more, 0 less.");
});

test("where no hand went up only the answer is said", () => {
  expect(handsSaid(known, [0, 0, 0], 12)).toBe("It is 12.");
});

test("an answer below the lowest range counts as in it", () => {
  expect(handsSaid(known, [2, 1, 0], -5)).toBe("It is −5. Of 3 hands, 2 chose 0 to 9, 1 more, 0 less.");
});

test("numbers have a true minus and commas", () => {
  expect([formatNumber(-1234), formatNumber(0), formatNumber(12)]).toEqual(["−1,234", "0", "12"]);
});
