// One view of the explainer: native inputs in, a rendering out. It knows nothing of kernels and servers: its host (see
// types.js) answers.

import { announce, changeSummary, sentenceText } from "./announce.js";
import { isSame, linkTo, readAddress, usualState, writeAddress } from "./address.js";
import { controllerOf, register } from "./controllers.js";
import { afterPaint, controlsFormOf, messageOf, part, queryAll, viewKeyOf, viewSectionsIn } from "./dom.js";
import { draw, drawSoon, redrawOnChange } from "./draw.js";
import { NotYetError, RefusedError } from "./errors.js";
import { describe, replaceKeepingOpen, unpack } from "./details.js";
import { startFolded } from "./folded_views.js";
import { isBeingTyped, isTypedSince, onFormChange, readForm, readTouched, startFileInput, typed, writeForm } from "./form.js";
import { preparePrinting } from "./printing.js";
import { LatestRequest } from "./latest_request.js";
import { trialsFor } from "./page_trials.js";
import { completeTable, startTable } from "./table.js";
import { startToolbar } from "./toolbar.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Deferred} Deferred */
/** @typedef {import("./types.js").Host} Host */
/** @typedef {import("./types.js").Params} Params */
/** @typedef {import("./types.js").Payload} Payload */
/** @typedef {import("./address.js").How} How */
/** @typedef {import("./form.js").Keeps} Keeps */

/** Controls one view: which state is requested, which is shown, and what has been added to the page yet. */
export class ViewController {
  /** @type {Payload | null} what is shown besides the HTML; null until it has loaded */
  payload;
  /** counts drawings, so that all but the latest are abandoned */
  drawing = 0;
  /** @type {import("./presented_chart.js").ScreenSize | null} the screen that the chart is laid out for, while it is presented */
  screenSize = null;
  /** @type {import("./presented_chart.js").ChartLayout} */
  chartLayout = { height: 0, panels: [], parts: 1 };

  #form;
  /** @type {Record<string, string>} the HTML of each part that has been filled */
  #filled = {};
  /** @type {Record<string, string> | null} HTML that is loaded and waits until the view is complete */
  #fragments = null;
  /** @type {Promise<void> | null} */
  #loading = null;
  #isComplete = false;
  #tableChanged = () => {};
  #requests = new LatestRequest();
  /** @type {{ params: Params, how?: How } | null} */
  #asked = null; // what is requested until it is shown and in the address
  #moved = ""; // the control that was changed last
  #trials = "{}"; // those that are counted in what is shown, as the page had them
  /** @type {Params} */
  #replaced = {}; // what is shown again once the page is about other conditions
  /** @type {Params} */
  #instead = {}; // what is shown in its place
  #following = 0; // how many choices of the page are being followed
  #hasBeenUsed = false; // changes are announced only after the reader has used the view

