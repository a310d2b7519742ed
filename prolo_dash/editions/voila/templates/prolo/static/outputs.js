// Figures that a notebook made with plotly itself, drawn by the page's own plotly.js.
const CONFIG = { displaylogo: false, showSendToCloud: false, responsive: true };
const NOT_KNOWN = "This chart is of a kind that this page can’t draw.";

async function draw(place) {
  const { data, layout, config } = JSON.parse(place.querySelector("script").textContent);
  if (data.some(({ type = "scatter" }) => !(type in window.Plotly.PlotSchema.get().traces))) {
    place.textContent = NOT_KNOWN;
    return;
  }
  const chart = document.createElement("div");
  place.append(chart);
  await window.Plotly.newPlot(chart, data, layout, { ...config, ...CONFIG });
}

function drawAll() {
  if (!window.Plotly) return false;
  for (const place of document.querySelectorAll(".output.figure")) draw(place);
  return true;
}

// plotly.js comes on its own: the page may be read before it is there.
if (!drawAll()) {
  const look = () => { if (drawAll()) document.removeEventListener("load", look, true); };
  document.addEventListener("load", look, true);
}
