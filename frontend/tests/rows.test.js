import { expect, test } from "vitest";
import { edgesOf, panelsOf, rowsAbove } from "../src/rows.js";

/** Two panels of a chart that is 1,000 px high: rows of 100 px in the upper one, whose marks stand at 10, 110, …, and one row in the lower one. */
const figure = () => /** @type {any} */ ({
  data: [
    { mode: "markers", xaxis: "x", yaxis: "y", y: [10, 110, 210], x: [1, 2, 3], ids: ["a", "b", "c"], marker: { size: 7, symbol: ["s", "t", "u"] } },
    { mode: "lines", xaxis: "x", yaxis: "y", y: [0, 300], x: [0, 0] },
    { mode: "markers", xaxis: "x2", yaxis: "y2", y: [20], x: [1] },
  ],
  layout: { height: 1000, margin: { l: 0 }, xaxis: {}, xaxis2: {}, yaxis: {}, yaxis2: {} },
  panels: [
    { axis: "y", heading: "Heading", head: 28, top: 34, rows: [{ title: "first", height: 100 }, { title: "second", height: 100 }, { title: "last", height: 100 }] },
    { axis: "y2", heading: "", head: 0, top: 600, rows: [{ title: "below", height: 40 }] },
  ],
});

test("rows as they are sent have the height of the screen that they are for", () => {
  const sent = /** @type {any} */ ({ panels: [{ axis: "y", heading: "One", wide: 34, narrow: 36, rows: [{ title: "first", wide: 52, narrow: 74, foot: 33 }] }] });
  expect(panelsOf(sent, true)).toMatchObject([{ axis: "y", head: 28, top: 34, beside: true, rows: [{ title: "first", height: 52 }] }]);
  expect(panelsOf(sent, false)).toMatchObject([{ top: 36, beside: false, rows: [{ height: 74, foot: 33 }] }]);
});

test("rows meet where one ends and the next begins", () => {
  expect(edgesOf(figure().panels[0].rows)).toEqual([0, 100, 200, 300]);
});

test("above a depth stand the rows down to it, with all that is said of them, and lines as a whole", () => {
  const { data, panels } = rowsAbove(150, figure());
  expect(data).toHaveLength(2);
  expect(data[0]).toMatchObject({ y: [10, 110], x: [1, 2], ids: ["a", "b"], marker: { size: 7, symbol: ["s", "t"] } });
  expect(data[1]).toMatchObject({ y: [0, 300] });
  expect(panels.map(({ heading, rows }) => [heading, rows.map(({ title }) => title)])).toEqual([["Heading", ["first", "second"]]]);
});

test("a panel that begins below the depth is left out", () => {
  expect(Object.keys(rowsAbove(150, figure()).layout)).not.toContain("yaxis2");
  expect(Object.keys(rowsAbove(700, figure()).layout)).toContain("yaxis2");
});

test("without a depth the figure stays as it is", () => {
  const whole = figure();
  expect(rowsAbove(Infinity, whole)).toEqual(whole);
});
