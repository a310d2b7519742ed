// Start of the page that Voilà serves: every chapter in it is taken over as soon as it is there.
import { markChapters, plotlyOfPage } from "./chapters.js";
import { usePlotly } from "./draw.js";
import { kernelHost } from "./kernel.js";
import { attach } from "./view.js";

const { base, kernel } = document.body.dataset;
usePlotly(plotlyOfPage());
const host = kernelHost(base, kernel);
for (const live of document.querySelectorAll("[data-comm]")) attach(live.querySelector(".chapter"), host(live.dataset.comm));
markChapters();
