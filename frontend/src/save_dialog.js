// "Save or cite": a view as a picture, as a reference, and as a frame in another page.

import { asBibtex, asRis, asText } from "./citation.js";
import { closeButton, copied, openDialog, statusLine } from "./dialog.js";
import { made, sentenceOf, viewOf } from "./dom.js";
import { saveFile } from "./save_file.js";
import { snippet } from "./embedding.js";
import { typedFields } from "./hosts/prepared.js";
import { named } from "./page_config.js";
import { asPng, pictureOf } from "./image_export.js";
import { referenceOf } from "./cited_view.js";
import { limitsOf, linkOf, withCommands } from "./share_dialog.js";

/** @typedef {import("./view.js").ViewController} ViewController */
/** @typedef {import("./citation.js").Reference} Reference */

const NO_CHART = "The picture can’t be made: the file that draws charts could not be loaded.";
const COPIED = "Copied.";
const NOT_COPIED = "The browser does not allow copying here. The text is marked: press Ctrl and C, or Cmd and C on a Mac.";
const NO_FRAME = "There is no page for a frame here. Views of the explainer have one where no login is asked for, and in the files of `prolo-dash build FOLDER`.";
const HEIGHT = 900; // pixels of a frame whose page runs no script

/** @param {string} name @param {(event: Event) => void} act */
function button(name, act) {
  const found = made("button", { type: "button" }, name);
  found.addEventListener("click", act);
  return found;
}

/** @param {HTMLElement[]} inside */
const tools = (...inside) => made("p", { className: "tools" }, ...inside);

/** @param {ViewController} view */
export function openSave(view) {
  const { section, host } = view;
  const reference = referenceOf(view);
  const name = `prolo_dash_${reference.key}`;
  const status = statusLine();
  const tell = (/** @type {Promise<string>} */ done) => done.catch(sentenceOf).then((sentence) => { status.textContent = sentence; });
  const copy = (/** @type {Element} */ place, /** @type {string} */ text) =>
    tell(copied(place, text).then((isCopied) => (isCopied ? COPIED : NOT_COPIED)));

  const save = (/** @type {"png" | "svg"} */ kind) => tell(savePicture(view, reference, name, kind));
  const text = made("p", { className: "citation" }, asText(reference));
  const parts = [
    ...(view.payload?.figure.data.length === 0 ? []
      : [made("h3", {}, "The chart"), tools(button("Save as PNG", () => save("png")), button("Save as SVG", () => save("svg")))]),
    made("h3", {}, "A reference"), text,
    tools(
      button("Copy the text", () => copy(text, text.textContent ?? "")),
      button("Save for BibTeX", () => saveFile(`${name}.bib`, asBibtex(reference), "application/x-bibtex")),
      button("Save as RIS", () => saveFile(`${name}.ris`, asRis(reference), "application/x-research-info-systems")),
    ),
    made("p", { className: "notice" }, ...withCommands(limitsOf(linkOf(section), host))),
  ];
  const frame = made("div", {});
  openDialog("Save or cite", section, [...parts, frame, tools(closeButton()), status]);
  // What is typed in needs the whole page.
  if (!typedFields(section).length) frameOf(view, reference).then((html) => frame.append(...framePart(html, copy)));
}

/**
 * @param {ViewController} view @param {Reference} reference @param {string} name @param {"png" | "svg"} kind
 */
async function savePicture(view, reference, name, kind) {
  await view.arrive();
  view.complete(); // the list of sources, too
  const Plotly = await window.proloPlotly;
  if (!Plotly) return NO_CHART;
  const picture = await pictureOf(view, Plotly, asText(reference));
  if (kind === "svg") saveFile(`${name}.svg`, picture.text, "image/svg+xml");
  else saveFile(`${name}.png`, await asPng(picture), "image/png");
  return "The picture is saved.";
}

/**
 * The HTML that shows this view in another page; empty where no page of its own is there.
 * @param {ViewController} view @param {Reference} reference
 */
async function frameOf({ section }, { key, title, address }) {
  if (!named().embeds || !address) return "";
  const page = new URL(`embed_${key}.html`, document.baseURI);
  const answer = await fetch(page, { method: "HEAD" }).catch(() => null);
  if (!answer?.ok) return "";
  const { href } = new URL(`embed_${key}.html?${settings(section)}`, address);
  return snippet(href, title, address, HEIGHT);
}

/** All settings, also the usual ones: those of a lesson are others. @param {HTMLElement} section */
function settings(section) {
  const state = new URLSearchParams(section.dataset.state);
  return [...state].map(([name, value]) => `${viewOf(section)}.${name}=${encodeURIComponent(value)}`).join("&");
}

/** @param {string} html @param {(place: Element, text: string) => void} copy */
function framePart(html, copy) {
  const heading = made("h3", {}, "In another page");
  if (!html) return [heading, made("p", {}, ...withCommands(NO_FRAME))];
  const area = made("textarea", { readOnly: true, rows: 4, value: html });
  area.setAttribute("aria-label", "The HTML for another page");
  return [heading, area, tools(button("Copy the HTML", () => copy(area, html)))];
}
