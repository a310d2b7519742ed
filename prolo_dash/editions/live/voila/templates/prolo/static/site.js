// Start of the page without a kernel: prepared states answer the controls, a server (if there is one) the rest.
import { markChapters, plotlyOfPage } from "./chapters.js";
import { openPack, packOf, prepared } from "./packs.js";
import { chaptersIn, startPredictions } from "./predict.js";
import { startPresenting } from "./present.js";
import { serverHost } from "./server.js";
import { usePlotly } from "./draw.js";
import { attach } from "./view.js";

const NOT_PREPARED = "This copy of the page can’t work out what is typed in. The page of “prolo-dash serve” can.";
const NOT_KNOWN = "A part of the link is not on offer here. The usual setting is shown.";
const RETRY_REST = 2000;
const REST_AFTER = 10000; // milliseconds of use until the packs of views that nobody came near are fetched too

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
    await new Promise((resolve) => { setTimeout(resolve, RETRY_REST); });
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
  onceBack: live?.onceBack,
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

// A view's states are fetched when the reader comes near, those of the rest while the page is used: a page that was only
// opened stays small, and one that is used does not need its server.
const fetchStates = (section) => openPack(section.dataset.view).then(
  () => { section.dataset.states = "ready"; }, () => { section.dataset.states = "missing"; });
const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) fetchStates(target);
}, { rootMargin: "50% 0px" });
attachChapters(document.body);
startPredictions(document.body, attachChapters);
markChapters();
startPresenting();
async function fetchRest() {
  for (const section of sections) await fetchStates(section);
  if (sections.some((section) => section.dataset.states !== "ready")) setTimeout(fetchRest, REST_AFTER);
}
const unused = new AbortController();
const used = () => {
  unused.abort();
  setTimeout(fetchRest, REST_AFTER);
};
if (!navigator.connection?.saveData)
  for (const kind of ["scroll", "pointerdown", "keydown"]) document.addEventListener(kind, used, { passive: true, signal: unused.signal });
