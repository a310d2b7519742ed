// When the reader pauses: work that nobody waits for is done then.

import { later } from "./dom.js";

const REST = 400; // milliseconds without a touch

let touched = 0;
for (const kind of ["input", "keydown", "pointerdown"])
  document.addEventListener(kind, touch, { capture: true, passive: true });

/** From now on, a rest has to pass again. */
export function touch() {
  touched = performance.now();
}

/** @returns {Promise<unknown>} */
const idle = () => ("requestIdleCallback" in window ? new Promise((resolve) => { requestIdleCallback(resolve); }) : later(50));

/** Nothing is touched, and the browser has nothing else to do. */
export async function quiet() {
  while (performance.now() - touched < REST) await later(REST);
  await idle();
}
