// What the page is about, its conditions and its trials: chosen once, in the bar that stays on the screen. Every view follows,
// those near the screen first. The address holds the choice, so links, presenting and printing follow too.

import { announce } from "./announce.js";
import { linkTo, PAGE_CONDITIONS, pageChoice, queryWith, setAddress } from "./address.js";
import { controllerOf } from "./controllers.js";
import { focusOn, headingOf, queryAll, viewSectionsIn } from "./dom.js";
import { onFormChange, readForm, writeForm } from "./form.js";
import { whenIdle } from "./idle.js";
import { ALL, countsTrials, countTrials, idsIn, toggled, TRIALS, WITHOUT } from "./page_trials.js";

const NAME = PAGE_CONDITIONS;
const NONE = "none"; // no condition, in an address

/** @typedef {import("./address.js").PageChoice} PageChoice */

/**
 * What a view shows by itself while the page is about some conditions, in its URL form.
 * @param {HTMLElement} section @param {string} chosen
 */
export function usualUnder(section, chosen) {
  const usual = new URLSearchParams(section.dataset.default);
  if (!chosen) return usual.toString();
  if (usual.has(NAME)) usual.set(NAME, chosen);
  /** @type {Record<string, string>} */
  const own = JSON.parse(section.dataset.byCondition ?? "{}");
  const [name, value] = (own[chosen] ?? "").split("=");
  if (name) usual.set(name, value);
  return usual.toString();
}

/** Whether a view's menu has nothing on a condition or group that is chosen alone. @param {HTMLElement} section @param {string} chosen */
export function lacks({ dataset }, chosen) {
  const isOne = chosen !== "" && !/[.]|^none$/.test(chosen);
  return isOne && dataset.byCondition !== undefined && !(chosen in JSON.parse(dataset.byCondition));
}

/** Whether a view has anything to set for a choice of conditions. @param {HTMLElement} section */
const followsConditions = ({ dataset }) => Boolean(dataset.byCondition) || new URLSearchParams(dataset.default).has(NAME);
/** @param {HTMLElement} section */
const follows = (section) => followsConditions(section) || countsTrials(section);

/** What a trial is called on this page. @param {string} study */
const nameOf = (study) => document.querySelector(`section[data-view="trial"] option[value="${CSS.escape(study)}"]`)?.textContent ?? study;

