import { expect, test } from "vitest";
import { shortfallOf, spread } from "../src/row_fit.js";

/** Two panels, 400 px high: rows of 40 px whose marks are at 20 and 60 under a heading, and one row of 60 px. */
const figure = (beside = true) => /** @type {any} */ ({
  data: [
    { yaxis: "y", y: [20, 60, 64] },
    { yaxis: "y", y: [0, 80], mode: "lines" },
    { yaxis: "y2", y: [30] },
  ],
  layout: { height: 400, yaxis: { domain: [0.7, 0.9], range: [80, 0] }, yaxis2: { domain: [0.25, 0.4], range: [60, 0] } },
  panels: [
    {
      axis: "y", heading: "Heading", head: 28, top: 40, beside,
      rows: [{ title: "first", detail: "", flag: "", height: 40, foot: 10 }, { title: "second\nline", detail: "", flag: "", height: 40, foot: 10 }],
    },
    { axis: "y2", heading: "", head: 0, top: 240, beside, rows: [{ title: "other", detail: "", flag: "", height: 60, foot: 10 }] },
  ],
});

/** The chart with room for a heading and labels that are so high. @param {any} chart @param {number} heading @param {number[]} labels */
function fitted(chart, heading, [first, second, other]) {
  const heights = [{ heading, rows: [first, second] }, { heading: 0, rows: [other] }];
  return spread(chart, chart.panels.map((/** @type {any} */ panel, /** @type {number} */ i) => shortfallOf(panel, heights[i], 1)));
}

test("a chart whose labels fit stays as it is", () => {
  expect(fitted(figure(), 20, [30, 30, 50])).toEqual(figure());
});

test("beside its bar a label that takes 20 px more has half of them above the bar, and all below it moves down", () => {
  const { data, layout, panels } = fitted(figure(), 20, [50, 30, 50]);
  expect(layout.height).toBe(420);
  expect(data[0].y).toEqual([30, 80, 84]);
  expect(data[1].y, "a line through the panel ends with it").toEqual([0, 100]);
  expect(panels.map(({ rows }) => rows.map(({ height }) => height))).toEqual([[60, 40], [60]]);
  expect(layout.yaxis?.range).toEqual([100, 0]);
  expect(panels.map(({ top }) => top), "the next panel begins 20 px lower").toEqual([40, 260]);
  expect((1 - layout.yaxis2.domain[1]) * 420).toBeCloseTo(260);
});

test("over its bar a label has all that it lacks above the bar; its lines were thought of", () => {
  const { data, panels } = fitted(figure(false), 20, [23, 61, 20]);
  expect(data[0].y).toEqual([20, 80, 84]);
  expect(panels[0].rows.map(({ foot }) => foot), "the label ends at its bar").toEqual([10, 30]);
});

test("a heading of two lines moves its panel down, and stays where it is", () => {
  const { data, layout, panels } = fitted(figure(), 48, [20, 20, 20]);
  expect(panels[0]).toMatchObject({ head: 48, top: 60 });
  expect((1 - (layout.yaxis?.domain[1] ?? 0)) * 420).toBeCloseTo(60);
  expect(data[0].y).toEqual([20, 60, 64]);
});
