// @vitest-environment jsdom

import { expect, test, vi } from "vitest";
import { NotYetError } from "../src/errors.js";
import { askWithFallback } from "../src/hosts/prepared.js";

const section = document.createElement("section");
const answer = /** @type {any} */ ({ state: "show=own" });
const pack = /** @type {any} */ ({
  fragments: [], controls: [["show", ["own"], "own"]], index: [0], unavailable: [[]],
  columns: [[0], [1]], lists: [[0], [1]], texts: ["show=own", "{}"],
});
const missing = () => Promise.reject(new Error("not there"));

test("a live part that can't be reached leaves what has been prepared meanwhile", async () => {
  const files = { open: async () => pack, loadDeferred: missing };
  await expect(askWithFallback(files, section, { show: "own" }, missing)).resolves.toMatchObject({ state: "show=own" });
});

test("what is neither prepared nor answered is told as the live part tells it", async () => {
  const told = new NotYetError("not now", () => {});
  const ask = () => Promise.reject(told);
  await expect(askWithFallback({ open: missing, loadDeferred: missing }, section, { show: "own" }, ask)).rejects.toBe(told);
  await expect(askWithFallback({ open: async () => pack, loadDeferred: missing }, section, { show: "typed" }, ask)).rejects.toBe(told);
});

test("what the live part answers once is fetched, so that it is prepared the next time", async () => {
  const open = vi.fn(missing);
  await expect(askWithFallback({ open, loadDeferred: missing }, section, {}, async () => answer)).resolves.toBe(answer);
  expect(open).toHaveBeenCalledOnce();
});