/** The bar with the page's conditions and trials, and the views that follow it. */
class PageControls {
  /** @type {PageChoice} */
  #chosen = { conditions: "", trials: "", without: "" };
  /** @type {Set<HTMLElement>} */
  #waiting = new Set();
  #near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) this.#update(/** @type {HTMLElement} */ (target));
  }, { rootMargin: "60% 0px" });

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.everything = readForm(form)[NAME];
    onFormChange(form, () => this.#choose(readForm(form)));
    form.addEventListener("change", ({ target }) => { // one condition alone is all that a reader wants of the sheet
      if (target instanceof HTMLSelectElement && target.matches("[data-alone]") && target.value) this.#open(false);
    });
    form.addEventListener("click", ({ target }) => {
      const act = target instanceof Element && target.closest("button")?.dataset.act;
      if (act === "all-conditions") this.#choose({ conditions: this.everything, trials: ALL });
      if (act === "put-back") this.#choose({ without: "" });
      if (act === "all-conditions" || act === "put-back") this.#focusFirst(); // the button goes
      if (act === "conditions") this.#open(!form.classList.contains("open"));
      if (act === "close-conditions") this.#open(false);
    });
    document.addEventListener("keydown", ({ key }) => { if (key === "Escape") this.#open(false); });
    document.addEventListener("click", ({ target }) => {
      if (!(target instanceof Element)) return;
      const only = /** @type {HTMLElement | null} */ (target.closest("[data-only]"))?.dataset.only;
      const study = /** @type {HTMLElement | null} */ (target.closest("[data-leave-out]"))?.dataset.leaveOut;
      if (only) this.#chooseIn(/** @type {HTMLElement} */ (target.closest("section.view")), only);
      else if (study) this.#choose({ without: toggled(this.#chosen.without, study) });
      else if (!form.contains(target)) this.#open(false);
    });
    document.addEventListener("page-choice", ({ detail }) => this.#choose(detail, "replaceState"));
    window.addEventListener("popstate", () => this.#show(this.#known(pageChoice())));
    form.hidden = false;
    this.#show(this.#known(pageChoice()));
  }

  /** A choice without what this page does not know, as an old or mistyped address may have it. @param {PageChoice} choice @returns {PageChoice} */
  #known({ conditions, trials, without }) {
    const values = (/** @type {string} */ selector) => queryAll(this.form, selector).map((field) => /** @type {HTMLInputElement} */ (field).value);
    const all = [NONE, ...values(`input[name="${NAME}"]`), ...values(`[data-alone] option`)];
    const kept = idsIn(conditions).filter((id) => all.includes(id));
    const left = [...new Set(idsIn(without))].filter((study) => nameOf(study) !== study);
    return { conditions: kept.join("."), trials: values(`[name="${TRIALS}"] option`).includes(trials) ? trials : "", without: left.join(".") };
  }

  /** Opens or closes the sheet of a phone; a focus that was in it goes back to the button. @param {boolean} isOpen */
  #open(isOpen) {
    const opener = /** @type {HTMLElement} */ (this.form.querySelector('[data-act="conditions"]'));
    if (!isOpen && this.form.classList.contains("open") && this.form.contains(document.activeElement)) opener.focus({ preventScroll: true });
    this.form.classList.toggle("open", isOpen);
    opener.setAttribute("aria-expanded", String(isOpen));
  }

  #focusFirst() {
    const fields = queryAll(this.form, "button, input, select");
    fields.find((field) => field.getClientRects().length > 0)?.focus({ preventScroll: true });
  }

  /** The reader, or the teacher of a class, has chosen. @param {Partial<PageChoice>} values @param {import("./address.js").How} [how] */
  #choose(values, how = "pushState") {
    const chosen = { ...this.#chosen, ...values };
    if (chosen.conditions === this.everything) chosen.conditions = "";
    if (chosen.trials === ALL) chosen.trials = "";
    if (isAlike(chosen, this.#chosen)) return;
    // A view's own link may have named conditions for it alone: from now on it follows the page again.
    const kept = [...new URLSearchParams(location.search)].filter(([name]) => !name.endsWith(`.${NAME}`) && !(name in chosen));
    const query = queryWith(`?${new URLSearchParams(kept)}`, "", Object.entries(chosen).filter(([, value]) => value));
    setAddress(how, `${location.pathname}${query}${location.hash}`);
    this.#show(chosen);
    announce(`Shown on this page: ${this.#words()}.`, NAME);
  }

  /**
   * One condition, chosen from its row: the row stands alone now, so reading goes on at the heading.
   * @param {HTMLElement} section @param {string} only
   */
  async #chooseIn(section, only) {
    this.#choose({ conditions: only });
    await this.#update(section);
    focusOn(section);
    headingOf(section).scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** @param {PageChoice} chosen */
  #show(chosen) {
    const { conditions, trials, without } = this.#hasTrials ? chosen : { ...chosen, trials: "", without: "" };
    writeForm(this.form, { [NAME]: conditions || this.everything, [TRIALS]: trials || ALL, [WITHOUT]: without }, null);
    document.documentElement.toggleAttribute("data-one-condition", Boolean(conditions) && !/[.]|none/.test(conditions));
    for (const said of queryAll(this.form, '[data-role="chosen"]')) said.textContent = this.#words("");
    for (const button of queryAll(this.form, '[data-act="all-conditions"]')) button.hidden = !conditions && !trials;
    this.#showLeftOut(without);
    if (isAlike({ conditions, trials, without }, this.#chosen)) return;
    this.#chosen = { conditions, trials, without };
    countTrials(this.#chosen);
    this.#followAll();
  }

  /** Whether trials can be chosen here: a page that is only files has not the states for it. */
  get #hasTrials() { return this.form.elements.namedItem(TRIALS) !== null; }

  /** Says which trials are left out, and marks their buttons. @param {string} without */
  #showLeftOut(without) {
    for (const line of queryAll(this.form, ".not-counted")) line.hidden = !without;
    for (const said of queryAll(this.form, '[data-role="left-out"]')) said.textContent = leftOutWords(without);
    document.dispatchEvent(new CustomEvent("left-out", { detail: idsIn(without) }));
  }

  /** What is chosen, in words. @param {string} [without] the trials left out, if they are to be named */
  #words(without = this.#chosen.without) {
    const { trials = ALL } = readForm(this.form);
    const [menu] = queryAll(this.form, `[name="${TRIALS}"] option:checked`);
    const kind = trials !== ALL && menu ? [firstLetterSmall(menu.textContent ?? "")] : [];
    return [this.#conditionWords(), ...kind, ...(without ? [firstLetterSmall(leftOutWords(without))] : [])].join("; ");
  }

  #conditionWords() {
    const value = readForm(this.form)[NAME];
    if (value === this.everything) return "all conditions";
    const boxes = queryAll(this.form, "label:has(> input:checked) > span:last-child");
    const labels = boxes.length ? boxes : queryAll(this.form, "[data-alone] option:checked:not([value=''])"); // a menu may name the same
    return labels.map(({ textContent }) => textContent?.trim()).join(", ") || "no condition";
  }

  async #followAll() {
    const chosen = this.#chosen;
    const sections = viewSectionsIn(document.body);
    for (const section of sections) linkTo(section, section.dataset.state ?? "");
    this.#waiting = new Set(sections.filter(follows));
    for (const section of this.#waiting) this.#near.observe(section);
    for (const section of this.#waiting) {
      await whenIdle();
      if (chosen !== this.#chosen) return;
      await this.#update(section);
    }
  }

  /** @param {HTMLElement} section */
  async #update(section) {
    this.#near.unobserve(section);
    if (!this.#waiting.delete(section)) return;
    const { conditions } = this.#chosen;
    const remark = lacks(section, conditions) ? `Nothing here is on this: ${this.#conditionWords()}. What is shown is on something else.` : "";
    await controllerOf(section)?.follow(usualUnder(section, conditions), remark);
  }
}

/** @param {PageChoice} one @param {PageChoice} other */
const isAlike = (one, other) => one.conditions === other.conditions && one.trials === other.trials && one.without === other.without;

/** @param {string} text */
const firstLetterSmall = (text) => text.charAt(0).toLowerCase() + text.slice(1);

/** @param {string} without */
const leftOutWords = (without) => `Left out: ${idsIn(without).map(nameOf).join(", ")}`;

/** Starts the bar, if the page has one; where no view follows it, there is none. */
export function startPageControls() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('[data-role="page-controls"]'));
  if (!form) return;
  if (viewSectionsIn(document.body).some(follows)) new PageControls(form);
  else {
    form.remove();
    document.documentElement.classList.remove("by-page");
  }
}
