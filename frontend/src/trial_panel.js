// The name of a trial opens the view of that trial in a dialog, over the page. The address and the back button follow. Where
// the page has no such view, the name leads to the explainer; where it knows no explainer, it is plain text.

import { isEmbedded, queryWith, readAddress, setAddress } from "./address.js";
import { controllerOf } from "./controllers.js";
import { createElement, isFolded, queryAll, viewKeyOf, viewSectionsIn } from "./dom.js";
import { setFolded } from "./folded_views.js";
import { printView } from "./printing.js";

const VIEW = "trial"; // as in render/trial_links.py
const CONTROL = "study";
const NAMES = "a.trial[href]";
const TITLE = "trial-panel-title";
const LEAVE_OUT = "Leave this trial out";
const COUNT_AGAIN = "Count this trial again";
const WHERE = "Where its name stands on this page: ";

/** The view of one trial, in the page or in the dialog. */
const sectionOfPage = () => /** @type {HTMLElement | null} */ (document.querySelector(`section[data-view="${VIEW}"]`));

/** The name of a trial at an event, if there is one. @param {Event} event */
const nameAt = ({ target }) => /** @type {HTMLAnchorElement | null} */ (target instanceof Element ? target.closest(NAMES) : null);

/** The trial that an address is about; empty where it names none. @param {string} query */
export const trialIn = (query) => new URLSearchParams(query).get(`${VIEW}.${CONTROL}`) ?? "";

/** @param {string} query @param {Record<string, string>} settings of the view */
const addressWith = (query, settings) => `${location.pathname}${queryWith(query, VIEW, Object.entries(settings).map(([name, value]) => [`${VIEW}.${name}`, value]))}`;

/** The view of one trial, shown in a dialog. */
class TrialPanel {
  /** @type {HTMLElement | null} */
  #opener = null;
  #wasFolded = false;
  /** @type {Record<string, string>} */
  #before = {}; // what the reader had set of the view before it was brought here
  #place = document.createComment(VIEW); // where the view stands in the page
  #title = createElement("h2", { id: TITLE, tabIndex: -1 });
  #where = createElement("p", { className: "what" });
  #body = createElement("div", {});
  #leaveOut = createElement("button", { type: "button", hidden: !document.querySelector('[data-role="page-controls"] [name="without"]') }, LEAVE_OUT);
  #saidOut = createElement("span", { hidden: true }, "It is left out of what is counted on this page.");
  /** @type {string[]} */
  #leftOut = [];
  #changes = new MutationObserver(() => this.#name());

