// Dialogs of a view, created when they open and removed when they close.

import { createElement } from "./dom.js";

/**
 * @param {string} title @param {HTMLElement} section the view that it is about
 * @param {(HTMLElement | string)[]} words below the title @param {HTMLElement[]} beside beside the words
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

/** The line of a dialog that reports results. */
export function statusLine() {
  const line = createElement("p", {});
  line.setAttribute("role", "status");
  return line;
}

/**
 * Copies a text that is in the page; returns whether that worked. Browsers offer the clipboard API only over https and on
 * localhost; execCommand works on a class network, too. If both fail, the text stays selected, to be copied by hand.
 * @param {Element} place @param {string} text
 */
export async function copied(place, text) {
  if (place instanceof HTMLTextAreaElement) place.select();
  else getSelection()?.selectAllChildren(place);
  const isCopied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  return isCopied || document.execCommand("copy");
}
