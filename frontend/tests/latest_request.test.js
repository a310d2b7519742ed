import { expect, test } from "vitest";
import { LatestRequest } from "../src/latest_request.js";

const change = /** @type {any} */ ({ state: "show=a" });

test("only the latest question is the latest", () => {
  const requests = new LatestRequest();
  const [first, second] = [requests.begin(), requests.begin()];
  expect([first(), second()]).toEqual([false, true]);
});

test("a change made elsewhere is shown at once where no question is open", () => {
  const requests = new LatestRequest();
  expect(requests.hear(change)).toBe(change);
  requests.begin();
  requests.close();
  expect(requests.hear(change)).toBe(change);
});

test("while a question is open, a change waits, for the case that no answer comes", () => {
  const requests = new LatestRequest();
  requests.begin();
  expect(requests.hear(change)).toBeNull();
  expect(requests.close()).toBe(change);
  expect(requests.close()).toBeNull();
});
