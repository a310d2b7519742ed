// Predict, then reveal: a guess is made, locked and compared with the answer. Until then the answer, and everything after it
// on the page, is in inert templates, so that no reader, search or screen reader finds it. Nothing is sent, and guesses are
// kept in the tab alone (guesses_made.js). Events of the element tell whoever listens of a guess and of a reveal.

import { announce } from "./announce.js";
import { createElement, part, queryAll } from "./dom.js";
import { revealCheck, startChecks } from "./check.js";
import { tellGuess } from "./guess_event.js";
import { formatNumber, guessSaid, handsSaid } from "./guesses.js";
import { isMade, refill, rememberMade } from "./guesses_made.js";

/** @typedef {(block: HTMLElement) => void} AttachChapters  Starts the chapters in a block that a reveal has added. */

const NO_GUESS = "Make a guess first: move the slider, type a number or count hands. Or skip the guess.";
const ANSWERS = "template[data-answer]";
const TYPED = 1000; // milliseconds after which a number counts as typed
const STAYS = ["ArrowLeft", "ArrowDown", "Home", "Enter", " "]; // keys that leave a slider at its start

/** @type {WeakMap<HTMLElement, AttachChapters>} */
const started = new WeakMap(); // predictions whose listeners have been added

/** @param {HTMLElement} element */
const formOf = (element) => /** @type {HTMLFormElement} */ (element.querySelector("form.guess"));
/** @param {HTMLElement} element @param {string} name */
const fieldOf = (element, name) => /** @type {HTMLInputElement} */ (formOf(element).elements.namedItem(name));
/** @param {HTMLElement} element @returns {import("./guesses.js").Known} */
export const dataOf = (element) => JSON.parse(element.dataset.known ?? "");

/** The hands that were counted for each range. @param {HTMLElement} element */
export function tallyOf(element) {
  const fields = /** @type {HTMLInputElement[]} */ (queryAll(formOf(element), '[name="hands"]'));
  return fields.map((field) => (field.validity.valid ? Number(field.value) : 0));
}

/** @param {HTMLElement} element */
function guessOf(element) {
  const number = fieldOf(element, "number");
  return number.value !== "" && number.validity.valid ? Number(number.value) : null;
}

/**
 * A number line with the guess and the answer. It is hidden from screen readers: the sentence beside it says the same.
 * @param {HTMLElement} element @param {number | null} guess @param {number} answer
 */
function scale(element, guess, answer) {
  const { min, max } = fieldOf(element, "guess");
  const [low, high] = [Number(min), Number(max)];
  const line = createElement("div", { className: "scale" });
  line.setAttribute("aria-hidden", "true");
  const mark = (/** @type {string} */ kind, /** @type {number} */ value, /** @type {string} */ text) => {
    const at = createElement("span", { className: `mark ${kind}` });
    at.style.setProperty("--at", String(Math.min(1, Math.max(0, (value - low) / (high - low)))));
    at.append(createElement("b", {}, text));
    line.append(at);
  };
  line.append(createElement("span", { className: "low" }, formatNumber(low)), createElement("span", { className: "high" }, formatNumber(high)));
  if (guess !== null) mark("guessed", guess, `guess ${formatNumber(guess)}`);
  mark("answered", answer, `answer ${formatNumber(answer)}`);
  return line;
}

/** @param {HTMLElement} element @param {number[]} tally */
function bars(element, tally) {
  const { bins } = dataOf(element);
  const most = Math.max(...tally);
  const row = createElement("div", { className: "tally" });
  row.setAttribute("aria-hidden", "true");
  bins.forEach(([low, high], i) => {
    const bar = createElement("span", {}, String(tally[i]));
    bar.style.flexGrow = String(high - low + 1);
    bar.style.setProperty("--share", String(tally[i] / most));
    row.append(bar);
  });
  return row;
}

