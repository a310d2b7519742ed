import { expect, test } from "vitest";
import { changedSettings, isSame, paramsIn, queryWith } from "../src/address.js";

const USUAL = "outcome=better&show=own&conditions=knee.back";

test("the settings of a view are those of the address that begin with its name", () => {
  expect(paramsIn("gain", "?gain.show=groups&caveat.show=left&gain.note=a%26b&present=2.1")).toEqual({ show: "groups", note: "a&b" });
  expect(paramsIn("gain", "?gains.show=groups")).toEqual({});
});

test("the address holds what differs from how the view came", () => {
  expect(changedSettings("gain", USUAL, "outcome=pain&show=own&conditions=knee.back")).toEqual([["gain.outcome", "pain"]]);
  expect(changedSettings("gain", USUAL, USUAL)).toEqual([]);
});

test("new settings of a view take the place of its old ones; all else stays", () => {
  expect(queryWith("?gain.show=groups&caveat.show=left&present=2.1", "gain", [["gain.outcome", "pain & more"]]))
    .toBe("?caveat.show=left&present=2.1&gain.outcome=pain%20%26%20more");
  expect(queryWith("?gain.show=groups", "gain", [])).toBe("");
});

test("what a view wrote is what it reads again", () => {
  const settings = changedSettings("own", "name=", { name: "a=b&c #1 – ü" });
  expect(paramsIn("own", queryWith("", "own", settings))).toEqual({ name: "a=b&c #1 – ü" });
});

test("settings are the same in any order, and not with another value", () => {
  expect(isSame({ show: "own", outcome: "pain" }, "outcome=pain&show=own")).toBe(true);
  expect(isSame({ show: "own" }, "outcome=pain&show=own")).toBe(false);
  expect(isSame({ show: "own" }, "show=groups")).toBe(false);
});
