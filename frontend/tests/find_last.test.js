import { expect, test } from "vitest";
import { findLast } from "../src/find_last.js";

test("the last of a list, or the last for which something holds", () => {
  expect([findLast([1, 2, 3]), findLast([1, 2, 3], (n) => n < 3), findLast([1], (n) => n > 1), findLast([])]).toEqual([3, 2, undefined, undefined]);
});
