// Elements of pictures that this script draws itself.

/** @typedef {{ size: number, family: string, colour: string, weight?: number }} Type */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag @param {Record<string, string | number>} attributes @param {(Node | string)[]} inside
 */
export function svgElement(tag, attributes, ...inside) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...inside);
  return element;
}

/** @param {string} text @param {Type} type @param {number} x @param {number} y */
export const svgText = (text, { size, family, colour, weight = 400 }, x, y) =>
  svgElement("text", { x, y, "font-size": size, "font-family": family, "font-weight": weight, fill: colour }, text);
