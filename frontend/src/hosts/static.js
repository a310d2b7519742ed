// The host of a static page: it has only prepared states.

import { createElement } from "../dom.js";
import { GoneError, NotYetError } from "../errors.js";
import { prepared } from "../packs.js";
import { RENEWED, setRenewed } from "../connection_status.js";
import { isTyped, soon, typedFields, viewFiles } from "./prepared.js";

const NOT_PREPARED = "This copy of the page can’t work out what is typed in. The page of “prolo-dash serve” can.";
const NOT_KNOWN = "A part of the link is not on offer here. The usual setting is shown.";
const NOT_COME = "This setting has not come with the page yet and can’t be fetched now. It is tried again by itself.";

/** @returns {import("../types.js").Host} */
export function staticHost() {
  const { open, loadDeferred } = viewFiles(setRenewed);
  return {
    ownsAddress: true,
    async ask(section, params) {
      if (isTyped(section, params)) throw new Error(NOT_PREPARED);
      const pack = await open(section).catch((error) => {
        throw error instanceof GoneError ? new Error(RENEWED) : new NotYetError(NOT_COME, soon);
      });
      const { isComplete, answer } = prepared(pack, params);
      return isComplete ? answer : { ...answer, notice: NOT_KNOWN };
    },
    read: () => Promise.reject(new Error(NOT_PREPARED)),
    loadDeferred,
    prepare: open,
  };
}

/**
 * Warns before text fields that a static page can't compute anything.
 * @param {ParentNode} root
 */
export function warnAboutTypedInput(root) {
  for (const form of new Set(typedFields(root).map((field) => field.form)))
    form?.before(createElement("p", { className: "notice" }, NOT_PREPARED));
}
