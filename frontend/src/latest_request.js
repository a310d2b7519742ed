// The questions of one view: latest wins. What is changed elsewhere while one is open waits for its answer, which knows of
// that change already.

/** @typedef {import("./types.js").Answer} Answer */

export class LatestRequest {
  #last = 0;
  #isOpen = false;
  /** @type {Answer | null} */
  #elsewhere = null;

  /** A new question; what it returns says whether it is still the latest. */
  begin() {
    const number = (this.#last += 1);
    this.#isOpen = true;
    return () => number === this.#last;
  }

  /** The last word on the latest question has come, or will not; returns what was changed elsewhere meanwhile. */
  close() {
    const missed = this.#elsewhere;
    this.#isOpen = false;
    this.#elsewhere = null;
    return missed;
  }

  /** What was changed elsewhere, if it is to be shown now. @param {Answer} answer */
  hear(answer) {
    if (!this.#isOpen) return answer;
    this.#elsewhere = answer;
    return null;
  }
}
