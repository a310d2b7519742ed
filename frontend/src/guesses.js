// Feedback on a guess once the answer is revealed. The sentences, with slots in braces, come with the page. A test holds this
// module and kit/predictions.py equal.

/**
 * The data of a prediction: sentences with slots, the words for one hand and for several, and the ranges of the hand count.
 * @typedef {object} Known
 * @property {Record<"same" | "more" | "fewer" | "nobody" | "class", string>} words
 * @property {[string, string]} hands
 * @property {[number, number][]} bins
 */

/** @param {number} n */
export const formatNumber = (n) => Math.abs(n).toLocaleString("en-US").replace(/^/, n < 0 ? "−" : "");

/** @param {string} words @param {Record<string, string | number>} slots */
const filled = (words, slots) => words.replace(/\{(\w+)\}/g, (_, name) => String(slots[name]));

/**
 * How far a guess was off.
 * @param {Known} known @param {number} guess @param {number} answer
 */
export function guessSaid({ words }, guess, answer) {
  const kind = guess === answer ? "same" : answer > guess ? "more" : "fewer";
  return filled(words[kind], { guess: formatNumber(guess), answer: formatNumber(answer), by: formatNumber(Math.abs(answer - guess)) });
}

/**
 * How a class guessed: `tally` holds the hands for each range.
 * @param {Known} known @param {number[]} tally @param {number} answer
 */
export function handsSaid({ words, hands, bins }, tally, answer) {
  const at = Math.max(0, bins.filter(([low]) => low <= answer).length - 1);
  const among = (/** @type {(i: number) => boolean} */ test) => tally.reduce((sum, n, i) => sum + (test(i) ? n : 0), 0);
  const all = among(() => true);
  if (!all) return filled(words.nobody, { answer: formatNumber(answer) });
  const [low, high] = bins[at].map(formatNumber);
  return filled(words.class, {
    answer: formatNumber(answer),
    hands: `${all} ${hands[all === 1 ? 0 : 1]}`,
    bin: low === high ? low : `${low} to ${high}`,
    right: tally[at],
    above: among((i) => i > at),
    below: among((i) => i < at),
  });
}
