// @vitest-environment jsdom
import { expect, test } from "vitest";
import { lacks, usualUnder } from "../src/page_controls.js";

/** @param {DOMStringMap} dataset */
function view(dataset) {
  const section = document.createElement("section");
  Object.assign(section.dataset, dataset);
  return section;
}

test("a view with boxes of conditions shows those of the page, and keeps its other settings", () => {
  const gain = view({ default: "conditions=knee.back&outcome=better" });
  expect(usualUnder(gain, "knee")).toBe("conditions=knee&outcome=better");
  expect(usualUnder(gain, "")).toBe("conditions=knee.back&outcome=better");
});

test("a view with a menu shows what it has on the one condition that is chosen", () => {
  const trial = view({ default: "trial=a&suppose=50", byCondition: '{"back":"trial=b.c"}' });
  expect(usualUnder(trial, "back")).toBe("trial=b.c&suppose=50");
  expect(usualUnder(trial, "knee.back")).toBe("trial=a&suppose=50");
});

test("a menu that has nothing on the condition is told, any other is not", () => {
  const trial = view({ default: "trial=a", byCondition: '{"back":"trial=b"}' });
  expect(lacks(trial, "knee")).toBe(true);
  expect(lacks(trial, "back")).toBe(false);
  expect(lacks(trial, "")).toBe(false);
  expect(lacks(trial, "knee.back")).toBe(false);
  expect(lacks(view({ default: "order=a_z" }), "knee")).toBe(false);
});
