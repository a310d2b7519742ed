// The dialog "Save or cite": a view as an image, as a citation, and as a frame in another page.

import { citationBibtex, citationRis, citationText } from "./citation.js";
import { closeButton, copied, openDialog, statusLine } from "./dialog.js";
import { createElement, messageOf, viewKeyOf } from "./dom.js";
import { saveFile } from "./save_file.js";
import { snippet } from "./embedding.js";
import { typedFields } from "./hosts/prepared.js";
import { pageConfig } from "./page_config.js";
import { svgToPng, viewAsSvg } from "./image_export.js";
import { citationOf } from "./cited_view.js";
import { linkLimits, linkOf, withCode } from "./share_dialog.js";

/** @typedef {import("./view.js").ViewController} ViewController */
/** @typedef {import("./citation.js").Citation} Citation */

const NO_CHART = "The picture can’t be made: the file that draws charts could not be loaded.";
const COPIED = "Copied.";
const NOT_COPIED = "The browser does not allow copying here. The text is marked: press Ctrl and C, or Cmd and C on a Mac.";
const NO_FRAME = "There is no page for a frame here. Views of the explainer have one where no login is asked for, and in the files of `prolo-dash build FOLDER`.";
const HEIGHT = 900; // pixels of a frame whose page runs no script

/** @param {string} name @param {(event: Event) => void} act */
function button(name, act) {
  const found = createElement("button", { type: "button" }, name);
  found.addEventListener("click", act);
  return found;
}

/** @param {HTMLElement[]} inside */
const tools = (...inside) => createElement("p", { className: "tools" }, ...inside);

/** @param {ViewController} view */
export function openSave(view) {
  const { section, host } = view;
  const reference = citationOf(view);
  const name = `prolo_dash_${reference.key}`;
  const status = statusLine();
  const tell = (/** @type {Promise<string>} */ done) => done.catch(messageOf).then((sentence) => { status.textContent = sentence; });
  const copy = (/** @type {Element} */ place, /** @type {string} */ text) =>
    tell(copied(place, text).then((isCopied) => (isCopied ? COPIED : NOT_COPIED)));

  const save = (/** @type {"png" | "svg"} */ kind) => tell(savePicture(view, reference, name, kind));
  const text = createElement("p", { className: "citation" }, citationText(reference));
  const parts = [
    ...(view.payload?.figure.data.length === 0 ? []
      : [createElement("h3", {}, "The chart"), tools(button("Save as PNG", () => save("png")), button("Save as SVG", () => save("svg")))]),
    createElement("h3", {}, "A reference"), text,
    tools(
      button("Copy the text", () => copy(text, text.textContent ?? "")),
      button("Save for BibTeX", () => saveFile(`${name}.bib`, citationBibtex(reference), "application/x-bibtex")),
      button("Save as RIS", () => saveFile(`${name}.ris`, citationRis(reference), "application/x-research-info-systems")),
    ),
    createElement("p", { className: "notice" }, ...withCode(linkLimits(linkOf(section), host))),
  ];
  const frame = createElement("div", {});
  openDialog("Save or cite", section, [...parts, frame, tools(closeButton()), status]);
  // A view with text fields can't be embedded.
  if (!typedFields(section).length) frameOf(view, reference).then((html) => frame.append(...framePart(html, copy)));
}

/**
 * @param {ViewController} view @param {Citation} reference @param {string} name @param {"png" | "svg"} kind
 */
async function savePicture(view, reference, name, kind) {
  await view.loadDeferred();
  view.complete(); // the list of sources, too
  const Plotly = await window.proloPlotly;
  if (!Plotly) return NO_CHART;
  const picture = await viewAsSvg(view, Plotly, citationText(reference));
  if (kind === "svg") saveFile(`${name}.svg`, picture.text, "image/svg+xml");
  else saveFile(`${name}.png`, await svgToPng(picture), "image/png");
  return "The picture is saved.";
}

/**
 * The HTML that embeds this view in another page; empty where it has no page for that.
 * @param {ViewController} view @param {Citation} reference
 */
async function frameOf({ section }, { key, title, address }) {
  if (!pageConfig().embeds || !address) return "";
  const page = new URL(`embed_${key}.html`, document.baseURI);
  const answer = await fetch(page, { method: "HEAD" }).catch(() => null);
  if (!answer?.ok) return "";
  const { href } = new URL(`embed_${key}.html?${settings(section)}`, address);
  return snippet(href, title, address, HEIGHT);
}

/** All settings, including defaults: the defaults in a lesson may be others. @param {HTMLElement} section */
function settings(section) {
  const state = new URLSearchParams(section.dataset.state);
  return [...state].map(([name, value]) => `${viewKeyOf(section)}.${name}=${encodeURIComponent(value)}`).join("&");
}

/** @param {string} html @param {(place: Element, text: string) => void} copy */
function framePart(html, copy) {
  const heading = createElement("h3", {}, "In another page");
  if (!html) return [heading, createElement("p", {}, ...withCode(NO_FRAME))];
  const area = createElement("textarea", { readOnly: true, rows: 4, value: html });
  area.setAttribute("aria-label", "The HTML for another page");
  return [heading, area, tools(button("Copy the HTML", () => copy(area, html)))];
}
