// Shared by the hosts of pages: the files of views, and answers from prepared states.

import { delay, queryAll, viewKeyOf } from "../dom.js";
import { GoneError } from "../errors.js";
import { fetchFile } from "../files.js";
import { fetchPack, prepared } from "../packs.js";
import { showsAllTrials } from "../page_trials.js";
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

/** The value of a field in the page's HTML. @param {HTMLInputElement | HTMLSelectElement} field */
const initialValue = (field) => field instanceof HTMLSelectElement
  ? [...field.options].find((option) => option.defaultSelected)?.value : field.defaultValue;

/**
 * Whether the settings differ in a text field or a menu marked data-typed: such states are not prepared.
 * @param {HTMLElement} section @param {Params} params
 */
export function isTyped(section, params) {
  const fields = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ (queryAll(section, "input[type=text], select[data-typed]"));
  return fields.some((field) => (params[field.name] ?? initialValue(field)) !== initialValue(field));
}

/**
 * The answer from a pack, if it is loaded and knows all the settings; packs are made with all trials.
 * @param {HTMLElement} section @param {Pack | undefined} pack @param {Params} params
 */
export function answerIn(section, pack, params) {
  const found = pack && showsAllTrials(section) && prepared(pack, params);
  return found && found.isComplete ? found.answer : undefined;
}

/** @type {Map<string, Promise<Record<string, Deferred>>>} */
const following = new Map(); // by address

/** Retries until the file is there, unless it is gone. @param {string} name */
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
 * The deferred content of a view.
 * @param {HTMLElement} section @returns {Promise<Deferred>}
 */
async function deferredOf(section) {
  const name = section.dataset.follows ?? "";
  const file = following.get(name) ?? fetchJsonWithRetry(name);
  following.set(name, file);
  return (await file)[viewKeyOf(section)];
}

/**
 * Access to the files of a page's views; `whenGone` is called if one of them does not exist.
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
 * Asks the live part (server or kernel); if that fails, the prepared states may have loaded meanwhile. If it succeeds, the
 * pack is fetched for the next time.
 * @param {Files} files @param {HTMLElement} section @param {Params} params @param {() => Promise<Answer>} ask
 */
export async function askWithFallback(files, section, params, ask) {
  try {
    const answer = await ask();
    files.open(section).catch(() => {});
    return answer;
  } catch (error) {
    const late = answerIn(section, await files.open(section).catch(() => undefined), params);
    if (late) return late;
    throw error;
  }
}
