// The reader's place: when the page is laid out for another width, what stood below the navigation stays there.

import { all } from "./dom.js";
import { last } from "./find_last.js";

const NOTED_AFTER = 150; // milliseconds without scrolling
const HELD_FOR = 3000; // milliseconds, for charts are drawn again after the page is laid out
const PARTS = "header, .prose, section.view, .guess, .step";
const LINES = "h1, h2, h3, h4, p, li, tr, summary, fieldset, input";

/**
 * A line of the page, and where it stood. Labels of a chart are made anew when it is drawn, so of those it is known which
 * one it was.
 * @typedef {{ line: Element, chart: HTMLElement | null, at: number, top: number }} Place
 */

/** @type {Place | null} */
let place = null;
let isHeld = false;

/** The first line below the navigation. @returns {Place | null} */
function lineBelow() {
  const { bottom } = document.querySelector("nav")?.getBoundingClientRect() ?? { bottom: 0 };
  const from = Math.max(0, bottom);
  const isBelow = (/** @type {Element} */ element) => {
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.bottom > from;
  };
  const part = last(all(document, PARTS), (found) => isBelow(found) && found.getBoundingClientRect().top <= from + 80);
  const line = part && all(part, LINES).find((found) => isBelow(found) && found.getBoundingClientRect().top >= from);
  if (!line) return null;
  const labels = line.closest(".labels");
  const at = labels ? [...labels.children].indexOf(line) : -1;
  return { line, chart: labels?.parentElement ?? null, at, top: line.getBoundingClientRect().top };
}

/** @param {Place} noted */
function restore({ line, chart, at, top }) {
  const now = chart ? chart.querySelector(".labels")?.children[at] : line;
  if (now) window.scrollBy({ top: now.getBoundingClientRect().top - top, behavior: "instant" });
}

/** To be called when a chart has been drawn. @param {HTMLElement} chart */
export function holdPlace(chart) {
  if (isHeld && place?.chart === chart) restore(place);
}

/** For a page whose window scrolls. */
export function startPlace() {
  let noting = 0;
  let holding = 0;
  let width = window.innerWidth;
  const noteSoon = () => {
    clearTimeout(noting);
    if (!isHeld) noting = window.setTimeout(() => { place = lineBelow(); }, NOTED_AFTER);
  };
  const letGo = () => {
    clearTimeout(holding);
    isHeld = false;
    noteSoon();
  };
  const resized = () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(noting);
    clearTimeout(holding);
    isHeld = true;
    holding = window.setTimeout(letGo, HELD_FOR);
    if (place) restore(place);
  };
  window.addEventListener("scroll", noteSoon, { passive: true });
  window.addEventListener("resize", resized);
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"])
    window.addEventListener(kind, () => { if (isHeld) letGo(); }, { passive: true, capture: true });
}
