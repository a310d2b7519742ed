import { expect, test } from "vitest";
import { hasRows, rowsAbove, topOf } from "../src/rows.js";

/** Two panels of a chart that is 1,000 px high: the upper one has the rows at 10, 110, … and the lower one those at 20, … */
const figure = () => /** @type {any} */ ({
  data: [
    { mode: "markers", xaxis: "x", yaxis: "y", y: [10, 110, 210], x: [1, 2, 3], ids: ["a", "b", "c"], marker: { size: 7, symbol: ["s", "t", "u"] } },
    { mode: "lines", xaxis: "x", yaxis: "y", y: [0, 300], x: [0, 0] },
    { mode: "markers", xaxis: "x2", yaxis: "y2", y: [20], x: [1] },
  ],
  layout: {
    height: 1000,
    margin: { l: 0 },
    xaxis: {}, xaxis2: {},
    yaxis: { domain: [0.6, 1], range: [400, 0] },
    yaxis2: { domain: [0, 0.4], range: [400, 0] },
    annotations: [
      { text: "first", y: 10, yref: "y" }, { text: "last", y: 210, yref: "y" }, { text: "below", y: 20, yref: "y2" },
      { text: "Heading", y: 1, yref: "paper" },
    ],
  },
});

test("a chart has rows where its axis counts pixels downwards", () => {
  expect(hasRows(figure().layout)).toBe(true);
  expect(hasRows({ ...figure().layout, yaxis: { domain: [0, 1], range: [0, 5] } })).toBe(false);
});

test("a panel begins where its axis ends", () => {
  expect(topOf("y", figure().layout)).toBeCloseTo(0);
  expect(topOf("y2", figure().layout)).toBeCloseTo(600);
});

test("above a depth stand the rows down to it, with all that is said of them, and lines as a whole", () => {
  const { data, layout } = rowsAbove(150, figure());
  expect(data).toHaveLength(2);
  expect(data[0]).toMatchObject({ y: [10, 110], x: [1, 2], ids: ["a", "b"], marker: { size: 7, symbol: ["s", "t"] } });
  expect(data[1]).toMatchObject({ y: [0, 300] });
  expect(layout.annotations?.map(({ text }) => text)).toEqual(["first", "Heading"]);
});

test("a panel that begins below the depth is left out", () => {
  expect(Object.keys(rowsAbove(150, figure()).layout)).not.toContain("yaxis2");
  expect(Object.keys(rowsAbove(700, figure()).layout)).toContain("yaxis2");
});

test("without a depth the figure stays as it is", () => {
  const whole = figure();
  expect(rowsAbove(Infinity, whole)).toEqual(whole);
});
