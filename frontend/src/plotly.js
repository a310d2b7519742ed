// plotly.js is one file beside this script, loaded while the page can be read already.

import { createElement } from "./dom.js";

const FILE = "plotly.min.js";

/**
 * plotly.js of a page that has it as a script; it is waited for until it is there.
 * @returns {Promise<PlotlyModule>}
 */
export function plotlyOfPage() {
  return new Promise((resolve) => {
    const look = () => { if (window.Plotly) resolve(window.Plotly); };
    document.addEventListener("load", look, { capture: true }); // of any script: a lost one is replaced
    look();
  });
}

/**
 * plotly.js from a server that does not compress: a third of the bytes, unpacked here. Where that fails, the file itself.
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

/** The address of what a packed file holds. @param {string} address */
async function unpacked(address) {
  const { body, ok } = await fetch(address);
  if (!ok || !body) throw new Error(address);
  const stream = body.pipeThrough(new DecompressionStream("gzip"));
  const text = await new Response(stream).arrayBuffer();
  return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
}
