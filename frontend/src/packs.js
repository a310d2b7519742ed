// Prepared states: every state of a view in one small file (see render/precompute.py). With it, a control needs no server.

import { GoneError } from "./errors.js";
import { fetchFile } from "./files.js";
import { findLast } from "./find_last.js";
import { gunzipText } from "./gunzip_text.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Params} Params */

/**
 * A view's states. `controls` are (name, values, default value) triples; `index` maps every combination of values (the last
 * control varies fastest) to the number of its state; `columns` give for each state the indices into `lists` of its URL
 * form, of each fragment and of its figure; lists are indices into `texts`.
 * @typedef {object} Pack
 * @property {string[]} fragments
 * @property {[string, string[], string][]} controls
 * @property {number[]} index
 * @property {[string, string][][]} unavailable
 * @property {number[][]} columns
 * @property {number[][]} lists
 * @property {string[]} texts
 */

/** @type {Map<string, Promise<Pack>>} */
const requests = new Map(); // by address
/** @type {Map<string, Promise<Pack>>} */
const loaded = new Map(); // those that have been downloaded

/**
 * Decodes a pack: gzipped JSON, with `index` and `columns` delta-encoded.
 * @param {ArrayBuffer} bytes @returns {Promise<Pack>}
 */
export async function unpacked(bytes) {
  const pack = JSON.parse(await gunzipText(bytes));
  return { ...pack, index: summed(pack.index), columns: pack.columns.map(summed) };
}

/** @param {number[]} steps */
function summed(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

/**
 * Packs are in the page itself (when it is one file), or separate files.
 * @param {string} address @returns {Promise<ArrayBuffer>}
 */
async function bytesOf(address) {
  if (!address) throw new Error("no states are prepared here");
  if (!address.startsWith("#")) return (await fetchFile(address)).arrayBuffer();
  const inside = document.getElementById(address.slice(1))?.textContent ?? "";
  return Uint8Array.from(atob(inside), (letter) => letter.charCodeAt(0)).buffer;
}

/** @param {HTMLElement} section */
const addressOf = ({ dataset }) => dataset.pack ?? "";

/**
 * Fetches a view's pack once. After a failure the next call tries again, except after a GoneError.
 * @param {HTMLElement} section @returns {Promise<Pack>}
 */
export function fetchPack(section) {
  const address = addressOf(section);
  const known = requests.get(address);
  if (known) return known;
  const promise = bytesOf(address).then((bytes) => {
    const pack = unpacked(bytes);
    loaded.set(address, pack);
    return pack;
  });
  promise.catch((error) => {
    loaded.delete(address);
    if (!(error instanceof GoneError)) requests.delete(address);
  });
  requests.set(address, promise);
  return promise;
}

/** The pack of a view if it has been downloaded: decoding it is faster than asking a server. @param {HTMLElement} section */
export const loadedPack = (section) => loaded.get(addressOf(section))?.catch(() => undefined);

/** @param {string} value */
const sorted = (value) => value.split(".").sort().join(".");

/**
 * The prepared state for some settings, and whether all of them were known.
 * @param {Pack} pack @param {Params} params @returns {{ isComplete: boolean, answer: Answer }}
 */
export function prepared(pack, params) {
  const declared = new Set(pack.controls.map(([name]) => name));
  let isComplete = Object.keys(params).every((name) => declared.has(name));
  let place = 0;
  for (const [name, values, usual] of pack.controls) {
    const wanted = params[name] ?? usual;
    let at = values.indexOf(wanted);
    if (at < 0) at = values.findIndex((value) => sorted(value) === sorted(wanted));
    isComplete &&= at >= 0;
    place = place * values.length + (at < 0 ? values.indexOf(usual) : at);
  }
  return { isComplete, answer: stateAt(pack, pack.index[place]) };
}

/** @param {Pack} pack @param {number} number @returns {Answer} */
function stateAt(pack, number) {
  const pieces = pack.columns.map((column) => pack.lists[column[number]].map((at) => pack.texts[at]));
  const fragments = pieces.slice(1, -1).map((lines, i) => [pack.fragments[i], lines.join("\n")]);
  return {
    state: pieces[0].join("&"),
    fragments: Object.fromEntries(fragments),
    figure: JSON.parse((findLast(pieces) ?? []).join("")),
    unavailable: pack.unavailable[number],
    problems: [],
    notice: "",
  };
}
