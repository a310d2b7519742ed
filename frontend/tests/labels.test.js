import { expect, test } from "vitest";
import { labelMarkup } from "../src/labels.js";

const row = { title: "One", detail: "two", flag: "" };

test("each mark of a label is a glyph with its words as a title", () => {
  const markup = labelMarkup({ ...row, marks: [["●", 'said: "yes" & more'], ["–", "not seen"]] }, " ");
  expect(markup).toContain('<span class="label-marks"><span title="said: &quot;yes&quot; &amp; more">●</span> <span title="not seen">–</span></span>');
});

test("a label without marks has no line for them", () => {
  expect(labelMarkup(row, " ")).toBe('<b>One</b><br><span class="label-detail">two</span>');
});
