// @vitest-environment jsdom
import { beforeAll, beforeEach, expect, test, vi } from "vitest";

/** @type {typeof import("../src/class_questions.js")} */
let questions;
beforeAll(async () => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => {} })); // jsdom has none
  questions = await import("../src/class_questions.js");
});

beforeEach(() => {
  document.body.innerHTML = `<div data-question="share" data-kind="number"><form>
      <input type="range" name="guess" min="0" max="100" value="0"><input type="number" name="number" min="0" max="100">
      <details class="hands"><input name="hands"></details><p class="tools"><button>Reveal</button></p><p><button type="button">Keep it</button></p></form></div>
    <div data-question="which" data-kind="choice"><form>
      <label><input type="radio" name="option" value="0"> <b>A</b> <span>One</span></label>
      <label><input type="radio" name="option" value="1"> <b>B</b> <span>Two</span></label></form></div>`;
});

const number = () => /** @type {HTMLElement} */ (document.querySelector('[data-question="share"]'));
const choice = () => /** @type {HTMLElement} */ (document.querySelector('[data-question="which"]'));
const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (number().querySelector(`[name=${name}]`));
const chosen = () => [...choice().querySelectorAll("input")].map(({ checked }) => checked);

test("the own guess stands in the slider and in the field, and they are told to change", () => {
  const told = vi.fn();
  field("number").addEventListener("input", told);
  questions.showGuess(number(), 41);
  expect([field("guess").value, field("number").value]).toEqual(["41", "41"]);
  expect(told).toHaveBeenCalledTimes(1);
  questions.showGuess(number(), 41);
  expect(told, "what stands there already is left alone").toHaveBeenCalledTimes(1);
  questions.showGuess(number(), null);
  expect([field("guess").value, field("number").value]).toEqual(["0", ""]);
});

test("the own choice is checked, by its index", () => {
  questions.showGuess(choice(), 1);
  expect(chosen()).toEqual([false, true]);
  questions.showGuess(choice(), null);
  expect(chosen()).toEqual([false, false]);
});

test("a guess is said as a number, a choice by its letter", () => {
  expect(questions.guessWords(number(), 1200)).toBe("1,200");
  expect(questions.guessWords(choice(), 1)).toBe("B");
  expect(questions.optionsOf(choice()).map(questions.optionWords)).toEqual(["A One", "B Two"]);
});

test("a pupil can't reveal or count hands, but stay with a guess", () => {
  questions.removeOwnControls(number());
  const disabled = [...number().querySelectorAll("button, .hands input")].map((one) => /** @type {HTMLButtonElement} */ (one).disabled);
  expect(disabled).toEqual([true, true, false]);
  expect(/** @type {HTMLElement} */ (number().querySelector(".tools")).hidden).toBe(true);
});

test("fields are shut while nothing can be guessed, and stay so after the reveal", () => {
  questions.allowGuess(number(), false);
  expect(field("number").disabled).toBe(true);
  questions.allowGuess(number(), true);
  expect(field("number").disabled).toBe(false);
  number().dataset.revealed = "true";
  field("number").disabled = true;
  questions.allowGuess(number(), true);
  expect(field("number").disabled).toBe(true);
});
