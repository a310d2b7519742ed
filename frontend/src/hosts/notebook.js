// The host of a widget in a notebook: requests and answers are messages of its anywidget model.

import { viewKeyOf } from "../dom.js";
import { Channel } from "./channel.js";
import { qrOfJupyter } from "./labextension.js";

/**
 * What this script uses of an anywidget model.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {(content: object) => void} send
 * @property {(event: "msg:custom", listener: (message: any, buffers: DataView[]) => void) => void} on
 */

/** @typedef {import("../types.js").Answer} Answer */

const NO_ANSWER = "The kernel has not answered in time, so the settings are back at what the chart shows. Run the cell again, or try once more.";
// The last answer is kept in the model, so that it is saved with the notebook. It is not a trait and never sent.
const SHOWN = "shown";

/**
 * The channel of a widget, which all its displays share.
 * @param {Model} model
 */
export function channelOf(model) {
  const channel = new Channel((message) => model.send(message), NO_ANSWER);
  model.on("msg:custom", (message, buffers) => {
    const shown = channel.receive(message, buffers);
    if (shown && isView(model)) model.set(SHOWN, shown);
  });
  return channel;
}

/** Whether a widget is a view, which has a state that is shared with Python. @param {Model} model */
const isView = (model) => model.get("state") !== undefined;

/** @param {Model} model @param {Channel} channel @returns {import("../types.js").Host} */
export function notebookHost(model, channel) {
  /** @param {HTMLElement} section @param {import("./channel.js").Message} request */
  const ask = (section, request) => channel.ask({ view: viewKeyOf(section), ...request }, section);
  return {
    ownsAddress: false,
    qr: () => qrOfJupyter(channel),
    ask: (section, params) => ask(section, { params }),
    read: (section, text) => ask(section, { file: text }),
    loadDeferred: (section) => ask(section, { params: Object.fromEntries(new URLSearchParams(section.dataset.default)) }),
    async now(section) {
      const state = model.get("state");
      if (!isView(model) || state === section.dataset.state) return undefined;
      /** @type {Answer | undefined} */
      const saved = model.get(SHOWN);
      return saved?.state === state ? saved : ask(section, {});
    },
    watch: (section, show) => (isView(model) ? channel.watch(section, show) : () => {}),
  };
}
