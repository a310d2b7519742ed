// A citation of a view as a sentence, and in the formats that reference managers read.

/**
 * A citation of a view: the page's part (see render/citation.py) and the view's.
 * @typedef {object} Citation
 * @property {string} author
 * @property {string} version
 * @property {string} data  The version of the data.
 * @property {string} day  Of the data, as 2026-11-28.
 * @property {string} key  Of the view.
 * @property {string} title
 * @property {string} address  Empty where there is none that others can follow.
 * @property {string} accessed  The day, as 2026-11-28.
 */

const SPECIAL = /** @type {Record<string, string>} */ ({ "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" });

/** @param {string} day as 2026-11-28 */
const inWords = (day) => new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** @param {string} title */
const ended = (title) => (/[.?!]$/.test(title) ? title : `${title}.`);

/** @param {Citation} reference */
export function citationText({ author, version, data, day, title, address, accessed }) {
  const from = address ? `Retrieved ${inWords(accessed)}, from ${address}` : `Read on ${inWords(accessed)}.`;
  return `${author} (${day.slice(0, 4)}). ${ended(title)} prolo_dash, version ${version}; data version ${data} of ${inWords(day)}. ${from}`;
}

/** Text as BibTeX takes it. @param {string} text */
const inBraces = (text) => `{${text.replace(/[\\{}&%$#_~^]/g, (sign) => SPECIAL[sign] ?? `\\${sign}`)}}`;

/** @param {Citation} reference */
export function citationBibtex({ author, version, data, day, key, title, address, accessed }) {
  const fields = [
    ["author", `{${inBraces(author)}}`], // double braces: one name, not split into first and last
    ["title", `{${inBraces(title)}}`],
    ["howpublished", inBraces(`prolo_dash, version ${version}`)],
    ["year", `{${day.slice(0, 4)}}`],
    ["note", inBraces(`Data version ${data} of ${day}. Accessed ${accessed}`)],
    ...(address ? [["url", `{${address}}`]] : []),
    ["urldate", `{${accessed}}`],
  ];
  return `@misc{prolo_dash_${key},\n${fields.map(([name, value]) => `  ${name} = ${value},\n`).join("")}}\n`;
}

/** @param {Citation} reference */
export function citationRis({ author, version, data, day, title, address, accessed }) {
  const fields = [
    ["TY", "ELEC"], ["AU", author], ["TI", title], ["T2", "prolo_dash"], ["ET", version], ["PY", day.slice(0, 4)],
    ["DA", day.replaceAll("-", "/")], ["N1", `Data version ${data} of ${day}`], ...(address ? [["UR", address]] : []),
    ["Y2", accessed.replaceAll("-", "/")], ["LA", "en"], ["ER", ""],
  ];
  return fields.map(([tag, value]) => `${tag}  - ${value.replace(/\s+/g, " ")}\r\n`).join("");
}
