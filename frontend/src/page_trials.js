// Which trials the page counts: all, those made in one way, or all but some. Views that count or pool trials ask for them.

/** @typedef {{ trials?: string, without?: string }} PageTrials  What differs from all trials: of which kind, and ids left out. */

export const TRIALS = "trials";
export const WITHOUT = "without";
export const ALL = "all";

/** @type {PageTrials} */
let counted = {};

/** @param {{ trials: string, without: string }} chosen */
export function countTrials({ trials, without }) {
  counted = { ...(trials && trials !== ALL ? { trials } : {}), ...(without ? { without } : {}) };
}

/** Whether a view follows the choice of trials. @param {HTMLElement} section */
export const countsTrials = ({ dataset }) => dataset.countsTrials !== undefined;

/** The choice that a view has to follow; empty where it shows all trials. @param {HTMLElement} section @returns {PageTrials} */
export const trialsFor = (section) => (countsTrials(section) ? counted : {});

/** Whether all trials are shown in a view. @param {HTMLElement} section */
export const showsAllTrials = (section) => Object.keys(trialsFor(section)).length === 0;

/** The ids in a list of an address. @param {string} without */
export const idsIn = (without) => without.split(".").filter(Boolean);

/** A list of ids with one added, or taken away if it is there. @param {string} without @param {string} study */
export function toggled(without, study) {
  const ids = idsIn(without);
  return (ids.includes(study) ? ids.filter((id) => id !== study) : [...ids, study]).join(".");
}
