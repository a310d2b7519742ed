// Predict, then reveal: a guess is made, locked and set beside the answer. Until then the answer, and all that follows it
// on the page, is in inert templates, so that no reader, search or screen reader finds it. Nothing is kept or sent.

import { made } from "./share.js";

const NO_GUESS = "Make a guess first: move the slider, type a number or count hands. Or skip the guess.";
const NOT_POSSIBLE = "That number can’t be guessed here. The slider shows what can.";
const ANSWERS = "template[data-answer]";

const written = (n) => Math.abs(n).toLocaleString("en-US").replace(/^/, n < 0 ? "−" : "");
const filled = (words, slots) => words.replace(/\{(\w+)\}/g, (_, name) => slots[name]);

// How far a guess was off. The words, with slots, come with the page (views/guesses.py, which says the same).
export function guessSaid({ words }, guess, answer) {
  const kind = guess === answer ? "same" : answer > guess ? "more" : "fewer";
  return filled(words[kind], { guess: written(guess), answer: written(answer), by: written(Math.abs(answer - guess)) });
}

// How a class guessed: `tally` holds the hands for each range.
export function handsSaid({ words, hands, bins }, tally, answer) {
  const at = Math.max(0, bins.findLastIndex(([low]) => low <= answer));
  const among = (test) => tally.reduce((sum, n, i) => sum + (test(i) ? n : 0), 0);
  const all = among(() => true);
  if (!all) return filled(words.nobody, { answer: written(answer) });
  const [low, high] = bins[at].map(written);
  return filled(words.class, {
    answer: written(answer),
    hands: `${all} ${hands[all === 1 ? 0 : 1]}`,
    bin: low === high ? low : `${low} to ${high}`,
    right: tally[at],
    above: among((i) => i > at),
    below: among((i) => i < at),
  });
}

const formOf = (element) => element.querySelector("form.guess");
const known = (element) => JSON.parse(element.dataset.known);

function tallyOf(element) {
  return [...formOf(element).querySelectorAll('[name="hands"]')].map((field) => (field.validity.valid ? Number(field.value) : 0));
}

function guessOf(element) {
  const { number } = formOf(element).elements;
  return number.value !== "" && number.validity.valid ? Number(number.value) : null;
}

// A line from the lowest to the highest guess with both marks. For the eye only: the sentence beside it says the same.
function scale(element, guess, answer) {
  const { min, max } = formOf(element).elements.guess;
  const [low, high] = [Number(min), Number(max)];
  const line = made("div", { className: "scale" });
  line.setAttribute("aria-hidden", "true");
  const mark = (kind, value, text) => {
    const at = made("span", { className: `mark ${kind}` });
    at.style.setProperty("--at", Math.min(1, Math.max(0, (value - low) / (high - low))));
    at.append(made("b", {}, text));
    line.append(at);
  };
  line.append(made("span", { className: "low" }, written(low)), made("span", { className: "high" }, written(high)));
  if (guess !== null) mark("guessed", guess, `guess ${written(guess)}`);
  mark("answered", answer, `answer ${written(answer)}`);
  return line;
}

function bars(element, tally) {
  const { bins } = known(element);
  const most = Math.max(...tally);
  const row = made("div", { className: "tally" });
  row.setAttribute("aria-hidden", "true");
  bins.forEach(([low, high], i) => {
    const bar = made("span", {}, String(tally[i]));
    bar.style.flexGrow = high - low + 1;
    bar.style.setProperty("--share", tally[i] / most);
    row.append(bar);
  });
  return row;
}

function drawGap(element, guess, tally) {
  const gap = element.querySelector('[data-role="gap"]');
  const answer = Number(element.querySelector('[data-role="answer"]').dataset.value);
  const hands = tally.some((n) => n > 0);
  if (!hands && guess === null) return element.querySelector('[data-role="answer"]');
  const said = hands ? handsSaid(known(element), tally, answer) : guessSaid(known(element), guess, answer);
  gap.replaceChildren(made("p", { className: "say" }, said), ...(hands ? [bars(element, tally)] : []), scale(element, hands ? null : guess, answer));
  return gap;
}