/** @param {HTMLElement} element @param {number | null} guess @param {number[]} tally */
function showFeedback(element, guess, tally) {
  const gap = part(element, "gap");
  const answered = part(element, "answer");
  const answer = Number(answered.dataset.value);
  const hasHands = tally.some((n) => n > 0);
  if (!hasHands && guess === null) return answered;
  const said = hasHands || guess === null ? handsSaid(dataOf(element), tally, answer) : guessSaid(dataOf(element), guess, answer);
  gap.replaceChildren(createElement("p", { className: "say" }, said), ...(hasHands ? [bars(element, tally)] : []), scale(element, hasHands ? null : guess, answer));
  return gap;
}

/**
 * Unpacks what a reveal shows: the answer, the rest of its step and, if the step has no other open guess, the next steps.
 * @param {HTMLElement} element
 */
function unlockAnswer(element) {
  /** @type {HTMLElement[]} */
  const fresh = [];
  const unfold = (/** @type {Element | null} */ template) => {
    if (!(template instanceof HTMLTemplateElement) || !template.matches(ANSWERS)) return;
    fresh.push(.../** @type {HTMLElement[]} */ ([...template.content.children]));
    template.replaceWith(template.content);
  };
  const step = element.closest(".step");
  unfold(element.querySelector(ANSWERS));
  step?.querySelectorAll(`:scope > ${ANSWERS}`).forEach(unfold);
  if (!step) unfold(element.nextElementSibling);
  if (step && !step.querySelector(`${ANSWERS}:not([data-check] *)`)) unfold(step.nextElementSibling);
  return fresh;
}

/**
 * Shows the answer, compared with the guess if there is one; false if it was shown before.
 * @param {HTMLElement} element @param {{ withGuess?: boolean, moves?: boolean }} [how] `moves`: the reader is led to the answer
 */
export function reveal(element, { withGuess = true, moves = true } = {}) {
  if (element.dataset.revealed) return false;
  element.dataset.revealed = "true";
  rememberMade(element, withGuess);
  const guess = withGuess ? guessOf(element) : null;
  const tally = withGuess ? tallyOf(element) : [];
  const fresh = unlockAnswer(element);
  for (const field of /** @type {HTMLInputElement[]} */ (queryAll(formOf(element), "input, button"))) field.disabled = true;
  const told = showFeedback(element, guess, tally);
  const attachChapters = started.get(element) ?? (() => {});
  fresh.forEach(attachChapters);
  fresh.forEach(startChecks);
  startPredictions(element.closest(".step")?.parentElement ?? element.parentElement ?? document, attachChapters);
  element.dispatchEvent(new CustomEvent("reveal", { bubbles: true }));
  if (!moves) return true;
  told.focus({ preventScroll: true });
  told.scrollIntoView({ block: "nearest" });
  return true;
}

/** @returns {HTMLElement | null} */
export const firstOpenGuess = () => document.querySelector("[data-predict]:not([data-revealed])");

/**
 * Reveals guesses that were made in this tab, until what is wanted is there; returns the first other one before it.
 * @param {() => boolean} isThere
 */
export function revealMade(isThere) {
  while (!isThere()) {
    const open = firstOpenGuess();
    if (!open || !isMade(open)) return open;
    refill(open);
    reveal(open);
  }
  return null;
}

/** Shows again what was revealed in this tab before a reload. What is asked while presenting alone is asked anew each time. */
export function revealAgain() {
  const next = () => queryAll(document, "[data-question]:not([data-revealed], [data-guess])").find(isMade);
  for (let element; (element = next());) {
    refill(element);
    (element.matches("[data-check]") ? revealCheck : reveal)(element, { moves: false });
  }
}

