// The host of a page served by `prolo-dash serve`: HTTP requests to its server for states that are not prepared (a reader's own
// trial).

import { viewKeyOf } from "../dom.js";
import { NotYetError, RefusedError } from "../errors.js";
import { loadedPack } from "../packs.js";
import { trialsFor } from "../page_trials.js";
import { connectionState, isRenewed, RENEWED, setConnection, setRenewed } from "../connection_status.js";
import { answerIn, askWithFallback, viewFiles } from "./prepared.js";

const ANSWER_WITHIN = 15000;
const CHECK_EVERY = 20000; // milliseconds between two checks of the connection
const RETRY_AFTER = 2000;
const NOT_THERE = "The live part can’t be reached, so this can’t be shown now. It is tried again by itself.";

/** @typedef {import("../types.js").HostRequest} HostRequest */

/** @returns {import("../types.js").Host} */
export function httpHost() {
  const server = new Server();
  const files = viewFiles(setRenewed);
  return {
    ownsAddress: true,
    ask: async (section, params) => answerIn(section, await loadedPack(section), params)
      ?? askWithFallback(files, section, params, () => server.ask(section, { params, page: trialsFor(section) })),
    read: (section, text) => server.ask(section, { file: text }),
    loadDeferred: files.loadDeferred,
    prepare: files.open,
  };
}

class Server {
  #timer = 0;
  #looks = 0;
  /** @type {Set<() => void>} */
  #waiting = new Set(); // what to retry once the server is back

  constructor() {
    setConnection("connecting");
    this.#look();
    window.addEventListener("online", () => this.#look());
    window.addEventListener("offline", () => this.#look());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.#look(); });
  }

  /** @param {HTMLElement} section @param {HostRequest} request */
  async ask(section, request) {
    if (isRenewed()) throw new Error(RENEWED);
    const body = JSON.stringify({ view: viewKeyOf(section), ...request });
    const response = await fetchFresh("answer", { method: "POST", body }).catch(() => null);
    const answer = await response?.json().catch(() => null); // an error page of a proxy is not JSON
    if (answer?.error) throw new RefusedError(answer.error);
    if (response?.ok && answer) return answer;
    setConnection("lost");
    this.#lookIn(RETRY_AFTER);
    throw new NotYetError(NOT_THERE, (retry) => this.#waiting.add(retry));
  }

  /** @param {number} milliseconds */
  #lookIn(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#look(), milliseconds);
  }

  async #look() {
    clearTimeout(this.#timer);
    if (isRenewed()) return;
    const latest = (this.#looks += 1); // a slow answer to an earlier check is outdated
    const answer = await fetchFresh("live").catch(() => null);
    if (latest !== this.#looks) return;
    if (isOther(answer?.headers.get("X-Prolo-Edition"))) setRenewed();
    if (isRenewed()) return;
    const isThere = answer?.ok ?? false;
    const isBack = isThere && connectionState() === "lost";
    setConnection(isThere ? "live" : "lost");
    this.#lookIn(isThere ? CHECK_EVERY : RETRY_AFTER);
    if (isBack) this.#retryAll();
  }

  #retryAll() {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const retry of waiting) retry();
  }
}

/** @param {string} path from the explainer's address @param {RequestInit} [options] */
function fetchFresh(path, options) {
  const late = new AbortController(); // AbortSignal.timeout is too new for some phones
  setTimeout(() => late.abort(), ANSWER_WITHIN);
  return fetch(`${document.body.dataset.files ?? ""}${path}`, { ...options, cache: "no-store", signal: late.signal });
}

/** Whether the server has another edition than this page. @param {string | null | undefined} edition */
const isOther = (edition) => Boolean(edition) && edition !== document.documentElement.dataset.edition;
