import { expect, test } from "vitest";
import { lacking, spread } from "../src/row_room.js";

/** Two panels, 400 px high: rows of 40 px at 20 and 60 under a heading, and one row of 60 px at 30. */
const figure = () => /** @type {any} */ ({
  data: [
    { yaxis: "y", y: [20, 60, 64] },
    { yaxis: "y", y: [0, 80], mode: "lines" },
    { yaxis: "y2", y: [30] },
  ],
  layout: {
    height: 400,
    yaxis: { domain: [0.7, 0.9], range: [80, 0] },
    yaxis2: { domain: [0.25, 0.4], range: [60, 0] },
    annotations: [
      { text: "Heading", yref: "paper", y: 0.985 },
      { text: "first", yref: "y", y: 20 }, { text: "second<br>line", yref: "y", y: 60 },
      { text: "other", yref: "y2", y: 30 },
    ],
  },
});

/** @param {any} layout @param {number[]} heights */
const heightsOf = ({ annotations }, heights) => new Map(annotations.map((/** @type {any} */ words, /** @type {number} */ i) => [words, heights[i]]));

test("a chart whose labels fit stays as it is", () => {
  const { data, layout } = figure();
  expect(spread({ data, layout }, lacking(heightsOf(layout, [20, 30, 30, 50]), true, 1), true)).toEqual({ data, layout });
});

test("beside its bar a label that takes 20 px more has half of them above the bar, and all below it moves down", () => {
  const { data, layout } = figure();
  const roomy = spread({ data, layout }, lacking(heightsOf(layout, [20, 50, 30, 50]), true, 1), true);
  expect(roomy.layout.height).toBe(420);
  expect(roomy.data[0].y).toEqual([30, 80, 84]);
  expect(roomy.data[1].y, "a line through the panel ends with it").toEqual([0, 100]);
  expect(roomy.layout.annotations?.map(({ y }) => y).slice(1)).toEqual([30, 80, 30]);
  expect(roomy.layout.yaxis?.range).toEqual([100, 0]);
  expect((1 - roomy.layout.yaxis2.domain[1]) * 420, "the next panel begins 20 px lower").toBeCloseTo(260);
  expect((1 - (roomy.layout.annotations?.[0].y ?? 0)) * 420, "the heading stays").toBeCloseTo(6);
});

test("over its bar a label has all that it lacks above the bar; its lines were thought of", () => {
  const { data, layout } = figure();
  const roomy = spread({ data, layout }, lacking(heightsOf(layout, [20, 23, 61, 20]), false, 1), false);
  expect(roomy.data[0].y).toEqual([20, 80, 84]);
});

test("a heading of two lines moves its panel down", () => {
  const { data, layout } = figure();
  const roomy = spread({ data, layout }, lacking(heightsOf(layout, [48, 20, 20, 20]), true, 1), true);
  expect((1 - (roomy.layout.yaxis?.domain[1] ?? 0)) * 420).toBeCloseTo(60);
  expect(roomy.data[0].y).toEqual([20, 60, 64]);
});
