// Dialogs that a view opens. They are made when they are opened, and gone when they are closed.

import { createElement } from "./dom.js";

/**
 * @param {string} title @param {HTMLElement} section the view that it is about
 * @param {(HTMLElement | string)[]} words what stands below the title @param {HTMLElement[]} beside what stands beside the words
 */
export function openDialog(title, section, words, ...beside) {
  const heading = createElement("h2", { id: "dialog-title" }, title);
  const what = createElement("p", { className: "what" }, section.querySelector("h3")?.textContent ?? "");
  const dialog = createElement("dialog", { className: "prolo share" }, createElement("div", { className: "words" }, heading, what, ...words), ...beside);
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.addEventListener("click", ({ target }) => { if (target instanceof Element && target.matches("[data-close]")) dialog.close(); });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function closeButton() {
  const button = createElement("button", { type: "button" }, "Close");
  button.dataset.close = "";
  return button;
}

/** Where a dialog says how something went. */
export function statusLine() {
  const line = createElement("p", {});
  line.setAttribute("role", "status");
  return line;
}

/**
 * Copies a text that stands in the page. Browsers offer the clipboard only to https and to this computer; the older way
 * works on a class network too. Whether it went well; if not, the text is marked, to be copied by hand.
 * @param {Element} place @param {string} text
 */
export async function copied(place, text) {
  if (place instanceof HTMLTextAreaElement) place.select();
  else getSelection()?.selectAllChildren(place);
  const isCopied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  return isCopied || document.execCommand("copy");
}
