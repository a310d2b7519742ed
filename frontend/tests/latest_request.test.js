import { expect, test } from "vitest";
import { Questions } from "../src/latest_request.js";

const change = /** @type {any} */ ({ state: "show=a" });

test("only the latest question is the latest", () => {
  const questions = new Questions();
  const [first, second] = [questions.begin(), questions.begin()];
  expect([first(), second()]).toEqual([false, true]);
});

test("a change made elsewhere is shown at once where no question is open", () => {
  const questions = new Questions();
  expect(questions.hear(change)).toBe(change);
  questions.begin();
  questions.close();
  expect(questions.hear(change)).toBe(change);
});

test("while a question is open, a change waits, for the case that no answer comes", () => {
  const questions = new Questions();
  questions.begin();
  expect(questions.hear(change)).toBeNull();
  expect(questions.close()).toBe(change);
  expect(questions.close()).toBeNull();
});
