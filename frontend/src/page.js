// Start of the page that Voilà serves: every chapter in it is taken over as soon as it is there.
import { markChapters, plotlyOfPage } from "./chapters.js";
import { usePlotly } from "./draw.js";
import { kernelHost } from "./kernel.js";
import { chaptersIn, startPredictions } from "./predict.js";
import { startPlace } from "./place.js";
import { startPresenting } from "./present.js";
import { attach } from "./view.js";

const { base, kernel } = document.body.dataset;
usePlotly(plotlyOfPage());
const host = kernelHost(base, kernel);
function attachChapters(block) {
  for (const chapter of chaptersIn(block)) attach(chapter, host(chapter.closest("[data-comm]").dataset.comm));
}
attachChapters(document.body);
startPredictions(document.body, attachChapters);
markChapters();
startPresenting();
startPlace();
