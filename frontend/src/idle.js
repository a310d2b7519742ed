// Waiting until the page is idle, for work that is not urgent.

import { delay } from "./dom.js";

const REST = 400; // milliseconds without input

let touched = 0;
for (const kind of ["input", "keydown", "pointerdown"])
  document.addEventListener(kind, noteActivity, { capture: true, passive: true });

/** Restarts the wait. */
export function noteActivity() {
  touched = performance.now();
}

/** @returns {Promise<unknown>} */
const idle = () => ("requestIdleCallback" in window ? new Promise((resolve) => { requestIdleCallback(resolve); }) : delay(50));

/** Resolves once there has been no input for a while and the browser is idle. */
export async function whenIdle() {
  while (performance.now() - touched < REST) await delay(REST);
  await idle();
}
