// The kinds of failed requests that are handled differently.

/** Not available now. `whenBack(retry)` calls `retry` when it is worth trying again. */
export class NotYetError extends Error {
  /** @param {string} message @param {(retry: () => void) => void} whenBack */
  constructor(message, whenBack) {
    super(message);
    this.whenBack = whenBack;
  }
}

/** The request was understood and refused. */
export class RefusedError extends Error {}

/** A file of the page does not exist (any more), so retrying is no use. */
export class GoneError extends Error {}
