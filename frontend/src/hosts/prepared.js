// What every host of a page shares: the files of its views, and prepared states as answers.

import { delay, queryAll, viewKeyOf } from "../dom.js";
import { GoneError } from "../errors.js";
import { fetchFile } from "../files.js";
import { fetchPack, prepared } from "../packs.js";
import { isRenewed } from "../connection_status.js";

/** @typedef {import("../types.js").Answer} Answer */
/** @typedef {import("../types.js").Params} Params */
/** @typedef {import("../types.js").Deferred} Deferred */
/** @typedef {import("../packs.js").Pack} Pack */

const RETRY = 2000; // milliseconds

/** @param {() => void} retry */
export const soon = (retry) => { setTimeout(() => { if (!isRenewed()) retry(); }, RETRY); };

/** @param {ParentNode} root */
export const typedFields = (root) => /** @type {HTMLInputElement[]} */ (queryAll(root, "input[type=text]"));

/** What a field came with. @param {HTMLInputElement | HTMLSelectElement} field */
const initialValue = (field) => field instanceof HTMLSelectElement
  ? [...field.options].find((option) => option.defaultSelected)?.value : field.defaultValue;

/**
 * Whether the settings hold something that a reader typed, or chose of many: no such state is prepared.
 * @param {HTMLElement} section @param {Params} params
 */
export function isTyped(section, params) {
  const fields = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ (queryAll(section, "input[type=text], select[data-typed]"));
  return fields.some((field) => (params[field.name] ?? initialValue(field)) !== initialValue(field));
}

/**
 * The answer of a pack, if it is there and has all that is asked for.
 * @param {Pack | undefined} pack @param {Params} params
 */
export function answerIn(pack, params) {
  const found = pack && prepared(pack, params);
  return found?.isComplete ? found.answer : undefined;
}

/** @type {Map<string, Promise<Record<string, Deferred>>>} */
const following = new Map(); // by address

/** Tried until it is there, unless it is gone. @param {string} name */
async function fetchJsonWithRetry(name) {
  for (;;) {
    try {
      return await (await fetchFile(name)).json();
    } catch (error) {
      if (error instanceof GoneError) throw error;
    }
    await delay(RETRY);
  }
}

/**
 * What follows a view of the page.
 * @param {HTMLElement} section @returns {Promise<Deferred>}
 */
async function deferredOf(section) {
  const name = section.dataset.follows ?? "";
  const file = following.get(name) ?? fetchJsonWithRetry(name);
  following.set(name, file);
  return (await file)[viewKeyOf(section)];
}

/**
 * The files of a page's views; `whenGone` is called where one of them is not there.
 * @param {() => void} whenGone
 */
export function viewFiles(whenGone) {
  /** @template T @param {Promise<T>} promise @returns {Promise<T>} */
  const told = (promise) => promise.catch((error) => {
    if (error instanceof GoneError) whenGone();
    throw error;
  });
  return {
    open: (/** @type {HTMLElement} */ section) => told(fetchPack(section)),
    loadDeferred: (/** @type {HTMLElement} */ section) => told(deferredOf(section)),
  };
}

/** @typedef {ReturnType<typeof viewFiles>} Files */

/**
 * The answer of a live part. Where that can't be reached, what is prepared may have come meanwhile; what it answers once
 * is prepared the next time.
 * @param {Files} files @param {HTMLElement} section @param {Params} params @param {() => Promise<Answer>} ask
 */
export async function askWithFallback(files, section, params, ask) {
  try {
    const answer = await ask();
    files.open(section).catch(() => {});
    return answer;
  } catch (error) {
    const late = answerIn(await files.open(section).catch(() => undefined), params);
    if (late) return late;
    throw error;
  }
}
