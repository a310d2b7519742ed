// The reader's place: when the page is laid out for another width, what stood below the navigation stays there.

const NOTED_AFTER = 150; // milliseconds without scrolling
const HELD_FOR = 3000; // milliseconds, for charts are drawn again after the page is laid out
const PARTS = "header, .prose, section.view, .guess, .step";
const LINES = "h1, h2, h3, h4, p, li, tr, summary, fieldset, input";

let place = null; // the element, or which label of a chart (labels are made anew when it is drawn), and where it stood
let held = false;

// The first line below the navigation.
function note() {
  const { bottom } = document.querySelector("nav")?.getBoundingClientRect() ?? { bottom: 0 };
  const from = Math.max(0, bottom);
  const below = (element) => {
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.bottom > from;
  };
  const part = [...document.querySelectorAll(PARTS)].findLast((found) => below(found) && found.getBoundingClientRect().top <= from + 80);
  const line = part && [...part.querySelectorAll(LINES)].find((found) => below(found) && found.getBoundingClientRect().top >= from);
  if (!line) return (place = null);
  const labels = line.closest(".labels");
  const chart = labels?.parentElement;
  place = { line, chart, at: chart && [...labels.children].indexOf(line), top: line.getBoundingClientRect().top };
}

function restore() {
  const line = place.chart ? place.chart.querySelector(".labels")?.children[place.at] : place.line;
  if (line) window.scrollBy({ top: line.getBoundingClientRect().top - place.top, behavior: "instant" });
}

// To be called when a chart has been drawn.
export function holdPlace(chart) {
  if (held && place?.chart === chart) restore();
}

// For a page whose window scrolls.
export function startPlace() {
  let noting = 0;
  let holding = 0;
  let width = window.innerWidth;
  const noteSoon = () => {
    clearTimeout(noting);
    if (!held) noting = setTimeout(note, NOTED_AFTER);
  };
  const letGo = () => {
    clearTimeout(holding);
    held = false;
    noteSoon();
  };
  const resized = () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(noting);
    clearTimeout(holding);
    held = true;
    holding = setTimeout(letGo, HELD_FOR);
    if (place) restore();
  };
  window.addEventListener("scroll", noteSoon, { passive: true });
  window.addEventListener("resize", resized);
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"])
    window.addEventListener(kind, () => { if (held) letGo(); }, { passive: true, capture: true });
}
