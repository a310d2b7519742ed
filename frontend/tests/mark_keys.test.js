import { expect, test } from "vitest";
import { markAfter } from "../src/mark_keys.js";

test("arrows lead to the neighbours, Home and End to the ends", () => {
  expect(["ArrowLeft", "ArrowRight", "Home", "End"].map((key) => markAfter(key, 2, 5))).toEqual([1, 3, 0, 4]);
});

test("beyond the ends, and for other keys, the focus stays", () => {
  expect([markAfter("ArrowLeft", 0, 5), markAfter("ArrowRight", 4, 5), markAfter("a", 2, 5), markAfter("ArrowDown", 2, 5)]).toEqual([undefined, undefined, undefined, undefined]);
});
