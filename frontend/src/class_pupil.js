// A pupil's page in a class session: it shows the teacher's screen or all that is unlocked, sends one guess for each question,
// and unlocks an answer once the teacher has revealed it.

import { announce } from "./announce.js";
import { ClassConnection } from "./class_connection.js";
import { fillTemplates } from "./class_parts.js";
import { allowGuess, guessWords, isChoice, isRevealed, questionOf, questionsIn, removeOwnControls, revealQuestion, showGuess } from "./class_questions.js";
import { drawRounds, earlierIn } from "./class_reveal.js";
import { barSaid, guessSaid, mineOf, nameOf } from "./class_words.js";
import { createElement, focusOn, part } from "./dom.js";
import { unfoldAround } from "./folded_views.js";
import { mark, screens, titleOf } from "./present.js";
import { applySettings, screenNamed } from "./class_step.js";

/** @typedef {import("./class_connection.js").Snapshot} Snapshot */
/** @typedef {import("./class_connection.js").Question} Question */

const SETTLES = 500; // milliseconds that a guess rests before it is sent
const AGAIN = 2000; // milliseconds before a guess or a request that got lost is sent once more
const root = document.documentElement;

/** @type {Question} */
const UNASKED = { status: "open", round: 1, mine: [null, null] };

/** @param {Snapshot} snapshot @param {string} key */
const stateOf = ({ questions }, key) => questions[key] ?? UNASKED;

class Pupil {
  /** @type {Snapshot | null} */
  #snapshot = null;
  /** @type {Map<string, number | null>} guesses that the server has not confirmed */
  #waiting = new Map();
  /** @type {Map<string, number>} the round in which each question was last seen */
  #rounds = new Map();
  #timer = 0;
  #unlocking = false;
  #hasEnded = false;
  #step = "";
  #hasTurned = false; // the first screen leaves the focus where the page has it
  /** @type {HTMLElement | undefined} */
  #screen;
  #line = createElement("p", {});

