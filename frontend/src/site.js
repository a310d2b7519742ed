// Start of the page without a kernel: prepared states answer the controls, a server (if there is one) the rest.
import { markChapters, plotlyOfPage } from "./chapters.js";
import { openPack, packOf, prepared } from "./packs.js";
import { startPlace } from "./place.js";
import { chaptersIn, startPredictions } from "./predict.js";
import { startPresenting } from "./present.js";
import { serverHost } from "./server.js";
import { allDrawn, quiet, usePlotly } from "./draw.js";
import { attach } from "./view.js";

const NOT_PREPARED = "This copy of the page can’t work out what is typed in. The page of “prolo-dash serve” can.";
const NOT_KNOWN = "A part of the link is not on offer here. The usual setting is shown.";
const NOT_COME = "This setting has not come with the page yet and can’t be fetched now. It is tried again by itself.";
const RETRY = 2000;
const RETRY_STATES = 10000;
const AT_FIRST = 2; // views whose states come without being asked for: they fit into the 700 kB of a first visit
const OPEN_FOR = 20000; // milliseconds that a page is open until the states of all views are fetched

const live = document.body.dataset.live === "true" ? serverHost() : null;

async function ask(view, params) {
  if (!live && isTyped(view, params)) throw new Error(NOT_PREPARED);
  const ready = packOf(view) ?? (live ? null : await openPack(view).catch(() => { throw new Error(NOT_COME); }));
  const found = ready && prepared(ready, view, params);
  if (found?.complete) return found.answer;
  return live ? askLive(view, params, found) : { ...found.answer, notice: NOT_KNOWN };
}

function isTyped(view, params) {
  const fields = [...document.querySelectorAll(`section[data-view="${view}"] input[type="text"]`)];
  return fields.some(({ name, defaultValue }) => (params[name] ?? defaultValue) !== defaultValue);
}

// A server that can't be reached leaves what is prepared, and what it answers once is prepared the next time.
async function askLive(view, params, found) {
  try {
    return await live.ask({ view, params });
  } catch (error) {
    const pack = found ? null : await openPack(view).catch(() => null);
    const late = pack && prepared(pack, view, params);
    if (late?.complete) return late.answer;
    throw error;
  } finally {
    openPack(view).catch(() => {});
  }
}

// What follows a chapter, tried until it is there. A page in one file holds all of it.
async function whatFollows(address) {
  for (;;) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return answer.json();
    await new Promise((resolve) => { setTimeout(resolve, RETRY); });
  }
}
const addressOfRest = JSON.parse(document.getElementById("rest")?.textContent ?? "{}"); // by view
const following = new Map(); // address -> the promise of what is there
function rest(view) {
  const address = addressOfRest[view];
  if (!following.has(address)) following.set(address, whatFollows(address));
  return following.get(address).then((follows) => follows[view]);
}

const host = {
  ownsAddress: true,
  rest,
  ask,
  read: (view, file) => (live ? live.ask({ view, file }) : Promise.reject(new Error(NOT_PREPARED))),
  onceBack: live?.onceBack ?? ((retry, { message }) => message === NOT_COME && setTimeout(retry, RETRY)),
};
// Who is to type something in should know before that nobody is there to work it out.
function markTyped(chapter) {
  for (const form of chapter.querySelectorAll("form:has(input[type=text])")) {
    const said = document.createElement("p");
    said.className = "notice";
    said.textContent = NOT_PREPARED;
    form.before(said);
  }
}

usePlotly(plotlyOfPage());
const sections = [];
function attachChapters(block) {
  for (const chapter of chaptersIn(block)) {
    if (!live) markTyped(chapter);
    attach(chapter, host);
    for (const section of chapter.querySelectorAll("section[data-view]")) {
      sections.push(section);
      near.observe(section);
    }
  }
}

// A view's states are fetched when the reader comes near. Those of the first views come when all charts stand, and all
// others once the page is used, or has been open a while: then it does not need its server any more.
const isReady = (section) => section.dataset.states === "ready";
async function fetchStates(section) {
  section.dataset.states = await openPack(section.dataset.view).then(() => "ready", () => "missing");
  document.documentElement.dataset.states = sections.every(isReady) ? "all" : "some";
}
async function fetchAll() {
  for (const section of sections) {
    await quiet();
    await fetchStates(section);
  }
  if (!sections.every(isReady)) setTimeout(fetchAll, RETRY_STATES);
}
const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) fetchStates(target);
}, { rootMargin: "50% 0px" });
const used = new Promise((resolve) => {
  for (const kind of ["scroll", "pointerdown", "keydown"]) document.addEventListener(kind, resolve, { passive: true, once: true });
  setTimeout(resolve, OPEN_FOR);
});

attachChapters(document.body);
startPredictions(document.body, attachChapters);
markChapters();
startPresenting();
startPlace();
if (!navigator.connection?.saveData) {
  await allDrawn();
  for (const section of sections.slice(0, AT_FIRST)) await fetchStates(section);
  await used;
  fetchAll();
}
