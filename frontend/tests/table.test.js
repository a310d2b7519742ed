// @vitest-environment jsdom

import { expect, test } from "vitest";
import { completeTable, csvOf, rowsWith, sortedRows, startTable } from "../src/table.js";

/**
 * A row as the page has it: each cell is its text, or its text and what it is sorted by.
 * @param {(string | [string, number])[]} cells
 */
function row(cells) {
  const html = cells.map((cell, i) => {
    const [text, sort] = Array.isArray(cell) ? cell : [cell, null];
    const attribute = sort === null ? "" : ` data-sort="${sort}"`;
    return i ? `<td${attribute}>${text}</td>` : `<th${attribute}>${text}</th>`;
  });
  return `<tr>${html.join("")}</tr>`;
}

/** @param {string[]} columns @param {(string | [string, number])[][]} rows */
function page(columns, ...rows) {
  document.body.innerHTML = `<section><input data-role="find"><p data-role="found-rows"></p>
    <div data-role="table"><table><thead><tr>${columns.map((name) => `<th>${name}</th>`).join("")}</tr></thead>
    <tbody>${rows.map(row).join("")}</tbody></table></div></section>`;
  return /** @type {HTMLElement} */ (document.querySelector("section"));
}

const rows = () => /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll("tbody tr")]);
const table = () => /** @type {HTMLTableElement} */ (document.querySelector("table"));
/** @param {HTMLTableRowElement[]} found @param {number} [column] */
const words = (found, column = 0) => found.map(({ cells }) => cells[column].textContent);

test("times are sorted by their length, and what has no time comes last both ways", () => {
  page(["Time"], [["1 year", 52]], ["not seen"], [["6 weeks", 6]], [["3 months", 13]]);
  expect(words(sortedRows(rows(), 0, false))).toEqual(["6 weeks", "3 months", "1 year", "not seen"]);
  expect(words(sortedRows(rows(), 0, true))).toEqual(["1 year", "3 months", "6 weeks", "not seen"]);
});

test("numbers are sorted with their sign", () => {
  page(["As printed"], [["−4.5 (SD 2)", -4.5]], [["3.1", 3.1]], [["−12.1", -12.1]], [["10", 10]]);
  expect(words(sortedRows(rows(), 0, false))).toEqual(["−12.1", "−4.5 (SD 2)", "3.1", "10"]);
});

test("words are sorted by the alphabet, whatever their case, and numbers in them by size", () => {
  page(["Trial"], ["Yelland 2004"], ["dextrose"], ["Arm 10"], ["Arm 9"], ["Émile"]);
  expect(words(sortedRows(rows(), 0, false))).toEqual(["Arm 9", "Arm 10", "dextrose", "Émile", "Yelland 2004"]);
});

test("a row is found by all words that are looked for, in its text or in its links", () => {
  page(["Source", "Year"], ['<a href="https://doi.org/10.1/knee">Rabago</a>', "2013"], ["Topol", "2011"]);
  expect(words(rowsWith(rows(), "rabago 2013"))).toEqual(["Rabago"]);
  expect(words(rowsWith(rows(), "10.1/KNEE"))).toEqual(["Rabago"]);
  expect(rowsWith(rows(), "rabago 2011")).toEqual([]);
  expect(rowsWith(rows(), "  ")).toHaveLength(2);
});

/** The cells of the first column, as a spreadsheet gets them. @param {string[]} texts */
function firstCells(...texts) {
  page(["Trial"], ...texts.map((text) => [text]));
  return csvOf(table(), "").split("\r\n").slice(1, -1).map((line) => line.slice(1, line.indexOf('",')));
}

test("CSV has every shown row with its small print and its warnings, and what is to be cited in a column", () => {
  page(
    ["Trial", "Gain"],
    ['Say "more"<small>read in a review</small>', "−4.5<ul><li>small</li><li>open</li></ul>"],
    ["Topol", "+1.5"],
    ["hidden", "1"],
  );
  rows()[2].hidden = true;
  expect(csvOf(table(), "prolo_dash, 2026").split("\r\n")).toEqual([
    '\ufeff"Trial","Gain","As printed, and notes","Warnings","To be cited as"',
    '"Say ""more""","-4.5","read in a review","small; open","prolo_dash, 2026"',
    '"Topol","+1.5","","","prolo_dash, 2026"',
    "",
  ]);
});

