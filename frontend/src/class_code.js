// The screen with which a class begins: the code, the address and its QR code, large, and how many phones are here.

import { createElement } from "./dom.js";

/** @typedef {import("./class_session.js").Session} Session */

/** @param {number} phones */
export const phonesSaid = (phones) => (phones === 0 ? "No phone is here yet" : phones === 1 ? "1 phone is here" : `${phones} phones are here`);

/** The address at which a class types the code, as it is read out. @param {string} join */
export const joinAddress = (join) => new URL(".", join).href.replace(/^http:\/\//, "").replace(/\/$/, "");

export class CodeScreen {
  #phones = createElement("p", { className: "phones" });
  #begin = createElement("button", { type: "button", autofocus: true });
  #dialog;

  /** @param {Session} session @param {() => void} begin */
  constructor({ code, join, qr }, begin) {
    const letters = createElement("p", { className: "letters" }, code);
    const close = createElement("button", { type: "button" }, "Close");
    const words = createElement("div", { className: "words" },
      createElement("h2", { id: "class-code-title" }, "Join the class"),
      createElement("p", { className: "where" }, "Open ", createElement("b", {}, joinAddress(join)), " and type"), letters, this.#phones,
      createElement("p", { className: "tools" }, this.#begin, close));
    this.#dialog = createElement("dialog", { className: "prolo class-code" }, words, createElement("img", { src: qr, alt: `QR code of ${join}` }));
    this.#dialog.setAttribute("aria-labelledby", "class-code-title");
    const goOn = () => {
      this.#dialog.close();
      begin();
    };
    this.#begin.addEventListener("click", goOn);
    close.addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("keydown", (event) => {
      if (event.key !== "PageDown") return; // a clicker
      event.preventDefault();
      event.stopPropagation(); // it does not turn the page as well
      goOn();
    });
    document.body.append(this.#dialog);
  }

  get isOpen() { return this.#dialog.open; }

  /** @param {boolean} hasBegun */
  open(hasBegun) {
    this.#begin.textContent = hasBegun ? "Go on" : "Begin";
    if (!this.isOpen) this.#dialog.showModal();
  }

  /** @param {number} phones */
  count(phones) { this.#phones.textContent = phonesSaid(phones); }

  remove() { this.#dialog.remove(); }
}