  constructor() {
    this.address = new URL(".", location.href);
    this.page = location.pathname.replace(/^.*\/|\.html$/g, "");
    const bar = createElement("section", { className: "class-bar" }, this.#line);
    bar.setAttribute("aria-label", "The class");
    document.querySelector("main")?.before(bar);
    questionsIn().forEach(removeOwnControls);
    document.addEventListener("guess", ({ detail: { question, value } }) => this.#guess(question, value));
    window.addEventListener("pagehide", () => this.#send());
    this.connection = new ClassConnection(this.address, {
      heard: (snapshot) => this.#hear(snapshot),
      refused: (sentence) => this.#refuse(sentence),
      lineChanged: () => this.#tell(),
      ended: () => this.#end(),
    });
    this.#tell();
  }

  /** Whether the projector shows what this page never has: a question of the explainer. */
  get #lacksScreen() {
    const step = this.#snapshot?.step;
    return Boolean(step) && !document.querySelector(".step") && !screenNamed(step?.screen ?? "", screens());
  }

  get #isLost() { return this.connection.line === "lost"; }

  /** @param {string} key @param {number | null} value */
  #guess(key, value) {
    if (this.#hasEnded || !this.#snapshot || stateOf(this.#snapshot, key).status !== "open") return;
    if (value === mineOf(stateOf(this.#snapshot, key))) this.#waiting.delete(key);
    else this.#waiting.set(key, value);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#send(), SETTLES);
    this.#tell();
  }

  #send() {
    clearTimeout(this.#timer);
    if (this.#waiting.size) this.#timer = window.setTimeout(() => this.#send(), AGAIN);
    for (const [question, value] of this.#waiting) this.connection.send({ guess: { question, value } });
  }

  /** @param {Snapshot} snapshot */
  #hear(snapshot) {
    if (snapshot.page !== this.page) {
      location.replace(new URL(`${snapshot.page}.html`, this.address));
      return;
    }
    this.#snapshot = snapshot;
    for (const element of questionsIn()) this.#update(element, stateOf(snapshot, questionOf(element)));
    this.#tell();
    this.#follow();
    this.#unlock();
  }

  /** @param {HTMLElement} element @param {Question} question */
  #update(element, question) {
    const key = questionOf(element);
    const isNewRound = (this.#rounds.get(key) ?? question.round) !== question.round;
    this.#rounds.set(key, question.round);
    if (isNewRound) this.#waiting.delete(key);
    const mine = mineOf(question);
    if (this.#waiting.get(key) === mine) {
      this.#waiting.delete(key);
      if (mine !== null) announce(`Your ${nameOf(isChoice(element))} is in.`, `guess ${key}`);
    }
    if (isRevealed(element)) {
      if (question.guesses) drawRounds(element, question.guesses, [], earlierIn(element, this.#snapshot?.questions ?? {}));
      return;
    }
    if (question.status !== "open") this.#waiting.delete(key);
    const last = question.status === "revealed" ? mine ?? question.mine?.[0] ?? null : mine; // who did not guess again has said it before
    if (!this.#waiting.has(key) && (last !== null || isNewRound)) showGuess(element, last);
    allowGuess(element, question.status === "open" && !this.#snapshot?.paused);
  }

  /** @param {string} sentence */
  #refuse(sentence) {
    this.#waiting.clear();
    if (this.#snapshot) for (const element of questionsIn()) this.#update(element, stateOf(this.#snapshot, questionOf(element)));
    this.#tell(sentence);
  }

  /** @param {string} [refusal] */
  #tell(refusal = "") {
    const snapshot = this.#snapshot;
    const said = refusal || barSaid(snapshot, { isLost: this.#isLost, keeps: this.#waiting.size > 0, hasEnded: this.#hasEnded, lacks: this.#lacksScreen });
    if (said !== this.#line.textContent) {
      this.#line.textContent = said;
      if (snapshot || this.#hasEnded) announce(said, "class");
    }
    if (this.#hasEnded) this.#line.append(" ", createElement("a", { href: `../../${this.page}.html` }, document.querySelector(".step") ? "The whole lesson" : "The whole page"));
    if (snapshot) for (const element of questionsIn()) this.#note(element, stateOf(snapshot, questionOf(element)));
  }

  /** What a question says of the guess, and a button to stay with it after talking. @param {HTMLElement} element @param {Question} question */
  #note(element, question) {
    const key = questionOf(element);
    const words = (/** @type {number} */ value) => guessWords(element, value);
    const said = this.#hasEnded ? "" : guessSaid(question, { waits: this.#waiting.has(key), isLost: this.#isLost, isPaused: Boolean(this.#snapshot?.paused), isChoice: isChoice(element), words });
    const known = /** @type {HTMLElement | null} */ (element.querySelector(".class-note"));
    const note = known ?? createElement("p", { className: "class-note" });
    if (!known) element.querySelector("form")?.append(note);
    if (note.dataset.said === said) return;
    note.dataset.said = said;
    note.replaceChildren(said);
    const first = question.mine?.[0] ?? null;
    if (question.round === 1 || first === null || mineOf(question) !== null || question.status !== "open" || this.#waiting.has(key)) return;
    const keep = createElement("button", { type: "button" }, "Keep it");
    keep.addEventListener("click", () => {
      showGuess(element, first);
      this.#guess(key, first);
    });
    note.append(" ", keep);
  }

  /** Shows the teacher's screen, or the whole page. */
  #follow() {
    const { pace, step } = /** @type {Snapshot} */ (this.#snapshot);
    const follows = pace === "follow" && !this.#hasEnded;
    root.classList.toggle("following", follows);
    const all = screens();
    const found = step ? screenNamed(step.screen, all) : all[0]; // not yet, if its part of the page is on its way
    const screen = follows ? found ?? this.#screen ?? all[0] : undefined;
    if (screen !== this.#screen) this.#turnTo(screen);
    if (!follows || !step || !found) return;
    const wanted = JSON.stringify([step.screen, step.settings]);
    if (wanted === this.#step) return; // what a pupil has set since then stays
    this.#step = wanted;
    unfoldAround(found);
    applySettings(step.settings, found);
  }

  /** @param {HTMLElement | undefined} screen */
  #turnTo(screen) {
    const was = this.#screen;
    this.#screen = screen;
    mark(screen ?? null);
    if (!screen) {
      was?.scrollIntoView({ block: "start", behavior: "instant" });
      return;
    }
    for (const dialog of document.querySelectorAll("dialog")) dialog.close();
    window.scrollTo({ top: 0, behavior: "instant" });
    if (this.#hasTurned) {
      focusOn(screen);
      announce(titleOf(screen), "screen");
    }
    this.#hasTurned = true;
  }

  /** Fetches what the teacher has revealed, one question after another: each may unlock the next. */
  async #unlock() {
    if (this.#unlocking || this.#hasEnded || !this.#snapshot) return;
    const snapshot = this.#snapshot;
    const next = questionsIn().find((element) => !isRevealed(element) && stateOf(snapshot, questionOf(element)).status === "revealed");
    if (!next) return;
    this.#unlocking = true;
    const parts = await this.#partsOf(questionOf(next));
    this.#unlocking = false;
    if (!parts) {
      setTimeout(() => this.#unlock(), AGAIN);
      return;
    }
    fillTemplates(document, parts);
    revealQuestion(next, { moves: false });
    if (next === this.#screen) this.#showAnswer(next);
    questionsIn().forEach(removeOwnControls);
    if (this.#snapshot) this.#hear(this.#snapshot);
  }

  /** A reveal begins at the question, at the top. @param {HTMLElement} element */
  #showAnswer(element) {
    const told = part(element, isChoice(element) || !part(element, "gap").textContent ? "answer" : "gap");
    told.focus({ preventScroll: true });
    window.scrollTo({ top: 0, behavior: "instant" });
  }

  /** @param {string} key @returns {Promise<Record<string, string> | null>} */
  async #partsOf(key) {
    try {
      const answer = await this.connection.fetch(`parts/${this.page}/${key}`);
      return answer.ok ? (await answer.json()).parts : null;
    } catch {
      return null; // the network is lost
    }
  }

  #end() {
    this.#hasEnded = true;
    this.#waiting.clear();
    if (this.#snapshot) this.#follow();
    delete root.dataset.class;
    for (const element of questionsIn()) allowGuess(element, false);
    this.#tell();
  }
}

/** For a page of a class session. */
export const startPupil = () => { new Pupil(); };
