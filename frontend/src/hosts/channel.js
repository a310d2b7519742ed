// What the displays of one widget and its Python side say to each other, whatever carries it. A display asks and gets an
// answer; all others are told what is shown now, whether a display or a cell has changed it.

import { RefusedError } from "../errors.js";

/** @typedef {import("../types.js").Answer} Answer */
/** @typedef {(answer: Answer) => void} Show */
/** @typedef {{ view?: string, params?: import("../types.js").Params, file?: string }} Message  A question as it travels. */
/**
 * @typedef {object} Waiting  A question that is open.
 * @property {HTMLElement | null} asker
 * @property {(answer: any) => void} resolve
 * @property {(error: Error) => void} reject
 */

const ANSWER_WITHIN = 15000;

// Questions of all displays and pages of a kernel travel on one channel, so each page numbers them under a name of its own.
const page = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
let asked = 0;

/** One widget's questions and answers. */
export class Channel {
  /** @type {Map<string, Waiting>} */
  #waiting = new Map();
  /** @type {Map<HTMLElement, Show>} */
  #displays = new Map();

  /**
   * @param {(message: object) => void} send throws an error with a sentence where nobody can be asked
   * @param {string} noAnswer the sentence for a question that is not answered in time
   */
  constructor(send, noAnswer) {
    this.send = send;
    this.noAnswer = noAnswer;
  }

  /**
   * From now on a display is told what the widget shows, but for the answers to its own questions.
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
   * An answer that comes too late for its asker still says what the widget shows, so the asker is told like the others.
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

  /** Ends all that is open. @param {string} sentence */
  fail(sentence) {
    for (const { reject } of this.#waiting.values()) reject(new Error(sentence));
  }
}
