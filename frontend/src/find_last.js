// What lists of older browsers can't say of themselves.

/**
 * The last of a list for which something holds; of all, if nothing is said.
 * @template T @param {readonly T[]} list @param {(one: T) => boolean} [holds] @returns {T | undefined}
 */
export const findLast = (list, holds = () => true) => [...list].reverse().find(holds);
