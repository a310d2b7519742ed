// The teacher's desk in the window with the notes: how the class is doing, and what the teacher can do.

import { guessedSaid } from "./class_guesses.js";
import { isChoice, isRevealed, questionOf } from "./class_questions.js";
import { createElement } from "./dom.js";
import { stepOf } from "./class_step.js";

/** @typedef {import("./class_teacher.js").Teacher} Teacher */
/** @typedef {import("./class_connection.js").Snapshot} Snapshot */
/** @typedef {import("./class_connection.js").Question} Question */

const REALLY_END = "End the class for everybody? Save the guesses first: they are gone afterwards.";
const REALLY_CLEAR = "Delete all guesses to this question?";

/**
 * What the desk stands before: the class, and the question on the screen, if there is one.
 * @typedef {object} Seen
 * @property {Snapshot} snapshot
 * @property {HTMLElement | null} screen  while the page is presented
 * @property {HTMLElement | null} element
 * @property {Question | undefined} question
 * @property {boolean} isShown  whether its answer is
 * @property {(words: string) => boolean} confirms
 */

/**
 * A button of the desk.
 * @typedef {object} Action
 * @property {(seen: Seen) => string} name
 * @property {(seen: Seen) => boolean} fits  whether it can be pressed now
 * @property {(teacher: Teacher, seen: Seen) => void} act
 */

const always = () => true;
/** @param {Seen} seen */
const isAsking = ({ question, isShown }) => question !== undefined && !isShown;
/** @param {Seen} seen */
const key = ({ element }) => ({ question: element ? questionOf(element) : "" });
/** @type {Action[]} */
const FOR_QUESTION = [
  { name: () => "Reveal", fits: (seen) => isAsking(seen) && seen.element?.dataset.time !== "before", act: (teacher, { element }) => { if (element) teacher.reveal(element); } },
  {
    name: ({ question }) => (question?.status === "closed" ? "Take guesses again" : "Take no more guesses"), fits: isAsking,
    act: (teacher, seen) => teacher.do(seen.question?.status === "closed" ? "open" : "close", key(seen)),
  },
  { name: () => "Guess again after talking", fits: (seen) => isAsking(seen) && seen.question?.round === 1, act: (teacher, seen) => teacher.do("again", key(seen)) },
  { name: () => "Delete the guesses", fits: isAsking, act: (teacher, seen) => { if (seen.confirms(REALLY_CLEAR)) teacher.do("clear", key(seen)); } },
  {
    name: () => "Save the picture", fits: ({ question, isShown }) => isShown && Boolean(question?.guesses?.some((round) => round.length)),
    act: (teacher, { element }) => { if (element) teacher.savePicture(element); },
  },
];

/** @type {Action[]} */
const TURNING = [
  { name: () => "Back", fits: ({ screen }) => screen !== null, act: (teacher) => teacher.turn("previous") },
  { name: () => "Next", fits: ({ screen }) => screen !== null, act: (teacher) => teacher.turn("next") },
];

/** @type {Action[]} */
const FOR_CLASS = [
  { name: ({ snapshot }) => (snapshot.paused ? "Go on" : "Pause"), fits: always, act: (teacher, { snapshot }) => teacher.do("pause", { paused: !snapshot.paused }) },
  {
    name: ({ snapshot }) => (snapshot.pace === "free" ? "Phones follow" : "Let them read on"), fits: always,
    act: (teacher, { snapshot }) => teacher.do("pace", { pace: snapshot.pace === "free" ? "follow" : "free" }),
  },
  { name: () => "Save the guesses", fits: always, act: (teacher) => { teacher.saveGuesses(); } },
  { name: () => "End the class", fits: always, act: (teacher, seen) => { if (seen.confirms(REALLY_END)) teacher.do("end"); } },
];

const LINES = { connecting: "Connecting.", live: "", lost: "No connection. Phones stay where they are; it goes on by itself." };

const GUESSING = { open: "They can guess.", closed: "They can’t guess now.", revealed: "The answer is shown." };

/** What the desk says of the class. @param {Snapshot} snapshot @param {string} code */
export const classSaid = ({ connected = 0, devices = 0, pace, paused }, code) =>
  `Class ${code}. ${connected} of ${devices} phones connected. ${paused ? "Paused." : pace === "free" ? "They read at their own pace." : "They follow."}`;

export class Desk {
  element = createElement("section", { className: "desk" });
  #class = createElement("p", {});
  #step = createElement("p", {});
  #question = createElement("p", { className: "counts" });
  #told = createElement("p", { className: "told" });
  /** @type {[Action, HTMLButtonElement][]} */
  #buttons;

  /** @param {Teacher} teacher */
  constructor(teacher) {
    this.teacher = teacher;
    this.element.setAttribute("aria-label", "The class");
    this.#told.setAttribute("role", "status");
    const row = (/** @type {Action[]} */ actions) => {
      const made = actions.map((action) => /** @type {[Action, HTMLButtonElement]} */ ([action, createElement("button", { type: "button", disabled: true }, "…")]));
      for (const [action, button] of made) button.addEventListener("click", () => this.#press(action));
      return made;
    };
    const [question, turning, rest] = [FOR_QUESTION, TURNING, FOR_CLASS].map(row);
    this.#buttons = [...question, ...turning, ...rest];
    const shown = (/** @type {typeof question} */ made) => createElement("p", { className: "tools" }, ...made.map(([, button]) => button));
    this.element.append(this.#class, this.#step, this.#question, shown(question), shown([...turning, ...rest]), this.#told);
  }

  /** @returns {Seen | null} */
  get #seen() {
    const { snapshot, screen, question: element } = this.teacher;
    if (!snapshot) return null;
    const question = element ? snapshot.questions[questionOf(element)] : undefined;
    const confirms = (/** @type {string} */ words) => Boolean(this.element.ownerDocument.defaultView?.confirm(words));
    return { snapshot, screen, element, question, isShown: element !== null && isRevealed(element), confirms };
  }

  /** @param {Action} action */
  #press(action) {
    const seen = this.#seen;
    this.tell("");
    if (seen && action.fits(seen)) action.act(this.teacher, seen);
  }

  show() {
    const seen = this.#seen;
    if (!seen) return;
    const { session, screen, connection } = this.teacher;
    const set = (/** @type {HTMLElement} */ place, /** @type {string} */ text) => { if (place.textContent !== text) place.textContent = text; };
    set(this.#class, `${classSaid(seen.snapshot, session.code)} ${LINES[connection.line]}`.trim());
    const { at, of } = screen ? stepOf(screen) : { at: 0, of: 0 };
    set(this.#step, at ? `Step ${at} of ${of}.` : "");
    set(this.#question, seen.question ? questionSaid(seen.question, seen.snapshot.devices ?? 0, seen.element !== null && isChoice(seen.element)) : "");
    for (const [action, button] of this.#buttons) {
      set(button, action.name(seen));
      button.disabled = !action.fits(seen);
    }
  }

  /** @param {string} sentence */
  tell(sentence) { this.#told.textContent = sentence; }
}

/** What the desk says of a question. @param {Question} question @param {number} devices @param {boolean} [ofChoice] */
export function questionSaid({ status, round, guessed = [] }, devices, ofChoice = false) {
  const rounds = guessed.slice(0, round).map((count, i) => `${guessedSaid(count, devices, ofChoice)}${round === 2 ? [" before talking", " after"][i] : ""}`);
  return `${rounds.join(", ")}. ${GUESSING[status]}`;
}
