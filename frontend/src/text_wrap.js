// Text in lines, for pictures: SVG breaks none by itself.

/**
 * The lines of a text that are no wider than a width. A word that is wider, as an address, is cut.
 * @param {string} text @param {number} width @param {(text: string) => number} measure @returns {string[]}
 */
export function wrapText(text, width, measure) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const word of text.trim().split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = "";
    for (const character of word) {
      if (line && measure(line + character) > width) {
        lines.push(line);
        line = "";
      }
      line += character;
    }
  }
  return line ? [...lines, line] : lines;
}
