// The files of a page: states and what follows it. Each view names its own; <body data-files> says where they are.

import { GoneError } from "./errors.js";

/**
 * A file by its name; GoneError where there is none of that name, another error where it can't be had now.
 * @param {string} name
 */
export async function fetchFile(name) {
  const answer = await fetch(`${document.body.dataset.files ?? ""}${name}`);
  if (answer.status === 404) throw new GoneError(name);
  if (answer.status !== 200) throw new Error(`${name}: ${answer.status}`); // 204: it is still being made
  return answer;
}
