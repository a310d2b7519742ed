import { expect, test } from "vitest";
import { fitAxisText, wrapByLength } from "../src/axis_fit.js";

const DEFAULT = { scale: 1, charWidth: 7 };

test("words are broken before a line is too long, and never within a tag", () => {
  expect(wrapByLength("counted as better, per 100 people", 18)).toEqual(["counted as better,", "per 100 people"]);
  expect(wrapByLength('<span style="color: red">one two</span> three', 7)).toEqual(['<span style="color: red">one two</span>', "three"]);
});

test("the name of an axis takes a line more where it has less room", () => {
  const { axis, more } = fitAxisText({ title: { text: "counted as better, per 100 people" } }, 140, { scale: 2, charWidth: 7 });
  expect(axis.title.text).toBe("counted as better,<br>per 100 people");
  expect(more).toBe(36);
});

test("names of places are turned when they would lie on each other", () => {
  const places = { title: { text: "time" }, range: [0, 2], tickvals: [0, 1, 2], ticktext: ["3<br>months", "1<br>year", "2<br>years"] };
  expect(fitAxisText(places, 300, DEFAULT)).toEqual({ axis: places, more: 0 });
  const { axis, more } = fitAxisText(places, 60, DEFAULT);
  expect(axis).toMatchObject({ tickangle: -90, ticktext: ["3 months", "1 year", "2 years"] });
  expect(more).toBe(8 * 7 - 2 * 18);
});

test("an axis of numbers has fewer of them when they are wider", () => {
  expect(fitAxisText({ title: { text: "points" } }, 300, { scale: 1, charWidth: 14 }).axis).toMatchObject({ nticks: 3 });
});