  /** @param {HTMLElement} section */
  constructor(section) {
    this.section = section;
    const print = createElement("button", { type: "button" }, "Print this");
    const close = createElement("button", { type: "button" }, "Close");
    const head = createElement("div", { className: "head" }, this.#title, createElement("p", { className: "tools" }, this.#saidOut, this.#leaveOut, print, close));
    this.dialog = createElement("dialog", { className: "prolo trial-panel" }, head, this.#body, this.#where);
    this.dialog.setAttribute("aria-labelledby", TITLE);
    document.body.append(this.dialog);
    close.addEventListener("click", () => this.dialog.close());
    print.addEventListener("click", () => this.#print());
    this.dialog.addEventListener("close", () => this.#onClose());
    this.dialog.addEventListener("keydown", (event) => { if (event.key === "Escape") event.stopPropagation(); });
    this.dialog.addEventListener("click", (event) => this.#onClick(event), { capture: true });
    window.addEventListener("popstate", () => this.#followHistory());
    document.addEventListener("left-out", (event) => {
      this.#leftOut = /** @type {CustomEvent<string[]>} */ (event).detail;
      this.#name();
    });
  }

  /** @param {string} study @param {HTMLElement | null} opener has the focus again when the dialog closes */
  open(study, opener) {
    if (!this.dialog.open) this.#before = readAddress(this.section);
    this.#show(study);
    if (this.dialog.open) return;
    this.#opener = opener;
    history.pushState({ [VIEW]: true }, "", `${addressWith(location.search, { [CONTROL]: study })}#${VIEW}`);
    this.#bring();
  }

  /** @param {string} study */
  #show(study) {
    controllerOf(this.section)?.set({ [CONTROL]: study });
  }

  /** Brings the view into the dialog, and opens that. */
  #bring() {
    const { section, dialog } = this;
    this.#wasFolded = isFolded(section);
    section.before(this.#place);
    this.#body.append(section);
    this.#changes.observe(section, { attributes: true, attributeFilter: ["data-state"] });
    dialog.showModal();
    setFolded(section, false);
    controllerOf(section)?.complete();
    this.#name();
    dialog.scrollTop = 0;
    this.#title.focus();
  }

  /** The dialog is called after the trial, and says which views of the page name it. */
  #name() {
    const study = new URLSearchParams(this.section.dataset.state).get(CONTROL) ?? "";
    const isOut = this.#leftOut.includes(study);
    this.#leaveOut.dataset.leaveOut = study;
    this.#leaveOut.textContent = isOut ? COUNT_AGAIN : LEAVE_OUT;
    this.#saidOut.hidden = !isOut;
    this.#title.textContent = this.section.querySelector("select")?.selectedOptions[0]?.text ?? "";
    const views = viewSectionsIn(document).filter((view) => view !== this.section && view.innerHTML.includes(`=${study}#${VIEW}"`));
    const links = views.flatMap((view, i) => [i ? " · " : "", createElement("a", { href: `#${viewKeyOf(view)}` }, view.querySelector("h3")?.textContent ?? "")]);
    this.#where.replaceChildren(...(links.length ? [WHERE, ...links] : []));
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const { target } = event;
    if (!(target instanceof Element)) return;
    if (target === this.dialog) this.dialog.close(); // beside it
    else if (target.closest('[data-role="print"]')) {
      event.stopPropagation();
      this.#print();
    } else if (target.closest('a[href^="#"]:not(.term)')) this.#leave();
  }

  /** Closes for a link into the page: the focus goes with the link, and the back button leads back to the trial. */
  #leave() {
    this.#opener = null;
    history.pushState(null, "", addressWith(location.search, this.#before));
    this.dialog.close();
    controllerOf(this.section)?.set(this.#before);
  }

  /** The view is printed from its place in the page: browsers don't break a dialog into pages. */
  #print() {
    history.replaceState(null, "", location.href); // the view keeps its trial
    this.#putBack();
    this.dialog.close();
    printView(this.section);
  }

  /** The dialog has closed: the view stands in its place again, and the address is the one from before. */
  #onClose() {
    if (!this.#place.isConnected) return;
    this.#putBack();
    if (history.state?.[VIEW]) history.back();
    else if (location.hash === `#${VIEW}`) setAddress("replaceState", addressWith(location.search, this.#before));
    this.#opener?.focus({ preventScroll: true });
  }

  #putBack() {
    this.#changes.disconnect();
    this.#place.replaceWith(this.section);
    setFolded(this.section, this.#wasFolded);
  }

  /** The back button closes the dialog, the forward button opens it again. */
  #followHistory() {
    const isWanted = Boolean(history.state?.[VIEW]);
    if (!isWanted && this.dialog.open && location.hash !== `#${VIEW}`) this.dialog.close();
    else if (isWanted && !this.dialog.open) {
      this.#show(trialIn(location.search));
      this.#bring();
    }
  }
}

/** The address of the explainer, seen from a page that is about something else; empty where the page knows none. */
const explainerAddress = () => /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.whole, .back a[href]"))?.href ?? "";

/** Names that lead out of a page lead to the explainer. @param {string} explainer */
function leadTo(explainer) {
  const redirect = (/** @type {Event} */ event) => {
    const name = nameAt(event);
    const study = name && trialIn(new URL(name.href).search);
    if (!name || !study) return;
    const { origin, pathname } = new URL(explainer);
    name.href = `${origin}${pathname}?${VIEW}.${CONTROL}=${study}#${VIEW}`;
    if (isEmbedded()) Object.assign(name, { target: "_blank", rel: "noopener" });
  };
  for (const kind of ["click", "auxclick", "contextmenu"]) document.addEventListener(kind, redirect, { capture: true });
}

/** Names that lead nowhere are plain text, also in what comes later. @param {HTMLElement} root */
export function unlinkTrials(root) {
  const unlink = () => { for (const name of queryAll(root, NAMES)) name.removeAttribute("href"); };
  unlink();
  new MutationObserver(unlink).observe(root, { childList: true, subtree: true });
}

/** Starts the names of trials on a page. */
export function startTrialPanel() {
  const section = isEmbedded() ? null : sectionOfPage();
  const explainer = explainerAddress();
  if (section) {
    const panel = new TrialPanel(section);
    document.addEventListener("click", (event) => {
      const name = nameAt(event);
      if (!name || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      panel.open(trialIn(name.search), name);
    }, { capture: true });
  } else if (explainer) leadTo(explainer);
  else unlinkTrials(document.body);
}
