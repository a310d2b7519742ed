// The host of a page that plain Voilà made: prepared states answer its controls where they are, the kernel behind the
// page what they don't hold. Reading never waits for the kernel.

import { packOf } from "../packs.js";
import { answerIn, askLive, filesOfViews, isTyped } from "./prepared.js";
import { connect } from "./jupyter.js";

/** @returns {import("../types.js").Host} */
export function kernelHost() {
  const { base = "", kernel = "" } = document.body.dataset;
  const askWidget = connect(base, kernel);
  const files = filesOfViews(() => {}); // what is not there is asked of the kernel
  /** @param {HTMLElement} section @param {import("../types.js").Question} question */
  const askKernel = (section, question) => askWidget(commOf(section), { view: section.dataset.view, ...question });
  return {
    ownsAddress: true,
    async ask(section, params) {
      const pack = isTyped(section, params) ? packOf(section) : await files.open(section).catch(() => undefined);
      return answerIn(pack, params) ?? askLive(files, section, params, () => askKernel(section, { params }));
    },
    read: (section, text) => askKernel(section, { file: text }),
    follow: (section) => files.follow(section).catch(() => askKernel(section, { params: usual(section) })),
    prepare: files.open,
  };
}

/** The channel of the widget that made a view. @param {HTMLElement} section */
const commOf = (section) => /** @type {HTMLElement | null} */ (section.closest("[data-comm]"))?.dataset.comm ?? "";

/** @param {HTMLElement} section */
const usual = (section) => Object.fromEntries(new URLSearchParams(section.dataset.default));