// What a reveal lets out: the answer, the rest of its step and, if no other guess waits in the step, the steps after it.
function letOut(element) {
  const fresh = [];
  const unfold = (template) => {
    fresh.push(...template.content.children);
    template.replaceWith(template.content);
  };
  const step = element.closest(".step");
  unfold(element.querySelector(ANSWERS));
  step?.querySelectorAll(`:scope > ${ANSWERS}`).forEach(unfold);
  if (!step && element.nextElementSibling?.matches(ANSWERS)) unfold(element.nextElementSibling);
  if (step && !step.querySelector(ANSWERS) && step.nextElementSibling?.matches(ANSWERS)) unfold(step.nextElementSibling);
  return fresh;
}

// Shows the answer, beside the guess if one was made; false if it was shown before.
export function reveal(element, { withGuess = true } = {}) {
  if (element.dataset.revealed) return false;
  element.dataset.revealed = "true";
  const [guess, tally] = withGuess ? [guessOf(element), tallyOf(element)] : [null, []];
  const fresh = letOut(element);
  for (const field of formOf(element).elements) field.disabled = true;
  const told = drawGap(element, guess, tally);
  for (const block of fresh) element.attachChapters(block);
  startPredictions(element.closest(".step")?.parentElement ?? element.parentElement, element.attachChapters);
  told.focus({ preventScroll: true });
  told.scrollIntoView({ block: "nearest" });
  return true;
}

function listen(element) {
  const form = formOf(element);
  const { guess, number } = form.elements;
  const problem = element.querySelector('[data-role="problem"]');
  form.addEventListener("input", ({ target }) => {
    problem.textContent = "";
    if (target === guess) number.value = guess.value;
    else if (target === number && guessOf(element) !== null) guess.value = number.value;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (tallyOf(element).some((n) => n > 0) || guessOf(element) !== null) reveal(element);
    else problem.textContent = number.value || number.validity.badInput ? NOT_POSSIBLE : NO_GUESS;
  });
  element.querySelector('[data-role="skip"]').addEventListener("click", () => reveal(element, { withGuess: false }));
}

// The chapters in a block that a reveal lets out: the block itself, or what is in it.
export const chaptersIn = (block) => [block, ...block.querySelectorAll(".chapter")].filter((found) => found.matches(".chapter"));

// Take over the predictions in a part of the page; `attachChapters` is called with each block that a reveal lets out.
export function startPredictions(root, attachChapters) {
  for (const element of root.querySelectorAll("[data-predict]")) {
    if (element.attachChapters) continue;
    element.attachChapters = attachChapters;
    listen(element);
  }
}

// In the explainer a class guesses only while it is presented. What follows a guess then waits in a template, as it does
// in a lesson. The guesses come with the page, each before the chapter that has its answer.
export function lockGuesses(main) {
  for (const kept of [...main.querySelectorAll("template[data-guesses]")].reverse()) {
    let from = [...main.children].find((child) => child.contains(kept));
    for (const guess of [...kept.content.children].reverse()) {
      const behind = [];
      for (let node = from; node; node = node.nextSibling) behind.push(node);
      from = document.importNode(guess, true);
      from.dataset.guess = "";
      const locked = made("template", {});
      locked.dataset.answer = "";
      locked.content.append(...behind);
      main.append(from, locked);
    }
  }
  startPredictions(main, () => {});
}

export function unlockGuesses(main) {
  for (let guess; (guess = main.querySelector(":scope > [data-guess]"));) {
    const behind = guess.nextElementSibling;
    if (behind?.matches(ANSWERS)) behind.replaceWith(behind.content);
    guess.remove();
  }
}
