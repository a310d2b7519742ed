// Marks the current chapter in the navigation. A chapter is a heading and everything up to the next heading.

import { queryAll } from "./dom.js";
import { findLast } from "./find_last.js";

/** A hash as text. @param {string} text */
export function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is not an escape sequence
  }
}

/**
 * Whether a link's hash leads to an id. nbconvert percent-encodes ids, the template does not.
 * @param {string} hash @param {string} id
 */
export const leadsTo = (hash, id) => decoded(hash.slice(1)) === decoded(id);

/**
 * The chapters of the page: the id, name and blocks of each.
 * @returns {{ id: string, name: string, blocks: Element[] }[]}
 */
export function chaptersOfPage() {
  /** @type {{ id: string, name: string, blocks: Element[] }[]} */
  const chapters = [];
  for (const block of document.querySelector("main")?.children ?? []) {
    const heading = block.querySelector(":scope > h2");
    if (heading) chapters.push({ id: heading.id, name: (heading.textContent ?? "").replace("¶", "").trim(), blocks: [] });
    findLast(chapters)?.blocks.push(block);
  }
  return chapters;
}

/** For a page with a navigation; one without (a lesson) has nothing to mark. */
export function markChapters() {
  const links = /** @type {HTMLAnchorElement[]} */ (queryAll(document, "nav a"));
  const chapterOf = new Map(chaptersOfPage().flatMap(({ id, blocks }) => blocks.map((block) => [block, id])));
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      for (const link of links) {
        if (leadsTo(link.hash, chapterOf.get(target) ?? "")) {
          link.setAttribute("aria-current", "true");
          link.closest("ol")?.scrollTo({ left: link.offsetLeft - 40 });
        } else link.removeAttribute("aria-current");
      }
    }
  }, { rootMargin: "-45% 0px -50% 0px" });
  for (const block of chapterOf.keys()) seen.observe(block);
}
