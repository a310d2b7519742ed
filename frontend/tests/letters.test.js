import { expect, test } from "vitest";
import { unbroken } from "../src/labels.js";
import { enlarged } from "../src/letters.js";

test("a chart of rows for letters twice as large is twice as high, bars and all", () => {
  const data = /** @type {any} */ ([{ yaxis: "y", y: [20, 60], width: 28, textfont: { size: 12 } }]);
  const layout = /** @type {any} */ ({
    height: 100, margin: { l: 300, r: 30 }, yaxis: { range: [80, 0], domain: [0, 1] }, template: { layout: { font: { size: 15 } } },
    annotations: [{ text: "one", yref: "y", y: 20, xshift: -300 }, { text: "Heading", yref: "paper", y: 0.9, xshift: -300 }],
  });
  const larger = enlarged({ data, layout }, 2, 1000);
  expect(larger.data[0]).toMatchObject({ y: [40, 120], width: 56, textfont: { size: 24 } });
  expect(larger.layout).toMatchObject({ height: 200, yaxis: { range: [160, 0] }, template: { layout: { font: { size: 30 } } } });
  expect(larger.layout.annotations).toMatchObject([{ y: 40, xshift: -420 }, { y: 0.9 }]);
  expect(larger.layout.margin, "labels take less than half").toMatchObject({ l: 420, r: 30 });
});

test("the browser breaks the lines of a label; its parts stay apart", () => {
  const text = '<b>Low back pain,</b><br><b>6 months</b><br><span style="color:#111">Klein 1993,<br>79 people</span><br><span>flag</span>';
  expect(unbroken(text)).toBe('<b>Low back pain, 6 months</b><br><span style="color:#111">Klein 1993, 79 people</span><br><span>flag</span>');
});
