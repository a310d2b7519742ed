import { expect, test } from "vitest";
import { last } from "../src/find_last.js";

test("the last of a list, or the last for which something holds", () => {
  expect([last([1, 2, 3]), last([1, 2, 3], (n) => n < 3), last([1], (n) => n > 1), last([])]).toEqual([3, 2, undefined, undefined]);
});
