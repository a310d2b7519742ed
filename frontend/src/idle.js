// When the reader pauses: work that nobody waits for is done then.

import { delay } from "./dom.js";

const REST = 400; // milliseconds without a touch

let touched = 0;
for (const kind of ["input", "keydown", "pointerdown"])
  document.addEventListener(kind, noteActivity, { capture: true, passive: true });

/** From now on, a rest has to pass again. */
export function noteActivity() {
  touched = performance.now();
}

/** @returns {Promise<unknown>} */
const idle = () => ("requestIdleCallback" in window ? new Promise((resolve) => { requestIdleCallback(resolve); }) : delay(50));

/** Nothing is touched, and the browser has nothing else to do. */
export async function whenIdle() {
  while (performance.now() - touched < REST) await delay(REST);
  await idle();
}
