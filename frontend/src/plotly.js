// Loads plotly.js, a separate file, so that the page can be read before it arrives.

import { createElement } from "./dom.js";

const FILE = "plotly.min.js";

/**
 * plotly.js of a page that has a script tag for it; waits until it has loaded.
 * @returns {Promise<PlotlyModule>}
 */
export function plotlyOfPage() {
  return new Promise((resolve) => {
    const look = () => { if (window.Plotly) resolve(window.Plotly); };
    document.addEventListener("load", look, { capture: true }); // of any script: one that failed is replaced by another (see index.html.j2)
    look();
  });
}

/**
 * plotly.js from a server that does not compress: fetches the .gz file, a third of the size; if that fails, the file itself.
 * @returns {Promise<PlotlyModule>}
 */
export function plotlyUnpacked() {
  const address = `${document.body.dataset.files ?? ""}${FILE}`;
  const add = (/** @type {string} */ src) => {
    const script = createElement("script", { id: "plotly", src });
    document.head.append(script);
    return script;
  };
  unpacked(`${address}.gz`).then((src) => { add(src).onerror = () => add(address); }, () => add(address));
  return plotlyOfPage();
}

/** An object URL of a decompressed file. @param {string} address */
async function unpacked(address) {
  const { body, ok } = await fetch(address);
  if (!ok || !body) throw new Error(address);
  const stream = body.pipeThrough(new DecompressionStream("gzip"));
  const text = await new Response(stream).arrayBuffer();
  return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
}
