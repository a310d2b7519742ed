import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { prepared, unpacked } from "../src/packs.js";

// Two controls with two values each; conditions can't be "none" for pain, which then is shown with both.
const travelling = {
  fragments: ["sentence", "table"],
  controls: [["outcome", ["better", "pain"], "better"], ["conditions", ["knee.back", "none"], "knee.back"]],
  index: [0, 1, 1, 0],
  unavailable: [[], [], [["conditions", "none"]]],
  columns: [[0, 1, 1], [3, 0, 1], [5, 0, 0], [6, 1, 1]],
  lists: [[0, 1], [0, 2], [3, 1], [4], [5], [6, 7], [8], [9], [10]],
  texts: [
    "outcome=better", "conditions=knee.back", "conditions=none", "outcome=pain", "Better.", "Pain.", "<table>", "</table>",
    '{"data":[1]}', '{"data":[2]}', '{"data":[3]}',
  ],
};
const pack = await unpacked(Uint8Array.from(gzipSync(JSON.stringify(travelling))).buffer);

test("the state of some settings is put together from its pieces", () => {
  expect(prepared(pack, { outcome: "better" })).toEqual({
    isComplete: true,
    answer: {
      state: "outcome=better&conditions=knee.back",
      fragments: { sentence: "Better.", table: "<table>\n</table>" },
      figure: { data: [1] },
      unavailable: [],
      problems: [],
      notice: "",
    },
  });
});

test("settings that can't be combined show the state that they are mapped to", () => {
  const { isComplete, answer } = prepared(pack, { outcome: "pain", conditions: "none" });
  expect(isComplete).toBe(true);
  expect(answer.state).toBe("outcome=pain&conditions=knee.back");
  expect(answer.unavailable).toEqual([["conditions", "none"]]);
});

test("the order of several options does not matter", () => {
  expect(prepared(pack, { conditions: "back.knee" })).toEqual(prepared(pack, {}));
});

test("what is not understood takes its usual value, and that is told", () => {
  const usual = prepared(pack, {}).answer;
  expect(prepared(pack, { outcome: "nonsense" })).toEqual({ isComplete: false, answer: usual });
  expect(prepared(pack, { colour: "red" })).toEqual({ isComplete: false, answer: usual });
});
