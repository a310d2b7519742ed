// A chart on a screen of the presenting mode: as large as the screen allows, and cut between its rows into parts when it is
// taller. A part without the axis that its rows are read from gets a copy of that axis at its foot. Positions are pixels of
// the chart itself, before it is enlarged.

import { draw, part } from "./draw.js";

const LETTERS = 24 / 14; // what charts are enlarged by at least: their letters are 14 px
const BLANK = 9; // pixels at the foot of a chart that hold nothing, if no axis is there

const hasChain = (section) => part(section, "chain").childElementCount > 0;
const screensOf = (section) => section.cuts.length + (hasChain(section) ? 1 : 0);

// Lays a view's chart out for the screen; how many parts it takes. The chain of a view comes before its chart.
export async function lay(section, larger) {
  const figure = section.querySelector("figure");
  section.classList.remove("chained");
  const zoom = LETTERS * larger;
  const { clientWidth: width, clientHeight: height } = figure;
  section.room = { width: width / zoom, height: height / zoom, zoom };
  await draw(section);
  const ruler = rulerOf(section);
  section.axes = axesOf(ruler);
  section.cuts = cutsOf(section, ruler);
  return screensOf(section);
}

// Measures things of the chart from its upper edge.
function rulerOf(section) {
  const chart = part(section, "chart");
  const { top, height } = chart.getBoundingClientRect();
  const { zoom } = section.room;
  const span = (element) => {
    const box = element.getBoundingClientRect();
    return { top: (box.top - top) / zoom, bottom: (box.bottom - top) / zoom };
  };
  return { height: height / zoom, spans: (selector) => [...chart.querySelectorAll(selector)].map((found) => ({ ...span(found), found })) };
}

// The axes at the feet of the panels: what their numbers and titles take up, from the first panel to the last.
function axesOf({ spans }) {
  const axes = [];
  const words = spans("[class^=x][class*=tick], [class^=x][class*=title]").filter(({ top, bottom }) => bottom > top);
  for (const { top, bottom } of words.sort((a, b) => a.top - b.top)) {
    const last = axes.at(-1);
    if (last && top < last.bottom + 10) last.bottom = Math.max(last.bottom, bottom);
    else axes.push({ top, bottom });
  }
  return axes.map(({ top, bottom }) => ({ top: top - 2, bottom: bottom + 2 }));
}

// Above the label of a row, into parts of about the same height.
function cutsOf(section, ruler) {
  const { height } = section.room;
  const whole = Math.max(0, ruler.height - BLANK, section.axes.at(-1)?.bottom ?? 0);
  const foot = Math.max(0, ...section.axes.map(({ top, bottom }) => bottom - top));
  const labels = ruler.spans(".labels > p, .annotation")
    .map(({ top, found }) => ({ top: top - 2, heads: found.matches(".heading") }))
    .sort((a, b) => a.top - b.top);
  section.rows = labels.filter(({ heads }) => !heads).map(({ top }) => top);
  const rows = labels.filter((_, i) => !labels[i - 1]?.heads).map(({ top }) => top); // a heading stays with its first row
  let cuts = cutBy(height, foot, whole, rows);
  for (let less = height * 0.96; cuts.length > 1; less *= 0.96) {
    const fewer = cutBy(less, foot, whole, rows);
    if (fewer.length > cuts.length) break;
    cuts = fewer;
  }
  return cuts;
}

function cutBy(height, foot, whole, rows) {
  const cuts = [];
  for (let from = 0; whole - from > 4 || !cuts.length;) {
    const most = from + height - foot;
    const end = from + height >= whole ? whole : rows.findLast((row) => row > from + 20 && row <= most) ?? most;
    cuts.push([from, end]);
    from = end;
  }
  return cuts;
}

export function showPart(section, at) {
  const chained = hasChain(section) && at === 0;
  section.classList.toggle("chained", chained);
  const cut = section.cuts[Math.max(0, at - (hasChain(section) ? 1 : 0))];
  const chart = part(section, "chart");
  setWindow(chart, cut, -cut[0]);
  section.querySelector(".axis-copy")?.remove();
  const lastRow = section.rows.findLast((row) => row < cut[1] - 1) ?? 0;
  const axis = section.axes.find(({ top }) => top > lastRow);
  if (!axis || axis.bottom <= cut[1] + 1 || section.cuts.length < 2) return; // its own axis is in this part already
  const copy = document.createElement("div");
  copy.className = "axis-copy";
  copy.setAttribute("aria-hidden", "true");
  copy.style.zoom = section.room.zoom;
  copy.append(chart.firstElementChild.cloneNode(true));
  setWindow(copy, [axis.top, axis.bottom], cut[1] - cut[0] - axis.top);
  chart.after(copy);
}

function setWindow(element, [from, end], shift) {
  element.style.marginTop = `${shift}px`;
  element.style.clipPath = `inset(${from}px 0 calc(100% - ${end}px) 0)`;
}

// The view as it stands in the page.
export function putBack(section) {
  if (!section.room) return;
  section.room = null;
  section.classList.remove("chained", "setting");
  section.querySelector(".axis-copy")?.remove();
  part(section, "chart").removeAttribute("style");
  draw(section);
}
