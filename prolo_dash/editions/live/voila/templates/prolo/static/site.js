// Start of the page without a kernel: prepared states answer the controls, a server (if there is one) the rest.
import { markChapters, plotlyOfPage } from "./chapters.js";
import { openPack, packOf, prepared } from "./packs.js";
import { serverHost } from "./server.js";
import { usePlotly } from "./draw.js";
import { attach } from "./view.js";

const NOT_PREPARED = "This page has no live part, so it can’t show what is typed in. “prolo-dash serve” has one.";
const NOT_KNOWN = "A part of the link is not on offer here. The usual setting is shown.";
const RETRY_REST = 2000;
const REST_AFTER = 10000; // milliseconds until the packs of views that nobody came near are fetched too

const live = document.body.dataset.live === "true" ? serverHost() : null;

async function ask(view, params) {
  const ready = packOf(view) ?? (live ? null : await openPack(view));
  const found = ready && prepared(ready, view, params);
  if (found?.complete) return found.answer;
  if (live) return askLive(view, params, found);
  if (Object.entries(params).some(([name]) => isTyped(view, name))) throw new Error(NOT_PREPARED);
  return { ...found.answer, notice: NOT_KNOWN };
}

const isTyped = (view, name) => document.querySelector(`section[data-view="${view}"] input[type="text"][name="${name}"]`);

// A server that can't be reached leaves what is prepared.
async function askLive(view, params, found) {
  try {
    return await live.ask({ view, params });
  } catch (error) {
    const pack = found ? null : await openPack(view).catch(() => null);
    const late = pack && prepared(pack, view, params);
    if (late?.complete) return late.answer;
    throw error;
  }
}

// What follows the page, tried until it is there. A page in one file holds all of it.
async function whatFollows(address) {
  for (;;) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return answer.json();
    await new Promise((resolve) => { setTimeout(resolve, RETRY_REST); });
  }
}
const link = document.getElementById("rest");
const follows = link && whatFollows(link.href);

const host = {
  ownsAddress: true,
  rest: async (view) => (await follows)[view],
  ask,
  read: (view, file) => (live ? live.ask({ view, file }) : Promise.reject(new Error(NOT_PREPARED))),
  onceBack: live?.onceBack,
};
usePlotly(plotlyOfPage());
for (const chapter of document.querySelectorAll(".chapter")) attach(chapter, host);
markChapters();

// A view's states are fetched when the reader comes near, those of the rest once the page has been at rest for a while.
const fetchStates = (section) => openPack(section.dataset.view).then(
  () => { section.dataset.states = "ready"; }, () => { section.dataset.states = "missing"; });
const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) fetchStates(target);
}, { rootMargin: "50% 0px" });
const sections = [...document.querySelectorAll("section[data-view]")];
for (const section of sections) near.observe(section);
async function fetchRest() {
  for (const section of sections) await fetchStates(section);
  if (sections.some((section) => section.dataset.states !== "ready")) setTimeout(fetchRest, REST_AFTER);
}
if (!navigator.connection?.saveData) setTimeout(fetchRest, REST_AFTER);
