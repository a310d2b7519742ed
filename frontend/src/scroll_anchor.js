// Scroll anchoring: when the page is laid out for another width, the line below the navigation stays there.

import { queryAll } from "./dom.js";
import { findLast } from "./find_last.js";

const SCROLL_END_AFTER = 150; // milliseconds without scrolling
const RESTORE_FOR = 3000; // milliseconds, because charts are redrawn after the page is laid out
const PARTS = "header, .prose, section.view, .guess, .step";
const LINES = "h1, h2, h3, h4, p, li, tr, summary, fieldset, input";

/**
 * A line of the page and its position. The labels of a chart are recreated when it is drawn, so a label is known by its
 * index `at` in the chart.
 * @typedef {{ line: Element, chart: HTMLElement | null, at: number, top: number }} Place
 */

/** @type {Place | null} */
let anchor = null;
let isRestoring = false;

/** The first line below the navigation. @returns {Place | null} */
function topmostLine() {
  const { bottom } = document.querySelector("nav")?.getBoundingClientRect() ?? { bottom: 0 };
  const from = Math.max(0, bottom);
  const isBelow = (/** @type {Element} */ element) => {
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.bottom > from;
  };
  const part = findLast(queryAll(document, PARTS), (found) => isBelow(found) && found.getBoundingClientRect().top <= from + 80);
  const line = part && queryAll(part, LINES).find((found) => isBelow(found) && found.getBoundingClientRect().top >= from);
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

/** Call this when a chart has been drawn. @param {HTMLElement} chart */
export function restoreScroll(chart) {
  if (isRestoring && anchor?.chart === chart) restore(anchor);
}

/** Starts scroll anchoring; for pages whose window scrolls. */
export function startScrollAnchor() {
  let noting = 0;
  let holding = 0;
  let width = window.innerWidth;
  const noteAfterScroll = () => {
    clearTimeout(noting);
    if (!isRestoring) noting = window.setTimeout(() => { anchor = topmostLine(); }, SCROLL_END_AFTER);
  };
  const release = () => {
    clearTimeout(holding);
    isRestoring = false;
    noteAfterScroll();
  };
  const resized = () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(noting);
    clearTimeout(holding);
    isRestoring = true;
    holding = window.setTimeout(release, RESTORE_FOR);
    if (anchor) restore(anchor);
  };
  window.addEventListener("scroll", noteAfterScroll, { passive: true });
  window.addEventListener("resize", resized);
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"])
    window.addEventListener(kind, () => { if (isRestoring) release(); }, { passive: true, capture: true });
}
