// Parts of a view that are folded away.

import { queryAll } from "./dom.js";

/** Folds and tools have the same names in every view, so each is described by the view's question. @param {HTMLElement} section */
export function describe(section) {
  const question = section.getAttribute("aria-labelledby") ?? "";
  for (const named of queryAll(section, ".more > details > summary, .tools > *")) named.setAttribute("aria-describedby", question);
}

/** What is folded away (see view.html.j2) becomes a part of the page. @param {HTMLElement} section */
export function unpack(section) {
  for (const folded of section.querySelectorAll("[data-role] > noscript"))
    if (folded.parentElement) folded.parentElement.innerHTML = folded.textContent ?? "";
}

/** New HTML for a place, whose fold stays open if it is. @param {HTMLElement} place @param {string} html */
export function replaceKeepingOpen(place, html) {
  const isOpen = place.querySelector("details")?.open;
  place.innerHTML = html;
  const details = place.querySelector("details");
  if (isOpen && details) details.open = true;
}
