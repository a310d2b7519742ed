// The citation of a view as it is shown now.

import { viewKeyOf } from "./dom.js";
import { linkOf } from "./share_dialog.js";

/** @typedef {import("./view.js").ViewController} ViewController */
/** @typedef {import("./citation.js").Citation} Citation */

/**
 * The address is empty in a file and in a notebook: others could not follow it.
 * @param {ViewController} view @returns {Citation}
 */
export function citationOf({ section, host }) {
  const chapter = /** @type {HTMLElement | null} */ (section.closest("[data-cited]"));
  const link = linkOf(section);
  return {
    ...JSON.parse(chapter?.dataset.cited ?? "{}"),
    key: viewKeyOf(section),
    title: section.querySelector("h3")?.textContent ?? "",
    address: host.ownsAddress && link.protocol !== "file:" ? link.href : "",
    accessed: today(),
  };
}

/** In the reader's time zone. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
