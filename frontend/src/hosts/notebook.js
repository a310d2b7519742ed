// The host of a widget in a notebook: its anywidget model carries questions and answers.

import { viewOf } from "../dom.js";
import { RefusedError } from "../errors.js";

/**
 * What this script uses of an anywidget model.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(content: object) => void} send
 * @property {(event: "msg:custom", listener: (message: any) => void) => void} on
 */

/** Where Jupyter serves the files of this package: under its extensions. @param {string} name */
function addressInJupyter(name) {
  const config = document.getElementById("jupyter-config-data");
  return config ? `${JSON.parse(config.textContent ?? "").fullLabextensionsUrl}/prolo-dash/${name}` : "";
}

/** @param {Model} model @returns {import("../types.js").Host} */
export function notebookHost(model) {
  let last = 0;
  const waiting = new Map();
  model.on("msg:custom", (message) => {
    waiting.get(message.ask)?.(message);
    waiting.delete(message.ask);
  });
  /** @param {HTMLElement} section @param {import("../types.js").Question} question @returns {Promise<any>} */
  const ask = async (section, question) => {
    last += 1;
    const number = last;
    const answer = await new Promise((resolve) => {
      waiting.set(number, resolve);
      model.send({ ask: number, view: viewOf(section), ...question });
    });
    if (answer.error) throw new RefusedError(answer.error);
    return answer;
  };
  return {
    ownsAddress: false,
    qr: addressInJupyter("lean-qr.js"),
    ask: (section, params) => ask(section, { params }),
    read: (section, text) => ask(section, { file: text }),
    follow: (section) => ask(section, { params: Object.fromEntries(new URLSearchParams(section.dataset.default)) }),
  };
}

/**
 * plotly.js as Jupyter serves it, loaded once for all widgets; nothing where it does not.
 * @returns {Promise<PlotlyModule | undefined>}
 */
export function plotlyOfJupyter() {
  window.proloPlotly ??= loadPlotly();
  return window.proloPlotly;
}

/** @returns {Promise<PlotlyModule | undefined>} */
function loadPlotly() {
  const src = addressInJupyter("plotly.min.js");
  if (window.Plotly || !src) return Promise.resolve(window.Plotly);
  return new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => resolve(undefined);
    document.head.append(script);
  });
}
