import { expect, test } from "vitest";
import { labelMarkup } from "../src/labels.js";
import { enlarged } from "../src/text_scale.js";

test("a chart of rows for letters twice as large is twice as high, bars and all", () => {
  const data = /** @type {any} */ ([{ yaxis: "y", y: [20, 60], width: 28, textfont: { size: 12 } }]);
  const layout = /** @type {any} */ ({
    height: 100, margin: { l: 300, r: 30 }, yaxis: { range: [80, 0], domain: [0, 1] }, template: { layout: { font: { size: 15 } } },
  });
  const panels = /** @type {any} */ ([{ axis: "y", heading: "Heading", head: 28, top: 34, beside: true, rows: [{ title: "one", height: 40, foot: 9 }] }]);
  const scaled = enlarged({ data, layout, panels }, 2, 1000);
  expect(scaled.data[0]).toMatchObject({ y: [40, 120], width: 56, textfont: { size: 24 } });
  expect(scaled.layout).toMatchObject({ height: 200, yaxis: { range: [160, 0] }, template: { layout: { font: { size: 30 } } } });
  expect(scaled.panels).toMatchObject([{ head: 56, top: 68, rows: [{ height: 80, foot: 18 }] }]);
  expect(scaled.layout.margin, "labels take less than half").toMatchObject({ l: 420, r: 30 });
});

test("the browser breaks the lines of a label; its parts stay apart, and are text", () => {
  const row = { title: "Low back pain,\n6 months", detail: "Klein & others,\n79 people", flag: "<flag>" };
  const below = '<span class="label-detail">Klein &amp; others, 79 people</span><br><span class="label-flag">&lt;flag&gt;</span>';
  expect(labelMarkup(row, " ")).toBe(`<b>Low back pain, 6 months</b><br>${below}`);
  expect(labelMarkup({ ...row, detail: "", flag: "" }, "<br>")).toBe("<b>Low back pain,<br>6 months</b>");
});
