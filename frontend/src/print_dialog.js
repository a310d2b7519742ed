// The print dialog: a choice of chapters, because the whole page is long, and a link to the hand-out where there is one.

import { chaptersOfPage } from "./chapters.js";
import { controllersOf } from "./controllers.js";
import { createElement, queryAll, viewSectionsIn } from "./dom.js";
import { printExcept } from "./printing.js";

const LONG = "The whole page is long. Choose what you need.";
const WITH_LINES = "For a class, with lines to write on: ";
const AS_PDF = ["As a PDF, with answers if you like: ", "."];
const COMMAND = "prolo-dash handout sheets.pdf";

/** For a page with chapters. */
export function startPrintDialog() {
  const button = /** @type {HTMLElement | null} */ (document.querySelector('[data-act="print"]'));
  button?.addEventListener("click", () => open(button.dataset.handout));
}

/** @param {string} [handout] its address, where there is one */
function open(handout) {
  const chapters = chaptersOfPage();
  const read = document.querySelector("nav [aria-current]")?.textContent ?? chapters[0]?.name;
  const boxes = chapters.map(({ name }) => createElement("input", { type: "checkbox", checked: name === read }));
  const labels = chapters.map(({ name }, i) => createElement("label", {}, boxes[i], ` ${name}`));
  const choice = createElement("fieldset", {}, createElement("legend", {}, "Chapters"), ...labels);
  const go = createElement("button", { type: "button" }, "Print these chapters");
  const close = createElement("button", { type: "button" }, "Close");
  const title = createElement("h2", { id: "print-title" }, "Print");
  const dialog = createElement("dialog", { className: "prolo share prints" }, title, createElement("p", {}, LONG), choice,
    createElement("p", { className: "tools" }, go, close), forClass(handout));
  dialog.setAttribute("aria-labelledby", title.id);
  choice.addEventListener("change", () => { go.disabled = !boxes.some(({ checked }) => checked); });
  go.addEventListener("click", () => {
    dialog.close();
    print(chapters.flatMap(({ blocks }, i) => (boxes[i].checked ? blocks : [])));
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {string} [handout] */
function forClass(handout) {
  const served = handout ? [WITH_LINES, createElement("a", { href: handout }, "the hand-out"), ". "] : [];
  return createElement("p", { className: "what" }, ...served, AS_PDF[0], createElement("code", {}, COMMAND), AS_PDF[1]);
}

/** @param {Element[]} chosen blocks of the page */
async function print(chosen) {
  const views = controllersOf(chosen.flatMap((block) => viewSectionsIn(block)));
  await Promise.all(views.map((view) => view.loadDeferred()));
  printExcept(queryAll(document, "main > :not(.top)").filter((block) => !chosen.includes(block)));
}
