// Tables: restoring omitted attributes, searching and sorting rows, and CSV export.

import { announce } from "./announce.js";
import { createElement, part, queryAll } from "./dom.js";

/**
 * Restores the attributes that responses omit because every cell repeats them: roles, and the column names for small screens.
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
 * A cell's text without its notes and warnings. Not innerText: that is empty while the table is collapsed.
 * @param {Element} cell
 */
const ownWords = (cell) => clean([...cell.childNodes].filter((n) => !["SMALL", "UL"].includes(n.nodeName)).map((n) => n.textContent).join(""));

/** @param {Element} row @param {string} selector */
const wordsIn = (row, selector) => queryAll(row, selector).map((n) => clean(n.textContent)).join("; ");

const NUMBER = /^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(e[+-]?\d+)?%?$/i;
const BYTE_ORDER_MARK = "\ufeff"; // without it, Excel misreads UTF-8

const FORMULA = /^[\s\p{C}\p{DI}"]*[=+\-−@|]/u;

/**
 * Escapes what a spreadsheet would run as a formula (CSV injection): text that begins like one, also in full-width or after
 * invisible characters, and text after a possible delimiter, for spreadsheets that ignore the quotes. A plain number may begin
 * with a sign.
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
 * The visible rows of a table as CSV. The citation is a column, so that every line is one row.
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

/** The searchable text of a row: its text and its links' addresses, since some DOIs are only there. @param {HTMLTableRowElement} row */
function searched(row) {
  const links = /** @type {HTMLAnchorElement[]} */ (queryAll(row, "a"));
  return clean([row.textContent, ...links.map((a) => a.href)].join(" ")).toLowerCase();
}

/**
 * The rows that contain all the words searched for.
 * @param {HTMLTableRowElement[]} rows @param {string} wanted
 */
export function rowsWith(rows, wanted) {
  const words = clean(wanted).toLowerCase().split(" ");
  return rows.filter((row) => words.every((word) => searched(row).includes(word)));
}

/** The number that a cell is sorted by (times in weeks); null if it has none. @param {HTMLElement} cell */
const numberOf = (cell) => (cell.dataset.sort === undefined ? null : Number(cell.dataset.sort));

/**
 * Rows sorted by a column: numbers and times by value, text alphabetically; cells without a value come last.
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
 * Makes a reference table searchable and sortable. Rows that don't match are hidden.
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
