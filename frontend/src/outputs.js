// Draws a notebook's own Plotly figures with the page's plotly.js. A separate script, because few pages have such figures.

import { createElement, queryAll } from "./dom.js";
import { plotlyOfPage } from "./plotly.js";

const CONFIG = { displaylogo: false, showSendToCloud: false, responsive: true };
const NOT_KNOWN = "This chart is of a kind that this page can’t draw.";

/** @param {PlotlyModule} Plotly @param {HTMLElement} place */
async function draw(Plotly, place) {
  const { data, layout, config } = JSON.parse(place.querySelector("script")?.textContent ?? "");
  const known = Plotly.PlotSchema.get().traces;
  if (data.some((/** @type {{ type?: string }} */ { type = "scatter" }) => !(type in known))) {
    place.textContent = NOT_KNOWN;
    return;
  }
  const chart = createElement("div", {});
  place.append(chart);
  await Plotly.newPlot(chart, data, layout, { ...config, ...CONFIG });
}

plotlyOfPage().then((Plotly) => { for (const place of queryAll(document, ".output.figure")) draw(Plotly, place); });
