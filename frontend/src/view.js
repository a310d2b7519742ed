// One view of the explainer: native inputs in, a rendering out. It knows nothing of kernels:
// the host it is given answers ask(view, params) with a rendering, read(view, text) with what a file holds and rest(view)
// with what the page itself does not hold of a view; onceBack(retry, error), if it has it, says whether it will ask again
// after an error. It says, too, whether the page's address is its own.

import { copyLink, linkTo, readAddress, writeAddress } from "./address.js";
import { draw, drawSoon, onScreen, part, redrawOnChange, unpack } from "./draw.js";
import { beingTyped, finished, moves, readForm, startLoader, typed, writeForm } from "./form.js";
import { startShare } from "./share.js";
import { completeTable, csvOf, startTable } from "./table.js";

const TYPING = 350; // milliseconds without a key before what is typed is asked for
const NOTHING_KNOWN = { unavailable: [], problems: [] };

// New HTML for the parts of a view that it has HTML for.
function fill(section, fragments) {
  section.complete();
  for (const [role, html] of Object.entries(fragments)) {
    if (section.filled[role] === html) continue;
    section.filled[role] = html;
    const place = part(section, role);
    if (place) keepOpen(place, () => { place.innerHTML = html; });
  }
  if (!fragments.table) return;
  completeTable(part(section, "table"));
  section.tableChanged();
}

function show(section, answer, keeps) {
  section.follows = null;
  fill(section, answer.fragments);
  section.payload = answer;
  section.arrive = null;
  section.dataset.ready = "false";
  writeForm(part(section, "controls"), answer.state, answer, keeps);
  part(section, "notice").textContent = answer.notice || "";
  linkTo(section, answer.state);
  section.dataset.state = answer.state;
  return draw(section);
}

function keepOpen(place, change) {
  const open = place.querySelector("details")?.open;
  change();
  const details = place.querySelector("details");
  if (open && details) details.open = true;
}

const isSame = (params, state) => {
  const [one, other] = [new URLSearchParams(params), new URLSearchParams(state)];
  one.sort();
  other.sort();
  return one.toString() === other.toString();
};

// Latest wins: an answer to a question that has been overtaken is dropped.
async function request(section, host, params, how = "", keeps = undefined) {
  const token = (section.asking = (section.asking || 0) + 1);
  try {
    const answer = await host.ask(section.dataset.view, params);
    if (token !== section.asking) return;
    if (answer.error) throw Object.assign(new Error(answer.error), { refused: true });
    const drawn = show(section, answer, keeps);
    // Not before the chart is seen: browsers take their time to write an address.
    if (how && host.ownsAddress) onScreen().then(() => { if (token === section.asking) writeAddress(section, how, answer.state); });
    await drawn;
  } catch (error) {
    if (token !== section.asking) return;
    const isShown = !error.refused && isSame(params, section.dataset.state); // the reader took a change back
    part(section, "notice").textContent = isShown ? "" : error.message;
    const again = () => { if (token === section.asking) request(section, host, params, how, keeps); };
    // What waits for the network stays as the reader set it, in the address too, so that the next change builds on it.
    const waits = !isShown && !error.refused && host.onceBack?.(again, error);
    if (!waits) writeForm(part(section, "controls"), section.dataset.state, section.payload ?? NOTHING_KNOWN, isShown ? keeps : typed);
    if (how && (waits || isShown) && host.ownsAddress) writeAddress(section, how, params);
  }
}

