// Prefetches prepared states: those of the first views at once, so that the first click finds them; those of another view
// when it comes near the screen; and all once the page has been used or open for a while, so that it no longer needs its server.

import { allDrawn } from "./draw.js";
import { GoneError } from "./errors.js";
import { whenIdle } from "./idle.js";
import { isRenewed, setStatesLoaded } from "./connection_status.js";

const RETRY = 10000;
const PREFETCHED_VIEWS = 2; // views whose states are fetched at once: as many as fit into the 700 kB of a first visit
const PREFETCH_ALL_AFTER = 20000; // milliseconds until the states of all views are fetched

/** Fetches the states of views and records the result in data-states. */
export class StatePrefetcher {
  /** @type {HTMLElement[]} */
  #sections = [];
  #near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) this.#fetch(/** @type {HTMLElement} */ (target));
  }, { rootMargin: "50% 0px" });

  /** @param {(section: HTMLElement) => Promise<unknown>} prepare as of a host */
  constructor(prepare) {
    this.prepare = prepare;
  }

  /** @param {HTMLElement} section */
  add(section) {
    this.#sections.push(section);
    this.#near.observe(section);
  }

  /** Call this once all views have been added. */
  async start() {
    if (navigator.connection?.saveData) return;
    const used = hasBeenUsed();
    await Promise.all(this.#sections.slice(0, PREFETCHED_VIEWS).map((section) => this.#fetch(section)));
    await allDrawn();
    await used;
    this.#fetchAll();
  }

  /** @param {HTMLElement} section */
  async #fetch(section) {
    const failed = (/** @type {unknown} */ error) => (error instanceof GoneError ? "none" : "missing");
    section.dataset.states = await this.prepare(section).then(() => "ready", failed);
    const isWhole = this.#sections.every(({ dataset }) => dataset.states === "ready");
    setStatesLoaded(isWhole ? "all" : "some");
  }

  async #fetchAll() {
    for (const section of this.#sections) {
      await whenIdle();
      if (isRenewed()) return;
      await this.#fetch(section);
    }
    if (this.#sections.some(({ dataset }) => dataset.states === "missing")) setTimeout(() => this.#fetchAll(), RETRY);
  }
}

/** Resolves once the page has been used, or open for a while. @returns {Promise<void>} */
function hasBeenUsed() {
  return new Promise((resolve) => {
    for (const kind of ["scroll", "pointerdown", "keydown"])
      document.addEventListener(kind, () => resolve(), { passive: true, once: true });
    setTimeout(resolve, PREFETCH_ALL_AFTER);
  });
}
