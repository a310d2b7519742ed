// The connection to the live part (server or kernel), in <html data-kernel>: off, connecting, live, lost or renewed, and the
// status line at the foot of the page.

import { announce } from "./announce.js";
import { createElement, queryAll } from "./dom.js";

const root = document.documentElement;

export const RENEWED = "The page was renewed. Reload it to go on.";

/** @param {"connecting" | "live" | "lost"} how */
export function setConnection(how) {
  if (isRenewed()) return;
  root.dataset.kernel = how;
  showLine();
}

/** How many of the prepared states are loaded. @param {"some" | "all"} many */
export function setStatesLoaded(many) {
  root.dataset.states = many;
  showLine();
}

/** Shows the one sentence that applies now, if any. They use the hidden attribute, because the style sheet may fail to load. */
function showLine() {
  const line = /** @type {HTMLElement | null} */ (document.querySelector(".connection"));
  if (!line) return;
  const { kernel, states } = root.dataset;
  const holds = kernel === "lost" ? `.lost.${states === "all" ? "all" : "some"}` : `.${kernel}`;
  const sentences = queryAll(line, "span");
  for (const sentence of sentences) sentence.hidden = !sentence.matches(holds);
  line.hidden = sentences.every(({ hidden }) => hidden);
}

export const connectionState = () => root.dataset.kernel;

/** The server has another edition now, and the files of this one are gone: only a reload helps. */
export function setRenewed() {
  root.dataset.kernel = "renewed";
  document.querySelector(".connection")?.replaceChildren(createElement("span", { className: "renewed" }, RENEWED));
  showLine();
}

export const isRenewed = () => root.dataset.kernel === "renewed";

const BACK = "The live part is there again.";

/** Announces the status line from the first lost connection on, and when the connection is back. */
export function announceConnection() {
  const line = /** @type {HTMLElement | null} */ (document.querySelector(".connection"));
  let last = "";
  const changed = () => {
    if (!line || (!last && !["lost", "renewed"].includes(connectionState() ?? ""))) return;
    const said = line.getClientRects().length ? line.innerText.trim() : "";
    if (said !== last) announce(said || BACK, "connection");
    last = said;
  };
  new MutationObserver(changed).observe(root, { attributeFilter: ["data-kernel", "data-states"] });
}
