// The teacher's page in a class session: starts it, tells the phones which screen is shown, counts guesses, and reveals.

import { announce } from "./announce.js";
import { CodeScreen, phonesSaid } from "./class_code.js";
import { ClassConnection } from "./class_connection.js";
import { Desk } from "./class_desk.js";
import { handsRows, savePicture } from "./class_export.js";
import { guessedSaid } from "./class_guesses.js";
import { checkBefore, isChoice, isRevealed, questionOf, questionsIn, revealQuestion } from "./class_questions.js";
import { drawRounds, earlierIn } from "./class_reveal.js";
import { forgetSession, keepSession, openSession, runningClasses, runningSession, takeSecret, teacherSecret } from "./class_session.js";
import { createElement, messageOf, queryAll } from "./dom.js";
import { forgetMade, refill } from "./guesses_made.js";
import { presentFrom, screens } from "./present.js";
import { tallyOf } from "./predict.js";
import { saveFile } from "./save_file.js";
import { applySettings, screenId, screenNamed, settingsOf, stepOf } from "./class_step.js";
import { SlowVoice } from "./slow_voice.js";
import { setDesk } from "./speaker_notes.js";

/** @typedef {import("./class_connection.js").Snapshot} Snapshot */
/** @typedef {import("./class_session.js").Session} Session */

const root = document.documentElement;
const pageName = () => location.pathname.replace(/^.*\/|\.html$/g, "") || "index";
const SAME_PRESS = 300; // milliseconds
const FORWARD = ["PageDown", "ArrowRight", "ArrowDown", " ", "Enter"];
const isPresenting = () => root.classList.contains("presenting");

