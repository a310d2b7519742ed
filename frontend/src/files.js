// Fetches the files of a page: prepared states and deferred content. Each view names its own; <body data-files> is their base.

import { GoneError } from "./errors.js";

/**
 * A file by its name; GoneError if it does not exist, another error if it is not available now.
 * @param {string} name
 */
export async function fetchFile(name) {
  const answer = await fetch(`${document.body.dataset.files ?? ""}${name}`);
  if (answer.status === 404) throw new GoneError(name);
  if (answer.status !== 200) throw new Error(`${name}: ${answer.status}`); // 204: it is still being made
  return answer;
}
