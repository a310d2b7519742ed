// The host of a page made by plain Voilà: prepared states answer its controls where there are any, the page's kernel answers the
// rest. Reading never waits for the kernel. A view that is a widget of its own (see view_widget.py) sends each change to the
// kernel in any case, so that its traits and their observers are updated.

import { viewKeyOf } from "../dom.js";
import { loadedPack } from "../packs.js";
import { trialsFor } from "../page_trials.js";
import { connect } from "./jupyter.js";
import { answerIn, askWithFallback, isTyped, viewFiles } from "./prepared.js";

/** @returns {import("../types.js").Host} */
export function kernelHost() {
  const { base = "", kernel = "" } = document.body.dataset;
  const channelOf = connect(base, kernel);
  const files = viewFiles(() => {}); // the kernel answers instead
  /** @param {HTMLElement} section @param {import("./channel.js").Message} request @returns {Promise<any>} */
  const askKernel = (section, request) => channelOf(commOf(section)).ask({ view: viewKeyOf(section), ...request }, section);
  /** Ignores a failure: the status line shows a lost connection. @param {Promise<any>} promise */
  const ifReachable = (promise) => promise.catch(() => undefined);
  return {
    ownsAddress: true,
    async ask(section, params) {
      const pack = await (isTyped(section, params) ? loadedPack(section) : files.open(section).catch(() => undefined));
      const answer = answerIn(section, pack, params);
      if (!answer) return askWithFallback(files, section, params, () => askKernel(section, { params, page: trialsFor(section) }));
      return isWidget(section) ? { ...answer, confirmed: ifReachable(askKernel(section, { params })) } : answer;
    },
    read: (section, text) => askKernel(section, { file: text }),
    loadDeferred: (section) => files.loadDeferred(section).catch(() => askKernel(section, { params: usual(section) })),
    prepare: files.open,
    now: async (section) => (isWidget(section) ? ifReachable(askKernel(section, {})) : undefined),
    watch: (section, show) => (isWidget(section) ? channelOf(commOf(section)).watch(section, show) : () => {}),
  };
}

/** @param {HTMLElement} section */
const partOf = (section) => /** @type {HTMLElement | null} */ (section.closest("[data-comm]"))?.dataset ?? {};

/** The comm id of the widget that made a view. @param {HTMLElement} section */
const commOf = (section) => partOf(section).comm ?? "";

/** Whether the kernel holds the state of a view; a chapter's views have theirs only in the page. @param {HTMLElement} section */
const isWidget = (section) => partOf(section).call === "view";

/** @param {HTMLElement} section */
const usual = (section) => Object.fromEntries(new URLSearchParams(section.dataset.default));
