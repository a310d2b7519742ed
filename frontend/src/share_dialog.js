// The dialog "Share this view": the link to the present state, to copy, and as a QR code that a class can scan from afar.
// The library for QR codes is loaded when the first dialog opens.

import { linkIn } from "./address.js";
import { closeButton, copied, openDialog, statusLine } from "./dialog.js";
import { createElement } from "./dom.js";
import { importModule, pageConfig } from "./page_config.js";

/** @typedef {import("./types.js").Host} Host */

const PIXEL_RATIO = 16; // pixels of each module of the code, so that it stays sharp when it is shown large
const NO_FILE = "The QR code can’t be drawn: the file that draws it could not be loaded. The link works without it.";
const TOO_LONG = "This link is too long for a QR code. It works all the same.";
const NOTEBOOK = "In a notebook the link leads to the notebook, not to these settings. `prolo-dash serve --class` shows the page with links that keep them.";
const A_FILE = "This page is a file on this computer, so the link works on this computer only. Pupils need the file too.";
const THIS_COMPUTER = "This link works on this computer only. `prolo-dash serve --class` makes links for others in your network.";
const COPIED = "The link has been copied.";
const NOT_COPIED = "The browser does not allow copying here. The link is marked: press Ctrl and C, or Cmd and C on a Mac.";

/** @param {URL | Location} place */
const isLocal = ({ hostname }) => /^(localhost|127\..*|\[::1\]|0\.0\.0\.0)$/.test(hostname);

/**
 * The link to a view. On localhost, the address for the class replaces the page's own.
 * @param {HTMLElement} section
 */
export function linkOf(section) {
  const { address } = pageConfig();
  const base = address && isLocal(location) ? address : document.baseURI;
  return new URL(linkIn(section).getAttribute("href") ?? "", base);
}

/** A sentence about where a link does not work; empty if it works everywhere. @param {URL} link @param {Host} host */
export function linkLimits(link, host) {
  if (!host.ownsAddress) return NOTEBOOK;
  if (link.protocol === "file:") return A_FILE;
  return isLocal(link) ? THIS_COMPUTER : "";
}

/** Text with the parts between backticks as code. @param {string} text */
export const withCode = (text) => text.split("`").map((piece, i) => (i % 2 ? createElement("code", {}, piece) : piece));

/** @returns {Promise<QrModule | undefined>} */
const qrOfPage = () => importModule(pageConfig().qr).catch(() => undefined);

/** @param {HTMLElement} place @param {URL} link @param {Host} host */
async function drawCode(place, link, host) {
  const lean = await (host.qr ?? qrOfPage)();
  if (!lean) {
    place.replaceChildren(NO_FILE);
    return;
  }
  try {
    // Dark on light in the dark theme, too: not every phone reads inverted codes.
    const src = lean.generate(link.href).toDataURL({ on: [0, 0, 0], off: [255, 255, 255], scale: PIXEL_RATIO });
    place.replaceChildren(createElement("img", { src, alt: link.href }));
  } catch {
    place.replaceChildren(TOO_LONG);
  }
}

/**
 * Opens the dialog of a view.
 * @param {HTMLElement} section @param {Host} host
 */
export function openShare(section, host) {
  const link = linkOf(section);
  const anchor = createElement("a", { href: link.href }, link.href);
  const code = createElement("div", { className: "code" });
  const status = statusLine();
  const copyButton = createElement("button", { type: "button", autofocus: true }, "Copy the link");
  copyButton.addEventListener("click", async () => { status.textContent = await copied(anchor, link.href) ? COPIED : NOT_COPIED; });
  openDialog("Share this view", section, [
    createElement("p", {}, anchor), createElement("p", { className: "notice" }, ...withCode(linkLimits(link, host))),
    createElement("p", { className: "tools" }, copyButton, closeButton()), status,
  ], code);
  if (link.protocol !== "file:") drawCode(code, link, host); // no phone can open a file of this computer
}
