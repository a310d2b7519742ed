// Registry of the page's view controllers, by the section that each controls.

/** @typedef {import("./view.js").ViewController} ViewController */

/** @type {WeakMap<Element, ViewController>} */
const known = new WeakMap();

/** @param {ViewController} controller */
export const register = (controller) => known.set(controller.section, controller);

/** @param {Element} section */
export const controllerOf = (section) => known.get(section);

/** The controllers of those sections that have one. @param {Element[]} sections */
export const controllersOf = (sections) => sections.map(controllerOf).filter((found) => found !== undefined);