  /**
   * Attaches to the section of a view.
   * @param {HTMLElement} section @param {Host} host @param {Record<string, string>} darkMap from light to dark colours
   */
  constructor(section, host, darkMap) {
    this.section = section;
    this.host = host;
    this.darkMap = darkMap;
    this.#form = controlsFormOf(section);
    describe(section);
    const inside = section.querySelector('[data-role="payload"]');
    this.payload = inside && JSON.parse(inside.textContent ?? "");
    const touched = readTouched(this.#form); // before the script had loaded
    writeForm(this.#form, this.#shown, this.payload);
    register(this);
    this.#listen();
    this.detach = host.watch?.(section, (answer) => this.#showExternal(this.#requests.hear(answer))) ?? (() => {});
    const wanted = host.ownsAddress ? readAddress(section) : {};
    if (Object.keys(touched).length) this.#goTo({ ...wanted, ...touched }, "pushState");
    else if (Object.keys(wanted).length) this.#goTo(wanted);
    else this.#syncWithHost();
  }

  get isReference() { return this.section.matches(".reference"); }

  /** The state that is shown, in its URL form. */
  get #shown() { return this.section.dataset.state ?? ""; }

  /** Whether settings are shown, with the trials that the page counts. @param {Params} params */
  #isShown(params) {
    return isSame(params, this.#shown) && this.#trials === JSON.stringify(trialsFor(this.section));
  }

  #listen() {
    const { section, host } = this;
    const open = (/** @type {Event} */ { target }) => { if (target instanceof Element && target.closest("summary")) this.complete(); };
    section.addEventListener("click", open, { capture: true });
    onFormChange(this.#form, (name, isStep) => {
      // The back button skips the small steps of a slider or a text.
      const how = isStep && this.#moved === name ? "replaceState" : "pushState";
      this.#moved = name;
      this.#hasBeenUsed = true;
      if (name in this.#replaced) this.#replaced = this.#instead = {};
      const params = readForm(this.#form);
      this.#ask(params, how, isTypedSince(params));
    });
    section.addEventListener("click", ({ target }) => {
      const offer = target instanceof Element ? /** @type {HTMLButtonElement | null} */ (target.closest("[data-set]")) : null;
      if (!offer) return;
      const [input] = queryAll(this.#form, `[name="${offer.dataset.set}"][value="${offer.value}"]`);
      input?.click();
      input?.focus({ preventScroll: true }); // the offer goes
    });
    startToolbar(this);
    startFileInput(section, (text) => host.read(section, text), (params) => {
      this.#moved = "";
      this.#hasBeenUsed = true;
      this.#ask(params, "pushState");
    });
  }

  /** Loads the deferred content of this view once; an answer that was shown before it arrives stays. */
  async loadDeferred() {
    if (this.payload) return;
    // If it fails, the page stays as it is, and the status line says why.
    this.#loading ??= this.host.loadDeferred(this.section).then((deferred) => this.#take(deferred), () => {});
    await this.#loading;
  }

  /** @param {Deferred} deferred */
  #take(deferred) {
    if (this.payload) return;
    this.payload = deferred;
    this.#fragments = deferred.fragments;
    if (this.#isComplete) this.#fill(deferred.fragments);
    writeForm(this.#form, this.#asked?.params ?? this.#shown, deferred, typed);
  }

  /** Adds collapsed and deferred content, when it is needed or once the chart is drawn. */
  complete() {
    if (this.#isComplete) return;
    this.#isComplete = true;
    this.loadDeferred();
    unpack(this.section);
    this.#tableChanged = startTable(this.section);
    if (this.#fragments) this.#fill(this.#fragments);
  }

  /**
   * Fills parts of the view with new HTML.
   * @param {Record<string, string>} fragments
   */
  #fill(fragments) {
    this.complete();
    const isNewTable = Boolean(fragments.table) && this.#filled.table !== fragments.table;
    for (const [role, html] of Object.entries(fragments)) {
      if (this.#filled[role] === html) continue;
      this.#filled[role] = html;
      replaceKeepingOpen(part(this.section, role), html);
    }
    if (!isNewTable) return;
    completeTable(part(this.section, "table"));
    this.#tableChanged();
  }

  /** @param {Answer} answer @param {Keeps} [keeps] */
  async #show(answer, keeps) {
    const { section } = this;
    const [before, isNew] = [this.#said, answer.state !== this.#shown];
    this.#fragments = null;
    this.#fill(answer.fragments);
    this.payload = answer;
    section.dataset.ready = "false";
    writeForm(this.#form, answer.state, answer, keeps);
    this.#notify(answer.notice || "");
    if (this.#hasBeenUsed && isNew) announce(changeSummary(before, this.#said), viewKeyOf(section));
    linkTo(section, answer.state);
    section.dataset.state = answer.state;
    await draw(this);
  }

  /** What is shown, to be compared with the next state. @returns {import("./announce.js").Said} */
  get #said() {
    return { words: sentenceText(part(this.section, "sentence")), problems: this.payload?.problems ?? [] };
  }

  /** Shows a notice above the chart, or clears it. @param {string} sentence */
  #remark(sentence) {
    part(this.section, "notice").textContent = sentence;
  }

  /** Shows a notice and announces it. @param {string} sentence */
  #notify(sentence) {
    this.#remark(sentence);
    if (sentence || this.#hasBeenUsed) announce(sentence, `notice of ${viewKeyOf(this.section)}`);
  }

  /** Shows a state that was set elsewhere. @param {Answer | undefined | null} answer */
  async #showExternal(answer) {
    if (!answer || answer.state === this.#shown) return;
    await this.#show(answer, isBeingTyped);
    // Settings of this view in the address would restore the old state after a reload.
    if (this.host.ownsAddress && Object.keys(readAddress(this.section)).length) this.#write(this.#shown, "replaceState");
  }

  /** Shows the host's present state: later cells have often changed it before the page is loaded. */
  async #syncWithHost() {
    const { section, host } = this;
    if (!host.now) return;
    const isLatest = this.#requests.begin();
    try {
      const answer = await host.now(section);
      if (!isLatest()) return;
      const missed = this.#requests.close();
      await this.#showExternal(answer ?? missed);
    } catch (error) {
      if (!isLatest()) return;
      this.#notify(messageOf(error));
      await this.#showExternal(this.#requests.close());
    }
  }

  /**
   * Requests a state and shows the answer, unless a newer request has been made. `how` updates the address, if given.
   * `shown` is called once it is shown, however late that is.
   * @param {Params} params @param {How} [how] @param {Keeps} [keeps] @param {() => Promise<void>} [shown]
   */
  async #ask(params, how, keeps, shown) {
    const isLatest = this.#requests.begin();
    const trials = JSON.stringify(trialsFor(this.section));
    this.#asked = { params, how };
    try {
      const answer = await this.host.ask(this.section, params);
      if (!isLatest()) return;
      this.#trials = trials;
      if (!answer.confirmed) this.#requests.close();
      const drawn = this.#show(answer, keeps);
      // After the chart is painted, because browsers are slow to write an address.
      afterPaint().then(() => {
        if (!isLatest()) return;
        this.#asked = null;
        this.#write(this.#shown, how);
      });
      await drawn;
      if (answer.confirmed) await this.#confirm(answer.confirmed, isLatest, how);
      if (isLatest()) await shown?.();
    } catch (error) {
      if (!isLatest()) return;
      this.#fail(error, params, isLatest, how, keeps, shown);
    }
  }

  /**
   * Shows the confirmed state: observers of the traits in a notebook may have changed more.
   * @param {Promise<Answer | undefined>} confirmed @param {() => boolean} isLatest @param {How} [how]
   */
  async #confirm(confirmed, isLatest, how) {
    const last = await confirmed;
    if (!isLatest()) return;
    const missed = this.#requests.close();
    await this.#showExternal(last ?? missed);
    if (isLatest()) this.#write(this.#shown, how && "replaceState");
  }

  /** @param {string | Params} state @param {How} [how] */
  #write(state, how) {
    if (how && this.host.ownsAddress) writeAddress(this.section, how, state);
  }

  /**
   * @param {unknown} error @param {Params} params @param {() => boolean} isLatest @param {How} [how] @param {Keeps} [keeps]
   * @param {() => Promise<void>} [shown]
   */
  #fail(error, params, isLatest, how, keeps, shown) {
    const isShown = !(error instanceof RefusedError) && this.#isShown(params); // the reader undid the change
    this.#notify(isShown ? "" : messageOf(error));
    const waits = !isShown && error instanceof NotYetError;
    if (!waits) this.#asked = null;
    if (waits) error.whenBack(() => { if (isLatest()) this.#ask(params, how, keeps, shown); });
    // While it is retried, the form and the address keep what the reader set, so that the next change builds on it.
    else writeForm(this.#form, this.#shown, this.payload, isShown ? keeps : typed);
    if (waits || isShown) this.#write(params, how);
    this.#showExternal(this.#requests.close());
  }

  /**
   * Goes to a state and updates the form at once, because the answer may take a while.
   * @param {Params} wanted what differs from the view's default settings on this page
   * @param {How} [how] updates the address after the answer, if given
   */
  #goTo(wanted, how) {
    const params = this.#withDefaults(wanted);
    writeForm(this.#form, params, this.payload);
    this.#ask(params, how);
  }

  /** Shows a state for which the address has been written. @param {Params} wanted settings that differ from the default */
  set(wanted) {
    this.#hasBeenUsed = true;
    this.#goTo(wanted);
  }

  /** @param {Params} wanted @returns {Params} */
  #withDefaults(wanted) {
    return { ...Object.fromEntries(new URLSearchParams(usualState(this.section))), ...this.#instead, ...wanted };
  }

  /**
   * The page is about other conditions: the view shows what it now shows by itself, but for what the reader has set. Where
   * that leaves nothing to draw, another outcome is shown if one has figures, and said. Nothing is announced: all views of
   * the page would be at once.
   * @param {string} usual the state in its URL form @param {string} remark what the view has to say of the choice
   */
  async follow(usual, remark) {
    this.#following += 1;
    await this.#follow(usual, remark);
    this.#following -= 1;
  }

  /** @param {string} usual @param {string} remark */
  async #follow(usual, remark) {
    const before = new URLSearchParams(usualState(this.section));
    const changes = [...new URLSearchParams(usual)].filter(([name, value]) => before.get(name) !== value);
    this.section.dataset.usual = usual;
    this.#hasBeenUsed = false;
    const isPutBack = Object.keys(this.#replaced).length > 0;
    const isOwn = !isPutBack && (changes.length === 0 || "outcome" in this.#own); // what is shown was the reader's wish
    const params = { ...readForm(this.#form), ...Object.fromEntries(changes), ...this.#replaced };
    this.#replaced = this.#instead = {};
    if (this.#isShown(params)) {
      linkTo(this.section, this.#shown);
      if (remark || changes.length === 0) this.#remark(remark);
      return;
    }
    writeForm(this.#form, params, this.payload);
    // A change by the reader that is under way goes into the address still.
    await this.#ask(params, this.#asked?.how, undefined, async () => {
      if (this.section.dataset.usual !== usual) return;
      if (remark) this.#remark(remark);
      if (isPutBack && Object.keys(this.#own).length) this.#write(this.#shown, "replaceState");
      if (!isOwn && this.#isEmpty) await this.#showOtherOutcome(params);
    });
  }

  /** The settings of this view in the address. */
  get #own() { return this.host.ownsAddress ? readAddress(this.section) : {}; }

  get #isEmpty() {
    return this.payload?.figure.data.length === 0 && this.#form.elements.namedItem("outcome") !== null;
  }

  /** @param {Params} params settings under which nothing is drawn */
  async #showOtherOutcome(params) {
    const named = /** @type {HTMLInputElement[]} */ (queryAll(this.#form, 'input[name="outcome"]'));
    const labelOf = (/** @type {string} */ value) => named.find((one) => one.value === value)?.parentElement?.textContent?.trim() ?? "";
    const { usual } = this.section.dataset;
    for (const { value } of named) {
      if (value === params.outcome) continue;
      await this.#ask({ ...params, outcome: value });
      if (this.section.dataset.usual !== usual) return;
      if (this.#isEmpty) continue;
      this.#replaced = { outcome: params.outcome };
      this.#instead = Object.fromEntries(new URLSearchParams(this.#shown));
      this.#remark(`“${labelOf(params.outcome)}” has nothing for this choice. Shown instead: “${labelOf(value)}”.`);
      return;
    }
    await this.#ask(params);
  }

  /** Follows a change of the address without a reload (popstate). */
  onPopState() {
    const wanted = readAddress(this.section);
    const isOnTheWay = this.#following > 0 && Object.keys(wanted).length === 0; // to what the page is about
    this.#hasBeenUsed = true;
    if (!isOnTheWay && !isSame(this.#withDefaults(wanted), readForm(this.#form))) this.#goTo(wanted);
    this.#moved = "";
  }
}

/** Links lead into the glossary's table, so it has to be in the page. */
export function completeGlossary() {
  for (const section of queryAll(document, "section.reference")) controllerOf(section)?.complete();
}

/**
 * Attaches controllers to the views of one chapter.
 * @param {HTMLElement} root @param {Host} host @returns {() => void} detaches them
 */
export function attach(root, host) {
  const darkMap = JSON.parse(root.dataset.dark ?? "{}");
  const views = viewSectionsIn(root).map((section) => new ViewController(section, host, darkMap));
  root.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a.term")) completeGlossary();
  });
  if (location.hash.startsWith("#term-")) completeGlossary();
  for (const { section } of views) startFolded(section, Boolean(host.ownsAddress));
  drawSoon(views);
  const back = () => views.forEach((view) => view.onPopState());
  if (host.ownsAddress) window.addEventListener("popstate", back);
  const stop = new AbortController();
  redrawOnChange(root, stop.signal);
  preparePrinting(root, stop.signal);
  return () => {
    stop.abort();
    views.forEach((view) => view.detach());
    window.removeEventListener("popstate", back);
  };
}
