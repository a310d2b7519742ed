// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { screenId, screenNamed, settingsOf, stepOf } from "../src/class_step.js";

const screens = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-name]")]);
const named = (/** @type {string} */ name) => /** @type {HTMLElement} */ (document.querySelector(`[data-name=${name}]`));

beforeEach(() => {
  document.body.innerHTML = `<main data-steps="4"><header class="top" data-name="top"></header><div class="prose" data-name="goals"></div>
    <section class="step"><div class="prose" data-name="first"></div><details class="teacher"><div class="prose"></div></details>
      <section class="view" data-view="gain" data-state="show=groups&amp;outcome=better" data-name="gain"></section></section>
    <section class="step"><div class="prose" data-name="second"></div><div data-question="share" data-name="asked"><p class="for-class" data-name="why"></p></div>
      <section class="view" data-view="gain" data-state="" data-name="again"></section></section>
    <template><section class="step"></section></template></main>`;
});

test("each screen has a name of its own, by which it is found again", () => {
  const names = screens().map(screenId);
  expect(names).toEqual(["prose-0", "prose-1", "prose-2", "view-gain-0", "prose-3", "question-share", "discuss-share", "view-gain-1"]);
  for (const screen of screens()) expect(screenNamed(screenId(screen), screens())).toBe(screen);
  expect(screenNamed("view-gain-7", screens())).toBeUndefined();
});

test("a teacher's notes do not count, for phones have none", () => {
  const before = screenId(named("second"));
  document.querySelector(".teacher")?.remove();
  expect(screenId(named("second"))).toBe(before);
});

test("the step is counted from the top, and how many there are says the page", () => {
  expect(stepOf(named("top"))).toEqual({ at: 0, of: 4 });
  expect(stepOf(named("gain"))).toEqual({ at: 1, of: 4 });
  expect(stepOf(named("asked"))).toEqual({ at: 2, of: 4 });
});

test("a view has its settings, any other screen none", () => {
  expect(settingsOf(named("gain"))).toEqual({ gain: { show: "groups", outcome: "better" } });
  expect(settingsOf(named("asked"))).toEqual({});
});
