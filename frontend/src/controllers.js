// The controller of each view on the page, by the section that it controls.

/** @typedef {import("./view.js").ViewController} ViewController */

/** @type {WeakMap<Element, ViewController>} */
const known = new WeakMap();

/** @param {ViewController} controller */
export const register = (controller) => known.set(controller.section, controller);

/** @param {Element} section */
export const controllerOf = (section) => known.get(section);

/** The controllers of some sections, of those that have been taken over. @param {Element[]} sections */
export const controllersOf = (sections) => sections.map(controllerOf).filter((found) => found !== undefined);
