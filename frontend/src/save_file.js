// Saves a file to the reader's computer.

import { createElement } from "./dom.js";

const KEPT_FOR = 60000; // milliseconds: some browsers read the blob only after asking the reader where to save it

/** @param {string} name @param {BlobPart} content @param {string} type */
export function saveFile(name, content, type) {
  const link = createElement("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_FOR);
}
