// The toolbar under a view: link, share, save or cite, download the table, print.

import { copyLink, isEmbedded, linkTo } from "./address.js";
import { citationText } from "./citation.js";
import { part, viewKeyOf } from "./dom.js";
import { saveFile } from "./save_file.js";
import { citationOf } from "./cited_view.js";
import { openSave } from "./save_dialog.js";
import { printView } from "./printing.js";
import { openShare } from "./share_dialog.js";
import { csvOf } from "./table.js";

/** @typedef {import("./view.js").ViewController} ViewController */

/** @param {ViewController} view */
export function startToolbar(view) {
  const { section, host } = view;
  if (isEmbedded()) {
    openLinksInNewWindow(section);
    return;
  }
  part(section, "link").addEventListener("click", (event) => copyLink(event, section));
  part(section, "share").addEventListener("click", () => openShare(section, host));
  part(section, "save").addEventListener("click", () => openSave(view));
  part(section, "download").addEventListener("click", () => download(view));
  part(section, "print").addEventListener("click", () => printView(section));
}

/**
 * In an embedded view, links to this view and to the glossary open the whole explainer in a new window.
 * @param {HTMLElement} section
 */
function openLinksInNewWindow(section) {
  linkTo(section, section.dataset.state ?? "");
  section.addEventListener("click", ({ target }) => {
    const term = /** @type {HTMLAnchorElement | null} */ (target instanceof Element ? target.closest("a.term") : null);
    if (term) Object.assign(term, { href: `./${term.hash}`, target: "_blank", rel: "noopener" });
  });
}

/** @param {ViewController} view */
function download(view) {
  const { section } = view;
  view.complete();
  const table = part(section, "table").querySelector("table");
  if (table) saveFile(`prolo_dash_${viewKeyOf(section)}.csv`, csvOf(table, citationText(citationOf(view))), "text/csv;charset=utf-8");
}
