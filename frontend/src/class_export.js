// What a class has guessed, as a picture to keep: the question, the sentence and the number line or the bars, in light colours.

import { roundPicture } from "./class_picture.js";
import { choicesSaid, countsOf } from "./class_guesses.js";
import { rightOf } from "./check.js";
import { isChoice, optionWords, optionsOf, questionOf, questionsIn } from "./class_questions.js";
import { answerOf, numberSaid, roundsOf, scaleOf } from "./class_reveal.js";
import { Sheet, sheetAsSvg, svgToPng, themeTokensOf } from "./image_export.js";
import { part } from "./dom.js";
import { tallyOf } from "./predict.js";
import { saveFile } from "./save_file.js";
import { svgElement, svgText } from "./svg.js";

/** @typedef {import("./class_connection.js").Spread} Spread */

const CAPTIONS = ["Before talking", "After talking"];

/**
 * @param {HTMLElement} element a revealed question @param {Spread[]} spreads @param {number[]} tally
 */
export async function savePicture(element, spreads, tally) {
  const token = tokensOf(element);
  const look = { width: 850, size: 18, family: token("sans"), colours: { ink: token("ink"), soft: token("soft"), guess: token("axis"), answer: token("c") || token("ink"), paper: token("paper") } };
  const rounds = roundsOf(spreads, tally);
  const sheet = new Sheet();
  const ask = (element.querySelector(".ask")?.textContent ?? "").trim();
  const text = (/** @type {string} */ words, /** @type {number} */ size, below = 12) => sheet.text(words, { size, family: token("serif"), colour: token("ink") }, below);
  text(ask, 24);
  if (isChoice(element)) {
    const counts = rounds.map((_, i) => countsOf(spreads[i], optionsOf(element).length));
    text(choicesSaid(counts, rightOf(element)), 18);
    optionsOf(element).forEach((option, i) => {
      text(optionWords(option), 16, 2);
      counts.forEach((count) => sheet.chart(bar(count[i], Math.max(1, ...counts.flat()), i === rightOf(element), look), 22));
    });
  } else {
    text(numberSaid(rounds, scaleOf(element), answerOf(element)), 18);
    rounds.forEach((round, i) => {
      if (rounds.length > 1) text(CAPTIONS[i], 16);
      const { picture, height } = roundPicture(round, scaleOf(element), answerOf(element), look);
      sheet.chart(picture, height);
    });
  }
  saveFile(`class_${questionOf(element)}.png`, await svgToPng(sheetAsSvg(sheet, ask, "", token)), "image/png");
}

/**
 * The hands that were counted on this page, as further rows of the table of guesses (COLUMNS of the server's session.py).
 * @param {string} page @param {Record<string, import("./class_connection.js").Question>} questions
 */
export function handsRows(page, questions) {
  const rows = questionsIn().filter((element) => !isChoice(element)).flatMap((element) => {
    const key = questionOf(element);
    const ask = (element.querySelector(".ask")?.textContent ?? "").trim();
    const known = [page, key, ask, "number", hiddenAnswerOf(element), questions[key]?.round ?? 1, "hands"];
    return tallyOf(element).flatMap((count, i) => (count ? [[...known, scaleOf(element).bins[i].join(" to "), count]] : []));
  });
  return rows.map((cells) => `${cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(",")}\r\n`).join("");
}

/** The answer of a number, also before it is revealed. @param {HTMLElement} element */
function hiddenAnswerOf(element) {
  const template = /** @type {HTMLTemplateElement | null} */ (element.querySelector("template[data-answer]"));
  return part(/** @type {Element} */ (/** @type {unknown} */ (template?.content ?? element)), "answer").dataset.value ?? "";
}

/** @param {HTMLElement} element */
function tokensOf(element) {
  const themed = /** @type {HTMLElement | null} */ (document.querySelector("[data-dark]"));
  return themeTokensOf({ section: element, darkMap: JSON.parse(themed?.dataset.dark ?? "{}") });
}

/** @param {number} count @param {number} most @param {boolean} isRight @param {import("./class_picture.js").Look} look */
const bar = (count, most, isRight, { width, size, family, colours }) => svgElement("svg", { width, height: 22 },
  svgElement("rect", { x: 0, y: 2, width: (0.9 * width * count) / most, height: 18, fill: isRight ? colours.answer : colours.guess }),
  svgText(String(count), { size, family, colour: colours.ink }, (0.9 * width * count) / most + 8, 17));