/** @param {HTMLElement} element */
function listen(element) {
  const [guess, number] = [fieldOf(element, "guess"), fieldOf(element, "number")];
  if (guess.value !== guess.defaultValue && !number.value) number.value = guess.value; // moved before the script had loaded
  const tell = (/** @type {string} */ problem) => {
    part(element, "problem").textContent = problem;
    number.setAttribute("aria-invalid", String(Boolean(problem)));
    announce(problem, "guess");
  };
  let typed = 0;
  const hasTyped = () => number.value !== "" || number.validity.badInput;
  const tellAllowed = () => {
    if (!element.dataset.revealed && hasTyped() && guessOf(element) === null) tell(`Type a whole number: ${part(element, "range").textContent}.`);
  };
  const sayUnit = () => guess.setAttribute("aria-valuetext", `${guess.value} ${guess.dataset.unit}`);
  sayUnit();
  formOf(element).addEventListener("input", ({ target }) => {
    if (part(element, "problem").textContent) tell("");
    clearTimeout(typed);
    if (target === number) typed = window.setTimeout(tellAllowed, TYPED);
    if (target === guess) number.value = guess.value;
    else if (target === number && guessOf(element) !== null) guess.value = number.value;
    sayUnit();
    if (target === guess || target === number) tellGuess(element, guessOf(element));
  });
  number.addEventListener("change", tellAllowed);
  const stay = () => { if (!hasTyped()) guess.dispatchEvent(new Event("input", { bubbles: true })); }; // where it is, is the guess
  for (const touched of ["click", "pointerup"]) guess.addEventListener(touched, stay); // a finger's touch of a slider is no click
  guess.addEventListener("keyup", ({ key }) => { if (STAYS.includes(key)) stay(); });
  formOf(element).addEventListener("submit", (event) => {
    event.preventDefault();
    if (tallyOf(element).some((n) => n > 0) || guessOf(element) !== null) reveal(element);
    else if (hasTyped()) tellAllowed();
    else tell(NO_GUESS);
  });
  part(element, "skip").addEventListener("click", () => reveal(element, { withGuess: false }));
}

/** The chapters in a block that a reveal has added: the block itself, or those inside it. @param {HTMLElement} block */
export const chaptersIn = (block) => [block, ...queryAll(block, ".chapter")].filter((found) => found.matches(".chapter"));

/**
 * Starts the predictions in a part of the page.
 * @param {ParentNode} root @param {AttachChapters} attachChapters
 */
export function startPredictions(root, attachChapters) {
  for (const element of queryAll(root, "[data-predict]")) {
    if (started.has(element)) continue;
    started.set(element, attachChapters);
    listen(element);
  }
}

/**
 * In the explainer, a class guesses only in presenting mode. What follows a guess is then moved into a template, as in a
 * lesson. The guesses are in the page's HTML, each before the chapter that has its answer.
 * @param {HTMLElement} main @param {Element[]} blocks of it, whose guesses are asked
 */
export function insertGuesses(main, blocks) {
  for (const kept of /** @type {HTMLTemplateElement[]} */ (queryAll(main, "template[data-guesses]")).reverse()) {
    let from = /** @type {Node | undefined} */ (blocks.find((block) => block.contains(kept)));
    if (!from) continue;
    for (const guess of [...kept.content.children].reverse()) {
      const behind = [];
      for (let node = /** @type {Node | null} */ (from); node; node = node.nextSibling) behind.push(node);
      const asked = /** @type {HTMLElement} */ (document.importNode(guess, true));
      asked.dataset.guess = "";
      const locked = createElement("template", {});
      locked.dataset.answer = "";
      locked.content.append(...behind);
      main.append(asked, locked);
      from = asked;
    }
  }
  startPredictions(main, () => {});
}

/** @param {HTMLElement} main */
export function removeGuesses(main) {
  for (let guess; (guess = main.querySelector(":scope > [data-guess]"));) {
    const behind = guess.nextElementSibling;
    if (behind instanceof HTMLTemplateElement && behind.matches(ANSWERS)) behind.replaceWith(behind.content);
    guess.remove();
  }
}
