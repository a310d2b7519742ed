import { expect, test } from "vitest";
import { wrapText } from "../src/text_wrap.js";

/** Every letter one wide. @param {string} text @param {number} width */
const lines = (text, width) => wrapText(text, width, (line) => line.length);

test("lines are as full as they can be and lose no word", () => {
  expect(lines("  one two  three\nfour ", 9)).toEqual(["one two", "three", "four"]);
  expect(lines("one two", 7)).toEqual(["one two"]);
  expect(lines("", 7)).toEqual([]);
});

test("a word that is too wide, as an address, is cut", () => {
  expect(lines("at https://a.example/b now", 8)).toEqual(["at", "https://", "a.exampl", "e/b now"]);
});
