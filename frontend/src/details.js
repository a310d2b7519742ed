// Collapsed parts of a view (<details>).

import { queryAll } from "./dom.js";

/** Summaries and tools have the same names in every view, so the view's question describes each of them. @param {HTMLElement} section */
export function describe(section) {
  const question = section.getAttribute("aria-labelledby") ?? "";
  for (const named of queryAll(section, ".more > details > summary, .tools > *")) named.setAttribute("aria-describedby", question);
}

/** Turns the collapsed content, kept as text in noscript (see view.html.j2), into elements. @param {HTMLElement} section */
export function unpack(section) {
  for (const folded of section.querySelectorAll("[data-role] > noscript"))
    if (folded.parentElement) folded.parentElement.innerHTML = folded.textContent ?? "";
}

/** Replaces the HTML of an element; its <details> stays open if it was. @param {HTMLElement} place @param {string} html */
export function replaceKeepingOpen(place, html) {
  const isOpen = place.querySelector("details")?.open;
  place.innerHTML = html;
  const details = place.querySelector("details");
  if (isOpen && details) details.open = true;
}
