// Tables: what is not sent with an answer, finding and sorting rows, and the table as CSV.

import { announce } from "./announce.js";
import { createElement, part, queryAll } from "./dom.js";

/**
 * What every cell of a table repeats is not sent with an answer: its role, and its column's name for small screens.
 * @param {HTMLElement} place
 */
export function completeTable(place) {
  const names = queryAll(place, "thead th").map((head) => head.textContent ?? "");
  for (const row of queryAll(place, "tr")) row.setAttribute("role", "row");
  for (const row of bodyRows(place)) {
    [...row.cells].forEach((cell, i) => {
      cell.setAttribute("role", i ? "cell" : "rowheader");
      if (i) cell.dataset.label = names[i];
    });
  }
}

/** @param {ParentNode} place @returns {HTMLTableRowElement[]} */
const bodyRows = (place) => queryAll(place, "tbody tr");

/** @param {string | null} text */
const clean = (text) => (text ?? "").replace(/\s+/g, " ").replaceAll("−", "-").trim();

/**
 * A cell's own words, without its small print and its warnings. Not innerText: that is empty while the table is folded away.
 * @param {Element} cell
 */
const ownWords = (cell) => clean([...cell.childNodes].filter((n) => !["SMALL", "UL"].includes(n.nodeName)).map((n) => n.textContent).join(""));

/** @param {Element} row @param {string} selector */
const wordsIn = (row, selector) => queryAll(row, selector).map((n) => clean(n.textContent)).join("; ");

const NUMBER = /^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(e[+-]?\d+)?%?$/i;
const BYTE_ORDER_MARK = "\ufeff"; // without it, Excel takes UTF-8 for another encoding

const FORMULA = /^[\s\p{C}\p{DI}"]*[=+\-−@|]/u;

/**
 * A spreadsheet would run a text that begins like a formula, also in full-width letters or behind signs that are not seen,
 * and, where quotation marks don't hold a cell together for it, behind what may part cells. A plain number may begin with its sign.
 * @param {string} text
 */
function inert(text) {
  const starts = [0, ...[...text.matchAll(/[;,\t\r\n]/g)].map(({ index }) => index + 1)];
  const pieces = starts.map((start, i) => {
    const rest = text.slice(start);
    const isFormula = FORMULA.test(rest.normalize("NFKC")) && !NUMBER.test(rest.trim());
    return (isFormula ? "'" : "") + text.slice(start, starts[i + 1]);
  });
  return pieces.join("");
}

/**
 * A table's rows, but those that are hidden, as CSV. What is to be cited is a column, so that every line is one row.
 * @param {HTMLTableElement} table @param {string} cited
 */
export function csvOf(table, cited) {
  const line = (/** @type {string[]} */ cells) => cells.map((text) => `"${inert(text).replaceAll('"', '""')}"`).join(",");
  const [head, ...rows] = table.rows;
  const lines = rows.filter((row) => !row.hidden)
    .map((row) => line([...[...row.cells].map(ownWords), wordsIn(row, "small"), wordsIn(row, "li"), cited]));
  const names = line([...[...head.cells].map(ownWords), "As printed, and notes", "Warnings", "To be cited as"]);
  return BYTE_ORDER_MARK + [names, ...lines, ""].join("\r\n");
}

/** What a row says and where its links lead (a DOI stands in its address only). @param {HTMLTableRowElement} row */
function searched(row) {
  const links = /** @type {HTMLAnchorElement[]} */ (queryAll(row, "a"));
  return clean([row.textContent, ...links.map((a) => a.href)].join(" ")).toLowerCase();
}

/**
 * Which rows have all the words that are looked for.
 * @param {HTMLTableRowElement[]} rows @param {string} wanted
 */
export function rowsWith(rows, wanted) {
  const words = clean(wanted).toLowerCase().split(" ");
  return rows.filter((row) => words.every((word) => searched(row).includes(word)));
}

/** What a cell is sorted by as a number (a time in weeks); nothing where it has no value. @param {HTMLElement} cell */
const numberOf = (cell) => (cell.dataset.sort === undefined ? null : Number(cell.dataset.sort));

/**
 * Rows in the order of a column: numbers and times as such, words by the alphabet; what has no value comes last.
 * @param {HTMLTableRowElement[]} rows @param {number} column @param {boolean} down
 */
export function sortedRows(rows, column, down) {
  const sign = down ? -1 : 1;
  const keyed = rows.map((row) => ({ row, number: numberOf(row.cells[column]), words: ownWords(row.cells[column]) }));
  const isNumeric = keyed.some(({ number }) => number !== null);
  keyed.sort((a, b) => {
    if (!isNumeric) return sign * a.words.localeCompare(b.words, "en", { numeric: true });
    if (a.number === null || b.number === null) return Number(a.number === null) - Number(b.number === null);
    return sign * (a.number - b.number);
  });
  return keyed.map(({ row }) => row);
}

/**
 * A reference table can be searched and sorted. Rows stay in the page; those that don't fit are hidden.
 * @param {HTMLElement} section @returns {() => void} to be called when the table is new
 */
export function startTable(section) {
  const find = /** @type {HTMLInputElement | null} */ (section.querySelector('[data-role="find"]'));
  if (!find) return () => {};
  const place = part(section, "table");
  /** @type {{ column: number, down: boolean } | null} */
  let order = null;
  const filter = () => {
    const rows = bodyRows(place);
    const shown = new Set(rowsWith(rows, find.value));
    for (const row of rows) row.hidden = !shown.has(row);
    const said = shown.size ? `${shown.size} of ${rows.length} rows` : "No row has these words.";
    part(section, "found-rows").textContent = find.value.trim() ? said : "";
  };
  const sort = (/** @type {number} */ column, /** @type {boolean} */ down) => {
    order = { column, down };
    place.querySelector("tbody")?.append(...sortedRows(bodyRows(place), column, down));
    queryAll(place, "thead th").forEach((head, i) => {
      if (i === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  };
  const prepare = () => {
    queryAll(place, "thead th").forEach((head, column) => {
      const button = createElement("button", { type: "button" }, ...head.childNodes);
      button.addEventListener("click", () => sort(column, order?.column === column && !order.down));
      head.append(button);
    });
    if (order) sort(order.column, order.down);
    if (find.value) filter();
  };
  find.addEventListener("input", () => {
    filter();
    announce(part(section, "found-rows").textContent ?? "", "found rows");
  });
  prepare();
  return prepare;
}
