// One view of the explainer: native inputs in, a rendering out. It knows nothing of kernels:
// the host it is given answers ask(view, params) with a rendering and read(view, text) with what a file holds, and says
// whether the page's address is its own.

import { beingTyped, finished, moves, readForm, startLoader, typed, writeForm } from "./form.js";
import { completeTable, csvOf, startTable } from "./table.js";

const PAPER = 660; // the width of a chart on A4 or Letter
const NARROW = 600; // the width of a view, as in page.css
const TYPING = 350; // milliseconds without a key before what is typed is asked for
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const CONFIG = { displayModeBar: false, displaylogo: false, showSendToCloud: false, responsive: false, scrollZoom: false };

const part = (section, role) => section.querySelector(`[data-role="${role}"]`);

// Plotly is one static file of the page. Where there is none (a notebook), the charts stay out and the tables remain.
let plotly = Promise.resolve(null);
export function usePlotly(promise) { plotly = promise; }

function recolour(figure, map) {
  if (!dark.matches) return figure;
  const text = JSON.stringify(figure).replace(/#[0-9a-f]{6}/g, (hex) => map[hex] || hex);
  return JSON.parse(text);
}

function fitted(figure, width) {
  if (width >= NARROW) return { data: figure.data, layout: { ...figure.layout } };
  const layout = { ...figure.layout };
  for (const [key, value] of Object.entries(figure.narrow)) {
    if (key === "annotations") layout.annotations = layout.annotations.map((a, i) => ({ ...a, ...value[i] }));
    else layout[key] = value;
  }
  return { data: figure.data.map((trace, i) => ({ ...trace, ...figure.narrow_data[i] })), layout };
}

async function draw(section, most = Infinity) {
  const chart = part(section, "chart");
  const { figure } = section.payload;
  const token = (section.drawing = (section.drawing || 0) + 1);
  chart.style.setProperty("--wide", `${figure.layout.height}px`);
  chart.style.setProperty("--narrow", `${figure.narrow.height}px`);
  const Plotly = await plotly;
  if (!Plotly || token !== section.drawing) return;
  if (figure.data.length === 0) Plotly.purge(chart);
  else {
    const width = Math.min(chart.clientWidth, most);
    const { data, layout } = fitted(recolour(figure, section.darkMap), width);
    // Bars that count repeats rise (page.css), for readers who like motion. Plotly's own transition leaves them still.
    chart.classList.remove("rise");
    await Plotly.react(chart, data, { ...layout, width }, CONFIG);
    if (layout.transition) chart.classList.add("rise");
  }
  if (token === section.drawing) section.dataset.ready = "true";
}

function show(section, answer, keeps) {
  for (const [role, html] of Object.entries(answer.fragments)) {
    const place = part(section, role);
    if (place && place.innerHTML !== html) keepOpen(place, () => { place.innerHTML = html; });
  }
  completeTable(part(section, "table"));
  section.tableChanged();
  section.payload = { figure: answer.figure, unavailable: answer.unavailable, problems: answer.problems };
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

// The page's address holds, for every view that is not as it came, its settings as view.name=value.
export function readAddress(section) {
  const prefix = `${section.dataset.view}.`;
  const params = {};
  for (const [name, value] of new URLSearchParams(location.search))
    if (name.startsWith(prefix)) params[name.slice(prefix.length)] = value;
  return params;
}

function changedParams(section, state) {
  const usual = new URLSearchParams(section.dataset.default);
  return [...new URLSearchParams(state)].filter(([name, value]) => usual.get(name) !== value);
}

function linkTo(section, state) {
  const own = changedParams(section, state).map(([name, value]) => `${section.dataset.view}.${name}=${encodeURIComponent(value)}`);
  part(section, "link").href = `?${own.join("&")}#${section.dataset.view}`;
}

// A page that was opened as a file may not change its address; its links lead to the same views.
function remember(how, address) {
  try { history[how](null, "", address); } catch { /* the link still holds the settings */ }
}

function writeAddress(section, how) {
  const prefix = `${section.dataset.view}.`;
  const kept = [...new URLSearchParams(location.search)].filter(([name]) => !name.startsWith(prefix));
  const own = changedParams(section, section.dataset.state).map(([name, value]) => [prefix + name, value]);
  const query = [...kept, ...own].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  const address = `${location.pathname}${query.length ? `?${query.join("&")}` : ""}#${section.dataset.view}`;
  if (address !== location.pathname + location.search + location.hash) remember(how, address);
}

// Latest wins: an answer to a question that has been overtaken is dropped.
async function request(section, host, params, how = "", keeps = undefined) {
  const token = (section.asking = (section.asking || 0) + 1);
  try {
    const answer = await host.ask(section.dataset.view, params);
    if (token !== section.asking) return;
    if (answer.error) throw new Error(answer.error);
    const drawn = show(section, answer, keeps);
    if (how && host.ownsAddress) writeAddress(section, how);
    await drawn;
  } catch (error) {
    if (token !== section.asking) return;
    writeForm(part(section, "controls"), section.dataset.state, section.payload, typed);
    part(section, "notice").textContent = error.message;
    host.onceBack?.(() => { if (token === section.asking) request(section, host, params, how, keeps); });
  }
}

function download(section) {
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

// The link is copied where the browser allows it; where it does not, it is followed as a link.
async function copy(event, section) {
  if (!navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const copied = await navigator.clipboard.writeText(event.target.href).then(() => true, () => false);
  if (copied) event.target.textContent = "Link copied";
  setTimeout(() => { event.target.textContent = "Link to this view"; }, 3000);
  part(section, "notice").textContent = copied ? "The link to this view has been copied."
    : "The browser does not allow copying here. The address of the page leads to this view too.";
}

// One view alone on paper. Folded parts are opened for any print (in attach), and folded again after it.
function print(section) {
  section.classList.add("printed");
  document.documentElement.classList.add("one-view");
  window.print();
  document.documentElement.classList.remove("one-view");
  section.classList.remove("printed");
}

function unfoldForPrint(root) {
  let opened = [];
  const drawn = () => [...root.querySelectorAll("section[data-view]")].filter((section) => section.drawing);
  const unfold = () => {
    opened = [...root.querySelectorAll(".more details:not([open])")];
    for (const details of opened) details.open = true;
    for (const section of drawn()) draw(section, PAPER);
  };
  const fold = () => {
    for (const details of opened) details.open = false;
    drawn().forEach((section) => draw(section));
  };
  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", fold);
  return () => {
    window.removeEventListener("beforeprint", unfold);
    window.removeEventListener("afterprint", fold);
  };
}

function start(section, host, darkMap) {
  const form = part(section, "controls");
  const payload = part(section, "payload");
  section.darkMap = darkMap;
  section.payload = JSON.parse(payload.textContent);
  writeForm(form, section.dataset.state, section.payload);
  section.tableChanged = startTable(section);
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
  part(section, "link").addEventListener("click", (event) => copy(event, section));
  startLoader(section, (text) => host.read(section.dataset.view, text), (params) => {
    section.moved = "";
    request(section, host, params, "pushState");
  });
  const wanted = host.ownsAddress ? readAddress(section) : {};
  if (Object.keys(wanted).length) request(section, host, wanted);
}

// Charts on the screen come first, the others one after another in reading order, with room for clicks between them.
const breath = () => new Promise((resolve) => { setTimeout(resolve); });
let turn = null;

// Asking where things are makes the browser lay out the whole page; at the top of it the answer is known.
function sectionsOnScreen(sections) {
  if (!location.hash && window.scrollY === 0) return turn ? [] : sections.slice(0, 1);
  return sections.filter((section) => Math.abs(part(section, "chart").getBoundingClientRect().top) < window.innerHeight);
}

function drawInTurn(sections, onScreen) {
  onScreen.forEach((section) => draw(section));
  turn ??= plotly.then(breath);
  for (const section of sections) turn = turn.then(() => (section.drawing ? null : draw(section))).then(breath);
}

// Take over the sections of one chapter; returns a function that lets go of them.
export function attach(root, host) {
  const sections = [...root.querySelectorAll("section[data-view]")];
  const darkMap = JSON.parse(root.dataset.dark);
  const redraw = () => sections.filter((section) => section.drawing).forEach((section) => draw(section));
  let waiting = 0;
  let width = window.innerWidth;
  const resized = () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(redraw, 120);
  };
  const back = () => sections.forEach((section) => {
    const wanted = readAddress(section);
    const params = { ...Object.fromEntries(new URLSearchParams(section.dataset.default)), ...wanted };
    if (new URLSearchParams(params).toString() !== new URLSearchParams(section.dataset.state).toString())
      request(section, host, wanted);
    section.moved = "";
  });
  const onScreen = sectionsOnScreen(sections);
  sections.forEach((section) => start(section, host, darkMap));
  drawInTurn(sections, onScreen);
  window.addEventListener("resize", resized);
  if (host.ownsAddress) window.addEventListener("popstate", back);
  dark.addEventListener("change", redraw);
  const letFold = unfoldForPrint(root);
  return () => {
    letFold();
    window.removeEventListener("resize", resized);
    window.removeEventListener("popstate", back);
    dark.removeEventListener("change", redraw);
  };
}
