// The chapter that is read is marked in the navigation. A chapter is its heading and all that follows up to the next.

import { all } from "./dom.js";

/** For a page with a navigation; one without (a lesson) has nothing to mark. */
export function markChapters() {
  const links = /** @type {HTMLAnchorElement[]} */ (all(document, "nav a"));
  /** @type {Map<Element, string>} */
  const chapterOf = new Map();
  let chapter = "";
  for (const block of document.querySelector("main")?.children ?? []) {
    chapter = block.querySelector(":scope > h2")?.id ?? chapter;
    if (chapter) chapterOf.set(block, chapter);
  }
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links) {
        if (decodeURIComponent(link.hash) === `#${chapterOf.get(entry.target)}`) {
          link.setAttribute("aria-current", "true");
          link.closest("ol")?.scrollTo({ left: link.offsetLeft - 40 });
        } else link.removeAttribute("aria-current");
      }
    }
  }, { rootMargin: "-45% 0px -50% 0px" });
  for (const block of chapterOf.keys()) seen.observe(block);
}
