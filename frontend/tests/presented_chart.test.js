// @vitest-environment jsdom
import { expect, test, vi } from "vitest";

vi.mock("../src/draw.js", () => ({ draw: () => {} }));
const { screenParts } = await import("../src/presented_chart.js");

const rows = (/** @type {number[]} */ heights) => heights.map((height) => ({ title: "", detail: "", flag: "", height, foot: 0 }));

/** Two panels with rows of 100 px: four under a heading of 28 px, and two. Their axes take 52 px. */
const laid = {
  height: 718,
  parts: 1,
  panels: [
    { axis: "y", heading: "One", head: 28, top: 34, beside: true, rows: rows([100, 100, 100, 100]) },
    { axis: "y2", heading: "", head: 0, top: 492, beside: true, rows: rows([100, 74]) },
  ],
};

test("a chart that fits is one part", () => {
  expect(screenParts(laid, 800).cuts).toEqual([[0, 718]]);
});

test("it is cut between rows, with room for a copy of the axis", () => {
  const { cuts, rows: tops, axes } = screenParts(laid, 400);
  expect(tops).toEqual([34, 134, 234, 334, 492, 592]);
  expect(axes).toEqual([{ top: 432, bottom: 492 }, { top: 664, bottom: 718 }]);
  expect(cuts[0][0]).toBe(0);
  expect([134, 234, 334, 492, 592]).toContain(cuts[0][1]);
});

test("grids below each other are cut between them", () => {
  expect(screenParts({ height: 570, panels: [], parts: 3 }, 400).cuts).toEqual([[0, 380], [380, 570]]);
});

test("a chart without rows is not cut where it fits", () => {
  expect(screenParts({ height: 400, panels: [], parts: 1 }, 400)).toEqual({ axes: [], rows: [0], cuts: [[0, 400]] });
});
