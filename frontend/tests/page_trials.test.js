// @vitest-environment jsdom
import { expect, test } from "vitest";
import { countTrials, idsIn, showsAllTrials, toggled, trialsFor } from "../src/page_trials.js";

/** @param {DOMStringMap} dataset */
function view(dataset) {
  const section = document.createElement("section");
  Object.assign(section.dataset, dataset);
  return section;
}

test("a trial that is left out can be counted again, and the others stay left out", () => {
  expect(toggled("", "ash2011")).toBe("ash2011");
  expect(toggled("ash2011", "birch2014")).toBe("ash2011.birch2014");
  expect(toggled("ash2011.birch2014", "ash2011")).toBe("birch2014");
  expect(toggled("birch2014", "birch2014")).toBe("");
});

test("an empty list has no ids", () => {
  expect(idsIn("")).toEqual([]);
  expect(idsIn("ash2011.birch2014")).toEqual(["ash2011", "birch2014"]);
});

test("only views that count trials follow the choice, and all trials are no choice", () => {
  const [counts, other] = [view({ countsTrials: "true" }), view({})];
  countTrials({ trials: "blinded", without: "ash2011" });
  expect(trialsFor(counts)).toEqual({ trials: "blinded", without: "ash2011" });
  expect(trialsFor(other)).toEqual({});
  expect([showsAllTrials(counts), showsAllTrials(other)]).toEqual([false, true]);
  countTrials({ trials: "all", without: "" });
  expect(showsAllTrials(counts)).toBe(true);
});
