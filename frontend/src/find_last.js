// Array.prototype.findLast, which the oldest supported browsers lack.

/**
 * The last element that fulfils a condition; without one, the last element.
 * @template T @param {readonly T[]} list @param {(one: T) => boolean} [holds] @returns {T | undefined}
 */
export const findLast = (list, holds = () => true) => [...list].reverse().find(holds);