test("plain numbers stay numbers, whatever their sign", () => {
  const numbers = ["-4.5", "+3", "12", "-0.5%", "1,000", "-1,234.5", "1e-5"];
  expect(firstCells(...numbers)).toEqual(numbers);
  expect(firstCells("−4.5")).toEqual(["-4.5"]);
});

test("nothing that is not plainly a number begins as a formula does", () => {
  const formulas = [
    "=SUM(A1)", "@SUM(A1)", "+1+cmd", "-2+3+cmd|' /C calc'!A0", "−2+3+cmd|' /C calc'!A0", "-4.5 (SD 2)", "--1", "+", "|cmd",
    "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", "\u200b=1+1", "\ufeff=1+1", "\u0000=1+1", "1.-2", "-1e5e5",
  ];
  for (const cell of firstCells(...formulas)) expect(cell).toMatch(/^'|^1\.-2$/);
});

test("what stands behind a sign that may part cells is no formula either, whatever hides it", () => {
  const formulas = ["a;=1+1", "a;−1+cmd", "a;\"=cmd|'/c calc'!A0;", ';"=1"', "a; =1", "a;\u200b=1", "a;\u00a0=1", "a;\u3164=1", "a;＝1", "a,=1", "a; -1; b", "a;-1,cmd", "a;|cmd"];
  const marked = firstCells(...formulas);
  // A spreadsheet takes what begins with an apostrophe for text.
  for (const cell of marked) expect(cell).toMatch(/^a?[;,]'/);
  expect(firstCells("a;=1;=2")).toEqual(["a;'=1;'=2"]);
});

test("behind such a sign, a plain number and nothing else stays as it is, and so do words", () => {
  const harmless = ["a; -1", "a, −0.5%", "a;b", "a, b-c; d=e", "x (+1), y"];
  expect(firstCells(...harmless)).toEqual(harmless.map((text) => text.replace("−", "-")));
});

test("cells of an answer get the roles and names that it leaves out", () => {
  const section = page(["Trial", "Gain"], ["Topol", "1"]);
  completeTable(section);
  const [name, gain] = rows()[0].cells;
  expect([name.getAttribute("role"), gain.getAttribute("role"), gain.dataset.label]).toEqual(["rowheader", "cell", "Gain"]);
});

test("a table is sorted by a click on a heading, the other way by a second one, and stays so when it is new", () => {
  const section = page(["Trial", "Year"], ["B", ["2011", 2011]], ["A", ["2013", 2013]]);
  const again = startTable(section);
  const heading = () => /** @type {HTMLElement} */ (document.querySelectorAll("thead th")[1]);
  heading().querySelector("button")?.click();
  expect([words(rows()), heading().getAttribute("aria-sort")]).toEqual([["B", "A"], "ascending"]);
  heading().querySelector("button")?.click();
  expect([words(rows()), heading().getAttribute("aria-sort")]).toEqual([["A", "B"], "descending"]);
  table().innerHTML = `<thead><tr><th>Trial</th><th>Year</th></tr></thead>
    <tbody>${row(["C", ["1999", 1999]])}${row(["D", ["2020", 2020]])}</tbody>`;
  again();
  expect(words(rows())).toEqual(["D", "C"]);
});

test("what does not fit is hidden, and the page says how many rows are left", () => {
  const section = page(["Trial"], ["Topol"], ["Rabago"]);
  startTable(section);
  const find = /** @type {HTMLInputElement} */ (section.querySelector("input"));
  const look = (/** @type {string} */ text) => {
    find.value = text;
    find.dispatchEvent(new Event("input"));
    return [rows().map(({ hidden }) => hidden), section.querySelector("p")?.textContent];
  };
  expect(look("topol")).toEqual([[false, true], "1 of 2 rows"]);
  expect(look("nobody")).toEqual([[true, true], "No row has these words."]);
  expect(look("")).toEqual([[false, false], ""]);
});
