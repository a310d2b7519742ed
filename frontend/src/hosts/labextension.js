// Loads the large files of a notebook from Jupyter's lab extensions, or from the kernel where this package's extension is not
// installed (as on a hub). Each is loaded once for all widgets of a page, each of which has its own copy of this script.

import { createElement } from "../dom.js";

/** @typedef {import("./channel.js").Channel} Channel */

/** @param {string} name */
function addressInJupyter(name) {
  const config = document.getElementById("jupyter-config-data");
  return config ? `${JSON.parse(config.textContent ?? "").fullLabextensionsUrl}/prolo-dash/${name}` : "";
}

/**
 * Loads a file from the first place that has it.
 * @template T @param {Channel} channel @param {string} name @param {(address: string) => Promise<T>} load
 */
async function loaded(channel, name, load) {
  const served = addressInJupyter(name);
  try {
    if (served) return await load(served);
  } catch { /* the kernel has it too */ }
  const { buffers } = await channel.ask({ file: name });
  return load(URL.createObjectURL(new Blob(buffers, { type: "text/javascript" })));
}

/** @param {string} src @returns {Promise<void>} */
function loadScript(src) {
  return new Promise((resolve, reject) => {
    document.head.append(createElement("script", { src, onload: () => resolve(), onerror: reject }));
  });
}

/**
 * plotly.js of a notebook; undefined if it can't be loaded. Then the next widget tries again.
 * @param {Channel} channel @returns {Promise<PlotlyModule | undefined>}
 */
export function plotlyOfJupyter(channel) {
  const load = async () => {
    if (!window.Plotly) await loaded(channel, "plotly.min.js", loadScript);
    return window.Plotly;
  };
  const plotly = window.proloPlotly ?? load().catch(() => (window.proloPlotly = undefined));
  window.proloPlotly = plotly;
  return plotly;
}

/**
 * The library for QR codes of a notebook; undefined if it can't be loaded.
 * @param {Channel} channel @returns {Promise<QrModule | undefined>}
 */
export function qrOfJupyter(channel) {
  const load = () => loaded(channel, "lean-qr.js", (address) => import(address));
  const qr = window.proloQr ?? load().catch(() => (window.proloQr = undefined));
  window.proloQr = qr;
  return qr;
}