function download(section) {
  section.complete();
  const table = part(section, "table").querySelector("table");
  if (!table) return;
  const cite = `"prolo_dash, ${section.dataset.view}, ${location.origin}${location.pathname}${part(section, "link").getAttribute("href")}"`;
  const file = new Blob([`${cite}\r\n${csvOf(table)}\r\n`], { type: "text/csv" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `prolo_dash_${section.dataset.view}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

// One view alone on paper. Folded parts are opened for any print (in attach), and folded again after it.
function print(section) {
  section.classList.add("printed");
  document.documentElement.classList.add("one-view");
  window.print();
  document.documentElement.classList.remove("one-view");
  section.classList.remove("printed");
}

// What is folded away and what follows the page are put in when they are wanted, or when the chart stands.
function complete(section) {
  section.complete = () => {};
  section.isComplete = true;
  section.arrive?.();
  unpack(section);
  section.tableChanged = startTable(section);
  if (section.follows) fill(section, section.follows);
}

// What the page holds of a view in its first state, and how what follows it arrives, asked for once; an answer that came
// sooner stays.
function begin(section, form, host) {
  const inside = part(section, "payload");
  section.payload = inside && JSON.parse(inside.textContent);
  writeForm(form, section.dataset.state, section.payload ?? NOTHING_KNOWN);
  if (inside) return null;
  let arrived = null;
  return () => (arrived ??= host.rest(section.dataset.view).then((follows) => {
    if (section.payload) return;
    section.payload = follows;
    section.follows = follows.fragments;
    if (section.isComplete) fill(section, section.follows);
    writeForm(form, section.dataset.state, follows, typed);
  }));
}

// The settings that a view came with on this page, and what is wanted instead.
const asCame = (section, wanted) => ({ ...Object.fromEntries(new URLSearchParams(section.dataset.default)), ...wanted });

// The controls follow the address at once, for the answer may have to wait.
function goTo(section, host, params) {
  writeForm(part(section, "controls"), params, section.payload ?? NOTHING_KNOWN);
  request(section, host, params);
}

function start(section, host, darkMap) {
  const form = part(section, "controls");
  section.darkMap = darkMap;
  section.filled = {};
  section.complete = () => complete(section);
  section.arrive = begin(section, form, host);
  section.addEventListener("click", ({ target }) => { if (target.closest("summary")) section.complete(); }, { capture: true });
  // The back button leads past a slider's or a word's small steps to where it stood before.
  const ask = (field) => {
    const name = field.dataset.twin ?? field.name;
    const how = moves(field) && section.moved === name ? "replaceState" : "pushState";
    section.moved = name;
    request(section, host, readForm(form), how, beingTyped);
  };
  let typing = 0;
  form.addEventListener("input", ({ target }) => {
    const { twin } = target.dataset;
    if (twin && !finished(target)) return;
    if (twin) form.elements[twin].value = target.value;
    clearTimeout(typing);
    if (target.type === "text") typing = setTimeout(ask, TYPING, target);
    else ask(target);
  });
  // A number that was left unfinished becomes the nearest step that the slider has.
  form.addEventListener("change", (event) => {
    const { twin } = event.target.dataset;
    if (!twin || finished(event.target)) return;
    if (event.target.value) form.elements[twin].value = event.target.value;
    event.target.value = form.elements[twin].value;
    ask(event.target);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  part(section, "download").addEventListener("click", () => download(section));
  part(section, "print").addEventListener("click", () => print(section));
  part(section, "link").addEventListener("click", (event) => copyLink(event, section));
  startShare(section, host);
  startLoader(section, (text) => host.read(section.dataset.view, text), (params) => {
    section.moved = "";
    request(section, host, params, "pushState");
  });
  const wanted = host.ownsAddress ? readAddress(section) : {};
  if (Object.keys(wanted).length) goTo(section, host, asCame(section, wanted));
}

// Links lead into the table of words, so it has to be there.
function completeGlossary() {
  for (const section of document.querySelectorAll("section.reference")) section.complete?.();
}

// Take over the sections of one chapter; returns a function that lets go of them.
export function attach(root, host) {
  const sections = [...root.querySelectorAll("section[data-view]")];
  const darkMap = JSON.parse(root.dataset.dark);
  const back = () => sections.forEach((section) => {
    const params = asCame(section, readAddress(section));
    if (!isSame(params, readForm(part(section, "controls")))) goTo(section, host, params);
    section.moved = "";
  });
  sections.forEach((section) => start(section, host, darkMap));
  root.addEventListener("click", ({ target }) => { if (target.closest("a.term")) completeGlossary(); });
  if (location.hash.startsWith("#term-")) completeGlossary();
  drawSoon(sections);
  if (host.ownsAddress) window.addEventListener("popstate", back);
  const letGo = redrawOnChange(root);
  return () => {
    letGo();
    window.removeEventListener("popstate", back);
  };
}