export class Teacher {
  /** @type {Snapshot | null} */
  snapshot = null;
  /** @type {HTMLElement | null} the screen that is shown */
  screen = null;
  /** @type {Set<string>} questions that are revealed here and not yet for the class */
  #toReveal = new Set();
  #step = ""; // as it was sent
  #entered = 0; // when this screen was shown
  #voice = new SlowVoice();
  #open = createElement("button", { type: "button", className: "present" });
  #inBar = createElement("button", { type: "button" }, "Class");
  #code;
  #desk = new Desk(this);

  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    this.#code = new CodeScreen(session, () => { if (!isPresenting()) startPresenting(); });
    const open = () => this.#code.open(isPresenting());
    for (const button of [this.#open, this.#inBar]) button.addEventListener("click", open);
    placeOfClass()?.append(this.#open);
    document.querySelector(".bar [data-act=notes]")?.after(" ", this.#inBar);
    document.addEventListener("screen", ({ detail: { screen } }) => this.#enter(screen));
    document.addEventListener("reveal", ({ target }) => this.#revealed(/** @type {HTMLElement} */ (target)));
    document.addEventListener("keydown", (event) => this.#holdBack(event), { capture: true });
    document.addEventListener("submit", (event) => this.#submit(event), { capture: true });
    root.classList.add("teaching");
    setDesk(this.#desk.element);
    this.connection = new ClassConnection(new URL(`class/${session.code}/`, document.baseURI), {
      heard: (snapshot) => this.#hear(snapshot),
      refused: (sentence) => this.#desk.tell(sentence),
      lineChanged: () => this.#desk.show(),
      ended: (why) => this.#end(why),
    }, session.secret);
  }

  /** @param {string} what @param {Record<string, unknown>} [more] */
  do(what, more = {}) { this.connection.send({ do: what, ...more }); }

  /** The question on the screen, if there is one. */
  get question() { return /** @type {HTMLElement | null} */ (this.screen?.closest("[data-question]") ?? null); }

  /** @param {HTMLElement} screen */
  #enter(screen) {
    const left = this.question;
    if (screen !== this.screen) this.#entered = performance.now();
    this.screen = screen;
    if (left && left !== this.question && left.dataset.time === "before") this.do("close", { question: questionOf(left) }); // the lesson tells its answer
    this.#sendStep();
    this.#desk.show();
  }

  /** @param {boolean} [again] */
  #sendStep(again = false) {
    if (!this.screen || !isPresenting() || this.connection.line !== "live") return;
    const step = { page: pageName(), screen: screenId(this.screen), ...stepOf(this.screen), settings: settingsOf(this.screen) };
    const text = JSON.stringify(step);
    if (text === this.#step && !again) return;
    this.#step = text;
    this.do("step", step);
  }

  /** @param {HTMLElement} element */
  #revealed(element) {
    const key = questionOf(element);
    if (!this.#isAsked(element) || this.snapshot?.questions[key]?.status === "revealed") return;
    for (const one of [key, questionOf(checkBefore(element) ?? element)]) {
      if (this.snapshot?.questions[one]?.status === "revealed") continue;
      this.#toReveal.add(one);
      this.do("reveal", { question: one });
    }
  }

  /** @param {Snapshot} snapshot */
  #hear(snapshot) {
    const isFirst = this.snapshot === null;
    this.snapshot = snapshot;
    this.#code.count(snapshot.connected ?? 0);
    this.#open.textContent = `Class ${this.session.code}: ${phonesSaid(snapshot.connected ?? 0)}`;
    for (const element of questionsIn()) this.#update(element, snapshot);
    for (const key of this.#toReveal) {
      if (snapshot.questions[key]?.status === "revealed") this.#toReveal.delete(key);
      else this.do("reveal", { question: key });
    }
    if (isFirst && !isPresenting()) this.#goOn(snapshot);
    if (this.screen && (snapshot.step?.screen !== screenId(this.screen) || snapshot.page !== pageName())) this.#sendStep(true);
    if (this.#code.isOpen) this.#voice.say(phonesSaid(snapshot.connected ?? 0));
    this.#desk.show();
  }

  /** Begins with the code, or goes on at the screen that the phones show. @param {Snapshot} snapshot */
  #goOn({ step, page }) {
    if (!step) this.#code.open(false);
    else if (page === pageName()) {
      const screen = screenNamed(step.screen, screens());
      if (!screen) return;
      applySettings(step.settings, screen); // a page that is opened anew has none of them
      presentFrom(screen);
    }
  }

  /** @param {HTMLElement} element @param {Snapshot} snapshot */
  #update(element, snapshot) {
    const key = questionOf(element);
    const question = snapshot.questions[key];
    if (!question) return;
    if (question.status === "revealed" && !isRevealed(element)) {
      refill(element); // the hands that were counted before a reload
      revealQuestion(element, { moves: element === this.screen });
    }
    const known = element.querySelector(".class-count");
    const line = known ?? createElement("p", { className: "class-count" });
    if (!known) element.querySelector("form")?.append(line);
    const said = `${guessedSaid(question.guessed?.[question.round - 1] ?? 0, snapshot.devices ?? 0, isChoice(element))}${question.round === 2 ? ", after talking" : ""}`;
    line.textContent = isRevealed(element) ? "" : said;
    if (!isRevealed(element) && element === this.question) this.#voice.say(said);
    if (isRevealed(element) && question.guesses) drawRounds(element, question.guesses, isChoice(element) ? [] : tallyOf(element), earlierIn(element, snapshot.questions));
  }

  /** A clicker often presses twice: what comes with the question does not reveal it. @param {KeyboardEvent} event */
  #holdBack(event) {
    const { question } = this;
    if (!question || !this.#isAsked(question) || isRevealed(question) || !isPresenting()) return;
    if (performance.now() - this.#entered > SAME_PRESS || !FORWARD.includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Reveals a question on this screen and then for the class. @param {HTMLElement} element */
  reveal(element) { revealQuestion(element); }

  /** Whether phones are asked a question: those of the explainer are asked on the projector alone. @param {HTMLElement} element */
  #isAsked(element) { return questionOf(element) in (this.snapshot?.questions ?? {}); }

  /** The class has guessed, so the teacher need not. @param {Event} event */
  #submit(event) {
    const element = event.target instanceof Element ? event.target.closest("[data-question]") : null;
    if (!(element instanceof HTMLElement) || !this.#isAsked(element)) return;
    event.preventDefault();
    event.stopPropagation();
    if (element.dataset.time !== "before") this.reveal(element);
  }

  /** Presses a button of the presentation. @param {"next" | "previous"} which */
  turn(which) { /** @type {HTMLElement | null} */ (document.querySelector(`.bar [data-act=${which}]`))?.click(); }

  async saveGuesses() {
    const answer = await this.connection.fetch("guesses.csv").catch(() => null);
    if (answer?.ok) {
      const table = new Blob([await answer.blob(), handsRows(pageName(), this.snapshot?.questions ?? {})]); // as text it would lose its byte order mark
      saveFile(`guesses_${this.session.code}.csv`, table, "text/csv;charset=utf-8");
    } else this.#desk.tell("The guesses can’t be fetched now.");
  }

  /** @param {HTMLElement} element a revealed question */
  async savePicture(element) {
    const guesses = this.snapshot?.questions[questionOf(element)]?.guesses ?? [];
    await savePicture(element, guesses, isChoice(element) ? [] : tallyOf(element)).catch((error) => this.#desk.tell(messageOf(error)));
  }

  /** @param {string} why */
  #end(why) {
    const over = () => createElement("span", { className: "class-over" }, why);
    forgetSession();
    root.classList.remove("teaching");
    setDesk(createElement("section", { className: "desk" }, createElement("p", {}, why)));
    this.#code.remove();
    this.#inBar.replaceWith(over());
    for (const line of queryAll(document, ".class-count")) line.remove();
    this.snapshot = null;
    this.#open.replaceWith(over());
    announce(why, "class");
  }
}

const startPresenting = () => /** @type {HTMLElement | null} */ (document.querySelector('[data-act="present"]'))?.click();

/**
 * A button that leads a class from this page on, and what is said if it can't.
 * @param {string} secret @param {string} words @param {{ page: string } | { code: string }} what
 */
function leading(secret, words, what) {
  const button = createElement("button", { type: "button", className: "present" }, words);
  const told = createElement("span", { className: "notice" });
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const session = await openSession(secret, what);
      keepSession(session);
      forgetMade();
      // Whatever was tried on this page is closed again; what it is about stays.
      location.replace(`${session.page}.html${session.page === pageName() ? location.search : ""}`);
    } catch (error) {
      told.textContent = messageOf(error);
      announce(messageOf(error), "class");
      button.disabled = false;
    }
  });
  return createElement("span", {}, button, " ", told);
}

/** Classes that run, for a teacher whose page was closed. @param {string} secret @param {Element | null} place */
async function offerRunning(secret, place) {
  for (const { code, connected } of await runningClasses(secret)) {
    place?.append(" ", leading(secret, `Go on with class ${code} (${connected} ${connected === 1 ? "phone" : "phones"})`, { code }));
  }
}

/** Where a page says which class it leads. */
const placeOfClass = () => document.querySelector(".back, .class-lessons, .for-teachers");

/** On the explainer: a class starts with a lesson, or follows this page. @param {string} secret */
function listLessons(secret) {
  const lessons = document.querySelector(".lessons");
  if (!lessons) return;
  lessons.closest("details")?.setAttribute("open", "");
  const items = queryAll(lessons, "a").map((link) => createElement("li", {}, link));
  const running = createElement("p", { className: "tools" });
  lessons.replaceWith(createElement("div", { className: "class-lessons" },
    createElement("p", {}, "Start a class: open a lesson, then choose “Start a class”."), createElement("ul", {}, ...items),
    createElement("p", {}, "Or let phones follow this page as you present it. Guesses are then asked on the projector alone. ", leading(secret, "Start a class with this page", { page: pageName() })),
    running));
  offerRunning(secret, running);
}

/** For a page that may have been opened with the teacher's link; whether it leads a class, whose server knows what is revealed. */
export function startTeacher() {
  const secret = teacherSecret();
  window.addEventListener("hashchange", () => { if (takeSecret()) location.reload(); });
  const session = runningSession();
  if (session) {
    document.querySelector(".for-teachers")?.setAttribute("open", "");
    new Teacher(session);
  } else if (!document.querySelector(".step")) {
    if (secret) listLessons(secret);
  } else if (secret) {
    const place = document.querySelector(".back");
    place?.append(" ", leading(secret, "Start a class", { page: pageName() }));
    offerRunning(secret, place);
  }
  return session !== null;
}
