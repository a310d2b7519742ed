import { expect, test } from "vitest";
import { citationBibtex, citationRis, citationText } from "../src/citation.js";

const REFERENCE = {
  author: "The prolo_dash authors", version: "1.2", data: "3.0", day: "2026-11-28", key: "gain", title: "100% & more: what is {left}?",
  address: "https://school.example/dash/?gain.show=groups&x=%25#gain", accessed: "2027-01-02",
};

test("the sentence names author, year, title, both versions, the day and the address", () => {
  expect(citationText(REFERENCE)).toBe(
    "The prolo_dash authors (2026). 100% & more: what is {left}? prolo_dash, version 1.2; data version 3.0 of 28 November 2026. "
    + "Retrieved 2 January 2027, from https://school.example/dash/?gain.show=groups&x=%25#gain",
  );
});

test("a title that is no question ends with a full stop, and without an address none is named", () => {
  expect(citationText({ ...REFERENCE, title: "The gain", address: "" })).toMatch(/\. The gain\. prolo_dash, .* Read on 2 January 2027\.$/);
});

test("BibTeX keeps the author whole, escapes what TeX would read, and leaves the address as it is", () => {
  expect(citationBibtex(REFERENCE).split("\n")).toEqual([
    "@misc{prolo_dash_gain,",
    "  author = {{The prolo\\_dash authors}},",
    "  title = {{100\\% \\& more: what is \\{left\\}?}},",
    "  howpublished = {prolo\\_dash, version 1.2},",
    "  year = {2026},",
    "  note = {Data version 3.0 of 2026-11-28. Accessed 2027-01-02},",
    "  url = {https://school.example/dash/?gain.show=groups&x=%25#gain},",
    "  urldate = {2027-01-02},",
    "}",
    "",
  ]);
  expect(citationBibtex({ ...REFERENCE, address: "" })).not.toContain("  url =");
});

test("RIS has a tag, two blanks, a hyphen and a blank on every line, TY first and ER last", () => {
  const lines = citationRis({ ...REFERENCE, title: "In two\nlines" }).split("\r\n");
  expect(lines.pop()).toBe("");
  expect(lines.filter((line) => !/^[A-Z][A-Z0-9] {2}- /.test(line))).toEqual([]);
  expect([lines[0], lines[lines.length - 1]]).toEqual(["TY  - ELEC", "ER  - "]);
  expect(lines).toContain("TI  - In two lines");
  expect(lines).toContain("UR  - https://school.example/dash/?gain.show=groups&x=%25#gain");
  expect(lines).toContain("Y2  - 2027/01/02");
});
