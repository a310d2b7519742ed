// What can go wrong with a question, as far as somebody acts on the difference.

/** It can't be had now. `whenBack(retry)` has it tried again once there is hope. */
export class NotYetError extends Error {
  /** @param {string} message @param {(retry: () => void) => void} whenBack */
  constructor(message, whenBack) {
    super(message);
    this.whenBack = whenBack;
  }
}

/** It was understood, and the answer is no. */
export class RefusedError extends Error {}

/** A file of the page that its place does not have (any more): asking again is no use. */
export class GoneError extends Error {}
