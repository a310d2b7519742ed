// The page's address holds the settings that differ from a view's defaults, as view.name=value.

import { announce } from "./announce.js";
import { part, viewKeyOf } from "./dom.js";
import { TRIALS, WITHOUT } from "./page_trials.js";

/** @typedef {import("./types.js").Params} Params */

/** The name under which the address holds the conditions that the whole page is about. */
export const PAGE_CONDITIONS = "conditions";

/**
 * What the whole page is about, as its address has it: conditions, kind of trials, and ids of trials left out. Empty where all are.
 * @typedef {{ conditions: string, trials: string, without: string }} PageChoice
 */

/** @returns {PageChoice} */
export function pageChoice() {
  const query = new URLSearchParams(location.search);
  const old = [...query].find(([name]) => name.endsWith(`.${TRIALS}`))?.[1]; // once a setting of one view
  return { conditions: query.get(PAGE_CONDITIONS) ?? "", trials: query.get(TRIALS) ?? old ?? "", without: query.get(WITHOUT) ?? "" };
}

/** A query that holds nothing but what the whole page is about. */
function pageQuery() {
  const chosen = Object.entries(pageChoice()).filter(([, value]) => value);
  return chosen.length ? `?${new URLSearchParams(chosen)}` : "";
}

/** The state that a view shows by itself: as it came, or as the page's conditions have it. @param {HTMLElement} section */
export const usualState = ({ dataset }) => dataset.usual ?? dataset.default ?? "";

/**
 * The settings of a view in an address's query.
 * @param {string} view @param {string} query @returns {Params}
 */
export function paramsIn(view, query) {
  const prefix = `${view}.`;
  const own = [...new URLSearchParams(query)].filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** @param {HTMLElement} section */
export const readAddress = (section) => paramsIn(viewKeyOf(section), location.search);

/**
 * The settings that differ from a view's default state, as (view.name, value) pairs.
 * @param {string} view @param {string} usual @param {string | Params} state @returns {[string, string][]}
 */
export function changedSettings(view, usual, state) {
  const came = new URLSearchParams(usual);
  const differing = [...new URLSearchParams(state)].filter(([name, value]) => came.get(name) !== value);
  return differing.map(([name, value]) => [`${view}.${name}`, value]);
}

/**
 * The query with the settings of one view replaced.
 * @param {string} query @param {string} view @param {[string, string][]} settings
 */
export function queryWith(query, view, settings) {
  const kept = [...new URLSearchParams(query)].filter(([name]) => !name.startsWith(`${view}.`));
  const pairs = [...kept, ...settings].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return pairs.length ? `?${pairs.join("&")}` : "";
}

/** @param {HTMLElement} section @param {string} state */
export function linkTo(section, state) {
  const view = viewKeyOf(section);
  const query = queryWith(pageQuery(), view, changedSettings(view, usualState(section), state)) || "?";
  linkIn(section).href = `${isEmbedded() ? WHOLE : ""}${query}#${view}`;
}

/** The link to a view; in a frame, the page's own link to the whole explainer. @param {Element} section */
export const linkIn = (section) => /** @type {HTMLAnchorElement} */ (document.querySelector("a.whole") ?? part(section, "link"));

const WHOLE = "./"; // where the explainer is, seen from a view's own page

/** Whether the page is made to be framed by another page. */
export const isEmbedded = () => document.body.matches(".embedded");

/** @typedef {"pushState" | "replaceState"} How */

/**
 * Writes the address. A page opened as a file may not change it; its links still lead to the same views.
 * @param {How} how @param {string} address
 */
export function setAddress(how, address) {
  // In a frame, the back button belongs to the page around it.
  const here = isEmbedded() ? "replaceState" : how;
  try { history[here](null, "", address); } catch { /* the link still holds the settings */ }
}

/** @param {HTMLElement} section @param {How} how @param {string | Params} state */
export function writeAddress(section, how, state) {
  const view = viewKeyOf(section);
  const query = queryWith(location.search, view, changedSettings(view, usualState(section), state));
  const address = `${location.pathname}${query}#${view}`;
  if (address !== location.pathname + location.search + location.hash) setAddress(how, address);
}

/**
 * Copies the link where the browser allows it; otherwise the click follows it.
 * @param {MouseEvent} event @param {HTMLElement} section
 */
export async function copyLink(event, section) {
  if (!navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const link = linkIn(section);
  const copied = await navigator.clipboard.writeText(link.href).then(() => true, () => false);
  if (copied) link.textContent = "Link copied";
  setTimeout(() => { link.textContent = "Link to this view"; }, 3000);
  const said = copied ? "The link to this view has been copied."
    : "The browser does not allow copying here. The address of the page leads to this view too.";
  part(section, "notice").textContent = said;
  announce(said, "link");
}

/**
 * Whether two sets of settings are the same.
 * @param {string | Params} one @param {string | Params} other
 */
export function isSame(one, other) {
  const [a, b] = [new URLSearchParams(one), new URLSearchParams(other)];
  a.sort();
  b.sort();
  return a.toString() === b.toString();
}
