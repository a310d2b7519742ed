// The line of tools under a view: its link, sharing, its table as a file, printing it alone.

import { copyLink, linkIn } from "./address.js";
import { made, part, viewOf } from "./dom.js";
import { printView } from "./printing.js";
import { openShare } from "./share.js";
import { csvOf } from "./table.js";

/** @typedef {import("./view.js").ViewController} ViewController */

/** @param {ViewController} view */
export function startTools(view) {
  const { section, host } = view;
  part(section, "link").addEventListener("click", (event) => copyLink(event, section));
  part(section, "share").addEventListener("click", () => openShare(section, host));
  part(section, "download").addEventListener("click", () => download(view));
  part(section, "print").addEventListener("click", () => printView(section));
}

/** @param {ViewController} view */
function download(view) {
  const { section } = view;
  view.complete();
  const table = part(section, "table").querySelector("table");
  if (!table) return;
  const cite = `"prolo_dash, ${viewOf(section)}, ${location.origin}${location.pathname}${linkIn(section).getAttribute("href")}"`;
  const file = new Blob([`${cite}\r\n${csvOf(table)}\r\n`], { type: "text/csv" });
  const link = made("a", { href: URL.createObjectURL(file), download: `prolo_dash_${viewOf(section)}.csv` });
  link.click();
  URL.revokeObjectURL(link.href);
}
