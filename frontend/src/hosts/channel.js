// The messages between the displays of one widget and its Python side, independent of the transport. The display that sends a
// request gets its answer; all others are notified of the new state, whether a display or a cell has changed it.

import { RefusedError } from "../errors.js";

/** @typedef {import("../types.js").Answer} Answer */
/** @typedef {(answer: Answer) => void} Show */
/** @typedef {{ view?: string, params?: import("../types.js").Params, page?: import("../page_trials.js").PageTrials, file?: string }} Message  A request as it is sent. */
/**
 * @typedef {object} Waiting  An open request.
 * @property {HTMLElement | null} asker
 * @property {(answer: any) => void} resolve
 * @property {(error: Error) => void} reject
 */

const ANSWER_WITHIN = 15000;

// All displays and pages of a kernel share one channel, so each page prefixes the numbers of its requests with a random name.
const page = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
let asked = 0;

/** One widget's requests and answers. */
export class Channel {
  /** @type {Map<string, Waiting>} */
  #waiting = new Map();
  /** @type {Map<HTMLElement, Show>} */
  #displays = new Map();

  /**
   * @param {(message: object) => void} send throws an error with a sentence if it can't send
   * @param {string} noAnswer the sentence for a request that is not answered in time
   */
  constructor(send, noAnswer) {
    this.send = send;
    this.noAnswer = noAnswer;
  }

  /**
   * Notifies a display of the widget's state from now on, except for answers to its own requests.
   * @param {HTMLElement} display @param {Show} show @returns {() => void} stops it
   */
  watch(display, show) {
    this.#displays.set(display, show);
    return () => this.#displays.delete(display);
  }

  /** @param {Message} request @param {HTMLElement | null} [asker] @returns {Promise<any>} */
  async ask(request, asker = null) {
    asked += 1;
    const ask = `${page}-${asked}`;
    const answered = new Promise((resolve, reject) => { this.#waiting.set(ask, { asker, resolve, reject }); });
    const timer = setTimeout(() => this.#waiting.get(ask)?.reject(new Error(this.noAnswer)), ANSWER_WITHIN);
    try {
      this.send({ ask, ...request });
      const answer = await answered;
      if (answer.error) throw new RefusedError(answer.error);
      return answer;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(ask);
    }
  }

  /**
   * Handles a message. An answer that is too late still holds the widget's state, so its asker is notified like the others.
   * @param {any} message @param {DataView[]} [buffers] @returns {Answer | undefined} what the widget shows now, if it says so
   */
  receive(message, buffers = []) {
    const waiting = this.#waiting.get(message.ask);
    waiting?.resolve({ ...message, buffers });
    /** @type {Answer | undefined} */
    const shown = message.show ?? (message.state === undefined ? undefined : message);
    if (shown) for (const [display, show] of this.#displays) if (display !== waiting?.asker) show(shown);
    return shown;
  }

  /** Rejects all open requests. @param {string} sentence */
  fail(sentence) {
    for (const { reject } of this.#waiting.values()) reject(new Error(sentence));
  }
}
