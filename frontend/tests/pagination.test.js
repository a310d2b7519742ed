import { expect, test } from "vitest";
import { evenCuts, greedyCuts } from "../src/pagination.js";

const ROWS = Array.from({ length: 20 }, (_, i) => 30 + 40 * i);

test("a chart that fits is one part", () => {
  expect(greedyCuts(900, 50, 850, ROWS)).toEqual([[0, 850]]);
});

test("the parts are the whole chart, one after the other, each no higher than the screen beside its axis", () => {
  const cuts = greedyCuts(300, 50, 850, ROWS);
  expect(cuts[0][0]).toBe(0);
  expect(cuts[cuts.length - 1][1]).toBe(850);
  for (const [i, [from, end]] of cuts.entries()) {
    expect(end - from).toBeLessThanOrEqual(300);
    if (i) expect(from).toBe(cuts[i - 1][1]);
    if (end < 850) expect(ROWS).toContain(end);
    if (end < 850) expect(end - from).toBeLessThanOrEqual(250);
  }
});

test("a row that is higher than the screen is cut where the screen ends", () => {
  expect(greedyCuts(100, 0, 250, [0])).toEqual([[0, 100], [100, 200], [200, 250]]);
});

test("parts are made even, but not more than they have to be", () => {
  const greedy = greedyCuts(500, 0, 850, ROWS);
  const even = evenCuts(500, 0, 850, ROWS);
  const heights = (/** @type {[number, number][]} */ cuts) => cuts.map(([from, end]) => end - from);
  expect(even).toHaveLength(greedy.length);
  expect(Math.max(...heights(even))).toBeLessThan(Math.max(...heights(greedy)));
});

test("a chart that is hidden, or has no room beside its axis, is one part", () => {
  expect(greedyCuts(0, 60, 850, ROWS)).toEqual([[0, 850]]);
  expect(evenCuts(60, 60, 850, ROWS)).toEqual([[0, 850]]);
});

test("two panels are not cut within a row to be made even", () => {
  expect(evenCuts(386, 60, 448, [0, 230])).toEqual([[0, 230], [230, 448]]);
});

test("a chart of no height is still one part", () => {
  expect(evenCuts(500, 0, 0, [])).toEqual([[0, 0]]);
});
