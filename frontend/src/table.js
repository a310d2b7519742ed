// Tables: what is not sent with an answer, finding and sorting rows, and the table as CSV.

// What every cell of a table repeats is not sent with an answer: its role, and its column's name for small screens.
export function completeTable(place) {
  const names = [...place.querySelectorAll("thead th")].map((head) => head.textContent);
  for (const row of place.querySelectorAll("tr")) row.setAttribute("role", "row");
  for (const row of place.querySelectorAll("tbody tr")) {
    [...row.cells].forEach((cell, i) => {
      cell.setAttribute("role", i ? "cell" : "rowheader");
      if (i) cell.dataset.label = names[i];
    });
  }
}

// A cell's own words, its small print and its warnings. Not innerText: that is empty while the table is folded away.
const clean = (text) => text.replace(/\s+/g, " ").replaceAll("−", "-").trim();
const own = (cell) => clean([...cell.childNodes].filter((n) => !["SMALL", "UL"].includes(n.nodeName)).map((n) => n.textContent).join(""));
const all = (row, selector) => [...row.querySelectorAll(selector)].map((n) => clean(n.textContent)).join("; ");

// A spreadsheet would run a text that begins like a formula; a number may begin with its sign.
const inert = (text) => (/^[=+@-]/.test(text) && !/^[+-]?[\d.]/.test(text) ? `'${text}` : text);

export function csvOf(table) {
  const line = (cells) => cells.map((text) => `"${inert(text).replaceAll('"', '""')}"`).join(",");
  const [head, ...rows] = table.rows;
  const lines = rows.filter((row) => !row.hidden).map((row) => line([...[...row.cells].map(own), all(row, "small"), all(row, "li")]));
  return [line([...[...head.cells].map(own), "As printed, and notes", "Warnings"]), ...lines].join("\r\n");
}

// What a row says and where its links lead (a DOI stands in its address only).
const searched = (row) => clean([row.textContent, ...[...row.querySelectorAll("a")].map((a) => a.href)].join(" ")).toLowerCase();

// A reference table can be searched and sorted. Rows stay in the page; those that don't fit are hidden.
export function startTable(section) {
  const find = section.querySelector('[data-role="find"]');
  if (!find) return () => {};
  const place = section.querySelector('[data-role="table"]');
  const said = section.querySelector('[data-role="found-rows"]');
  let sorted = null;
  const filter = () => {
    const words = clean(find.value).toLowerCase().split(" ");
    const rows = [...place.querySelectorAll("tbody tr")];
    for (const row of rows) row.hidden = !words.every((word) => searched(row).includes(word));
    const shown = rows.filter((row) => !row.hidden).length;
    said.textContent = !find.value.trim() ? "" : shown ? `${shown} of ${rows.length} rows` : "No row has these words.";
  };
  const sort = (column, down) => {
    sorted = { column, down };
    const body = place.querySelector("tbody");
    const key = (row) => own(row.cells[column]);
    const rows = [...body.rows].sort((a, b) => key(a).startsWith("not ") - key(b).startsWith("not ")
      || (down ? -1 : 1) * key(a).localeCompare(key(b), "en", { numeric: true }));
    body.append(...rows);
    [...place.querySelectorAll("thead th")].forEach((head, i) => {
      if (i === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  };
  const prepare = () => {
    place.querySelectorAll("thead th").forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(column, sorted?.column === column && !sorted.down));
      head.append(button);
    });
    if (sorted) sort(sorted.column, sorted.down);
    if (find.value) filter();
  };
  find.addEventListener("input", filter);
  prepare();
  return prepare;
}
