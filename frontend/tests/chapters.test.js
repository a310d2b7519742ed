import { expect, test } from "vitest";
import { leadsTo } from "../src/chapters.js";

test.each([
  ["#84%25-of-all", "84%25-of-all"],
  ["#84%25-of-all", "84%-of-all"],
  ["#84%-of-all", "84%25-of-all"],
  ["#The-gain", "The-gain"],
  ["#Voil%C3%A0", "Voilà"],
])("%s leads to %s", (hash, id) => {
  expect(leadsTo(hash, id)).toBe(true);
});

test("a link leads to no other heading", () => {
  expect(leadsTo("#84%25-of-all", "46%25-of-all")).toBe(false);
  expect(leadsTo("", "The-gain")).toBe(false);
});
