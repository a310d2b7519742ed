// How the live part stands, in <html data-kernel>: off, connecting, live, lost or renewed. The line at the foot says it.

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

/** How many of the prepared states have come. @param {"some" | "all"} many */
export function setStatesLoaded(many) {
  root.dataset.states = many;
  showLine();
}

/** Of the sentences of the line the one that holds now, if any. They are hidden by themselves, for style may not come. */
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

/** Another edition is served now, and the files of this one are gone: only a reload helps. */
export function setRenewed() {
  root.dataset.kernel = "renewed";
  document.querySelector(".connection")?.replaceChildren(createElement("span", { className: "renewed" }, RENEWED));
  showLine();
}

export const isRenewed = () => root.dataset.kernel === "renewed";

const BACK = "The live part is there again.";

/** What the line at the foot says once something is lost is announced, and when it is there again. */
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
