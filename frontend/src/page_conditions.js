// The conditions of the page: chosen once, in the bar that stays on the screen. Every view follows, those near the screen
// first. The address holds the choice as `conditions`, so links, presenting and printing follow too.

import { announce } from "./announce.js";
import { linkTo, PAGE_CONDITIONS, queryWith, setAddress } from "./address.js";
import { controllerOf } from "./controllers.js";
import { queryAll, viewSectionsIn } from "./dom.js";
import { onFormChange, readForm, writeForm } from "./form.js";
import { whenIdle } from "./idle.js";

const NAME = PAGE_CONDITIONS;

/** The choice that an address names; empty where it names none. */
const chosenInAddress = () => new URLSearchParams(location.search).get(NAME) ?? "";

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
const follows = ({ dataset }) => Boolean(dataset.byCondition) || new URLSearchParams(dataset.default).has(NAME);

/** The bar with the page's conditions, and the views that follow it. */
class PageConditions {
  #chosen = "";
  /** @type {Set<HTMLElement>} */
  #waiting = new Set();
  #near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) this.#update(/** @type {HTMLElement} */ (target));
  }, { rootMargin: "60% 0px" });

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.everything = readForm(form)[NAME];
    onFormChange(form, () => this.#choose(readForm(form)[NAME]));
    form.addEventListener("click", ({ target }) => {
      const act = target instanceof Element && target.closest("button")?.dataset.act;
      if (act === "all-conditions") this.#choose(this.everything);
      if (act === "conditions") this.#open(!form.classList.contains("open"));
      if (act === "close-conditions") this.#open(false);
    });
    document.addEventListener("keydown", ({ key }) => { if (key === "Escape") this.#open(false); });
    document.addEventListener("click", ({ target }) => {
      if (!(target instanceof Element)) return;
      const only = /** @type {HTMLElement | null} */ (target.closest("[data-only]"))?.dataset.only;
      if (only) this.#choose(only);
      else if (!form.contains(target)) this.#open(false);
    });
    window.addEventListener("popstate", () => this.#show(chosenInAddress()));
    form.hidden = false;
    this.#show(chosenInAddress());
  }

  /** Opens or closes the sheet of a phone; a focus that was in it goes back to the button. @param {boolean} isOpen */
  #open(isOpen) {
    const opener = /** @type {HTMLElement} */ (this.form.querySelector('[data-act="conditions"]'));
    if (!isOpen && this.form.classList.contains("open") && this.form.contains(document.activeElement)) opener.focus();
    this.form.classList.toggle("open", isOpen);
    opener.setAttribute("aria-expanded", String(isOpen));
  }

  /** The reader has chosen. @param {string} value */
  #choose(value) {
    const chosen = value === this.everything ? "" : value;
    if (chosen === this.#chosen) return;
    // A view's own link may have named conditions for it alone: from now on it follows the page again.
    const kept = [...new URLSearchParams(location.search)].filter(([name]) => !name.endsWith(`.${NAME}`) && name !== NAME);
    const query = queryWith(`?${new URLSearchParams(kept)}`, "", chosen ? [[NAME, chosen]] : []);
    setAddress("pushState", `${location.pathname}${query}${location.hash}`);
    this.#show(chosen);
    announce(`Shown on this page: ${this.#words()}.`, NAME);
  }

  /** @param {string} chosen */
  #show(chosen) {
    writeForm(this.form, { [NAME]: chosen || this.everything }, null);
    document.documentElement.toggleAttribute("data-one-condition", Boolean(chosen) && !/[.]|none/.test(chosen));
    for (const said of queryAll(this.form, '[data-role="chosen"]')) said.textContent = this.#words();
    for (const button of queryAll(this.form, '[data-act="all-conditions"]')) button.hidden = !chosen;
    if (chosen === this.#chosen) return;
    this.#chosen = chosen;
    this.#followAll();
  }

  /** What is chosen, in words. */
  #words() {
    const value = readForm(this.form)[NAME];
    if (value === this.everything) return "all conditions";
    const boxes = queryAll(this.form, "label:has(> input:checked) > span:last-child");
    const labels = boxes.length ? boxes : queryAll(this.form, "option:checked:not([value=''])"); // a menu may name the same
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
    const remark = lacks(section, this.#chosen) ? `Nothing here is on this: ${this.#words()}. What is shown is on something else.` : "";
    await controllerOf(section)?.follow(usualUnder(section, this.#chosen), remark);
  }
}

/** Starts the bar, if the page has one; where no view follows it, there is none. */
export function startPageConditions() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('[data-role="page-controls"]'));
  if (!form) return;
  if (viewSectionsIn(document.body).some(follows)) new PageConditions(form);
  else {
    form.remove();
    document.documentElement.classList.remove("by-page");
  }
}
