// The chapter that is read is marked in the navigation. A chapter is its heading and all that follows up to the next.
export function markChapters() {
  const links = [...document.querySelectorAll("nav a")];
  const chapterOf = new Map();
  let chapter = "";
  for (const block of document.querySelector("main").children) {
    chapter = block.querySelector(":scope > h2")?.id ?? chapter;
    if (chapter) chapterOf.set(block, chapter);
  }
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links) {
        if (decodeURIComponent(link.hash) === `#${chapterOf.get(entry.target)}`) {
          link.setAttribute("aria-current", "true");
          link.closest("ol").scrollTo({ left: link.offsetLeft - 40 });
        } else link.removeAttribute("aria-current");
      }
    }
  }, { rootMargin: "-45% 0px -50% 0px" });
  for (const block of chapterOf.keys()) seen.observe(block);
}

// plotly.js is one static file, loaded while the page can be read already; the page tries again until it is there.
export function plotlyOfPage() {
  return new Promise((resolve) => {
    const look = () => { if (window.Plotly) resolve(window.Plotly); };
    document.addEventListener("load", look, { capture: true }); // of any script: a lost one is replaced
    look();
  });
}
