// Draws each chart as an SVG as wide as the paper, one after another, and then removes the scripts: what remains is a page that
// prints the same everywhere.
async function draw(place) {
  const figure = JSON.parse(place.querySelector("script").textContent);
  figure.layout.font = { family: getComputedStyle(document.body).fontFamily };
  const size = { width: Number(document.body.dataset.chartWidth), height: figure.layout.height };
  const picture = await Plotly.toImage(figure, { ...size, format: "svg", imageDataOnly: true });
  place.innerHTML = picture;
  const svg = place.firstElementChild;
  svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
}

(async () => {
  for (const place of document.querySelectorAll("figure")) await draw(place);
  for (const script of document.querySelectorAll("script")) script.remove();
  document.documentElement.dataset.ready = "true";
})();
