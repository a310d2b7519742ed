// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { announce, changeSummary } from "../src/announce.js";

const said = () => document.getElementById("prolo-said")?.textContent;

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test("ten steps of a slider are one announcement, of the last", () => {
  for (let step = 1; step <= 10; step += 1) {
    announce(`${step} of 10`, "slider");
    vi.advanceTimersByTime(100);
    expect(said()).toBe("");
  }
  vi.advanceTimersByTime(600);
  expect(said()).toBe("10 of 10");
});

test("a result does not silence a remark of the same moment, and is said after it", () => {
  announce("Set to 35.", "moved");
  announce("23 are left.", "view");
  announce("24 are left.", "view");
  vi.advanceTimersByTime(600);
  expect(said()).toBe("Set to 35. 24 are left.");
});

test("the line is empty before a sentence is said again, so that it is heard again", () => {
  announce("No row has these words.", "rows");
  vi.advanceTimersByTime(600);
  announce("No row has these words.", "rows");
  expect(said()).toBe("");
  vi.advanceTimersByTime(600);
  expect(said()).toBe("No row has these words.");
});

/** @param {string} words @param {[string, string][]} [problems] */
const view = (words, problems = []) => ({ words, problems });

test("the news of a view is what has changed, as far as its first result", () => {
  const before = "Topol 2011, p = 0.03. **66.7** of 100. Suppose **50%**: then **33.3** is left. Its own group had **22.7**.";
  expect(changeSummary(view(before), view(before.replace("50%", "35%").replace("33.3", "43.3"))))
    .toBe("Suppose 35%: then 43.3 is left.");
  expect(changeSummary(view(before), view("Wu 2022, a year. **80.1** of 100. Suppose **50%**: then **40** is left.")))
    .toBe("Wu 2022, a year. 80.1 of 100.");
  expect(changeSummary(view("One."), view("Two."))).toBe("Two.");
  expect(changeSummary(view("One."), view("One."))).toContain("has not");
});

test("a second problem is told alone, and what is left of them by the sentence", () => {
  /** @type {[string, string]} */
  const one = ["a", "A: write a number."];
  /** @type {[string, string]} */
  const two = ["b", "B: write a number."];
  expect(changeSummary(view("**1** field."), view("**2** fields.", [one]))).toBe(one[1]);
  expect(changeSummary(view("**1** field.", [one]), view("**2** fields.", [one, two]))).toBe(two[1]);
  expect(changeSummary(view("**2** fields.", [one, two]), view("**1** field.", [one]))).toBe("1 field.");
});
