// The requests of one view: the latest wins. A change made elsewhere waits while a request is open, because the response will
// include that change.

/** @typedef {import("./types.js").Answer} Answer */

export class LatestRequest {
  #last = 0;
  #isOpen = false;
  /** @type {Answer | null} */
  #elsewhere = null;

  /** Registers a request; the returned function says whether it is still the latest. */
  begin() {
    const number = (this.#last += 1);
    this.#isOpen = true;
    return () => number === this.#last;
  }

  /** The latest request is finished or has failed; returns what was changed elsewhere meanwhile. */
  close() {
    const missed = this.#elsewhere;
    this.#isOpen = false;
    this.#elsewhere = null;
    return missed;
  }

  /** A change made elsewhere, if it can be shown now. @param {Answer} answer */
  hear(answer) {
    if (!this.#isOpen) return answer;
    this.#elsewhere = answer;
    return null;
  }
}
