// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { depthOf } from "../src/rows.js";

const rows = (/** @type {number} */ height) => /** @type {any} */ ({ layout: { height }, panels: [{}] });

/** A chart whose top is so far down the screen. @param {number} top */
const chartAt = (top) => /** @type {any} */ ({ getBoundingClientRect: () => ({ top }) });

beforeEach(() => { window.innerHeight = 1000; });

test("a long chart is drawn to the foot of the screen and three quarters of a screen more", () => {
  expect(depthOf(chartAt(500), rows(4000))).toBe(1250);
});

test("of a chart far below only its first rows are drawn", () => {
  expect(depthOf(chartAt(5000), rows(4000))).toBe(250);
});

test("a chart that ends soon after is drawn whole, and so is one without rows", () => {
  expect(depthOf(chartAt(500), rows(1500))).toBe(Infinity);
  expect(depthOf(chartAt(500), /** @type {any} */ ({ layout: { height: 4000 }, panels: [] }))).toBe(Infinity);
});
