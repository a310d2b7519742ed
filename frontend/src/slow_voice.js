// Announcements of a count that changes fast: not every one of thirty that come at once is read out.

import { announce } from "./announce.js";

const EVERY = 5000; // milliseconds

export class SlowVoice {
  #last = -EVERY;
  #timer = 0;
  #said = "";

  /** Announces a sentence at once, or the latest of several after a while. @param {string} sentence */
  say(sentence) {
    if (sentence === this.#said) return;
    this.#said = sentence;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#last = performance.now();
      announce(this.#said, "class");
    }, Math.max(0, this.#last + EVERY - performance.now()));
  }
}
