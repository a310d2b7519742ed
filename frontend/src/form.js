// The controls of a view as native inputs: read and written as URL parameters, and filled from a file.

import { announce } from "./announce.js";
import { createElement, messageOf, part } from "./dom.js";

/** @typedef {import("./types.js").Found} Found */
/** @typedef {import("./types.js").Params} Params */
/** @typedef {import("./types.js").Payload} Payload */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */
/** @typedef {(field: Field) => boolean} Keeps  Which fields are not overwritten. */

const MAX_CHARACTERS = 100_000; // that the host reads
const SNIFFED_CHARACTERS = 1000; // to tell what kind of file it is
const TYPING_PAUSE = 350; // milliseconds without a key before what is typed is asked for

/** @param {HTMLFormElement} form */
const fieldsOf = (form) => /** @type {Field[]} */ ([...form.elements].filter((field) => field.matches("input, select")));

/** @param {Field} field */
/** Whether a menu offers what is chosen alone, in place of the boxes of its name. @param {Field} field */
const isExclusive = (field) => field.dataset.alone !== undefined;

/** @param {Field} field */
const isChecked = (field) => field instanceof HTMLInputElement && field.checked;

/** @param {HTMLFormElement} form @returns {Params} */
export function readForm(form) {
  /** @type {Params} */
  const params = {};
  /** @type {Record<string, string[]>} */
  const several = {};
  for (const field of fieldsOf(form)) {
    if (!field.name || isExclusive(field)) continue;
    if (field.type === "checkbox") {
      several[field.name] ??= [];
      if (isChecked(field)) several[field.name].push(field.value);
    } else if (field.type !== "radio" || isChecked(field)) params[field.name] = field.value;
  }
  for (const [name, values] of Object.entries(several)) params[name] = values.join(".") || "none";
  for (const field of fieldsOf(form)) if (isExclusive(field) && field.value) params[field.name] = field.value;
  return params;
}

/** Whether a field is not as the page came. @param {Field} field */
function isTouched(field) {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    return field.value !== (options.find(({ defaultSelected }) => defaultSelected) ?? options[0]).value;
  }
  return field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

/**
 * What the reader has set before the script came, by name.
 * @param {HTMLFormElement} form @returns {Params}
 */
export function readTouched(form) {
  const touched = fieldsOf(form).filter(isTouched);
  for (const field of touched) {
    const { twin } = field.dataset;
    if (!touched.some((other) => isExclusive(other) && other.name === field.name)) resolveExclusive(form, field);
    if (twin && isFinished(field)) /** @type {HTMLInputElement} */ (form.elements.namedItem(twin)).value = field.value;
  }
  const set = readForm(form);
  return Object.fromEntries(touched.map(({ name, dataset }) => dataset.twin ?? name).map((name) => [name, set[name]]));
}

/**
 * A box that is set takes the place of what was chosen alone; a menu that is left brings all boxes back.
 * @param {HTMLFormElement} form @param {Field} field
 */
function resolveExclusive(form, field) {
  const named = fieldsOf(form).filter((other) => other.name === field.name);
  if (field.type === "checkbox") named.filter(isExclusive).forEach((menu) => (menu.value = ""));
  else if (isExclusive(field) && !field.value)
    named.forEach((box) => box instanceof HTMLInputElement && (box.checked = true));
}

/** Whether a control is changed in small steps, of which only the last is worth going back to. @param {Field} field */
const moves = (field) => ["range", "number", "text"].includes(field.type);

/** @param {Field} field */
export const typed = (field) => field.type === "text";
/** @param {Field} field */
export const isBeingTyped = (field) => typed(field) && field.matches(":focus");
/** What is being typed, or was typed since these settings were asked for. @param {Params} asked @returns {Keeps} */
export const isTypedSince = (asked) => (field) => isBeingTyped(field) || (typed(field) && field.value !== asked[field.name]);

/** Of a number typed digit by digit, the first digits alone are no answer yet. @param {Field} field */
const isFinished = (field) => field.value !== "" && field.validity.valid;

/**
 * Calls `changed` with a control's name, and whether it was only a step, once there is something new to ask.
 * @param {HTMLFormElement} form @param {(name: string, isStep: boolean) => void} changed
 */
export function onFormChange(form, changed) {
  let typing = 0;
  const tell = (/** @type {Field} */ field) => changed(field.dataset.twin ?? field.name, moves(field));
  const twinOf = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  form.addEventListener("input", ({ target }) => {
    const field = /** @type {Field} */ (target);
    const { twin } = field.dataset;
    clearCorrection(form);
    if (twin && !isFinished(field)) return;
    if (twin) twinOf(twin).value = field.value;
    updateUnits(form);
    resolveExclusive(form, field);
    clearTimeout(typing);
    if (field.type === "text") typing = window.setTimeout(tell, TYPING_PAUSE, field);
    else tell(field);
  });
  // A number that was left unfinished becomes the nearest step that the slider has.
  form.addEventListener("change", ({ target }) => {
    const field = /** @type {Field} */ (target);
    const { twin } = field.dataset;
    if (!twin || isFinished(field)) return;
    if (field.value) twinOf(twin).value = field.value;
    field.value = twinOf(twin).value;
    updateUnits(form);
    showCorrection(field, `${twinOf(twin).id}-moved`);
    tell(field);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}

/** A number with its unit is the value of a slider; the field beside it has the unit in its name. @param {HTMLFormElement} form */
function updateUnits(form) {
  for (const field of fieldsOf(form)) {
    const { unit } = field.dataset;
    if (unit) field.setAttribute("aria-valuetext", `${field.value} ${unit}`);
  }
}

const CORRECTION = "small.moved";

/** A field says that its number was not one of the slider's. @param {Field} field @param {string} id of what it says */
function showCorrection(field, id) {
  const { value, min, max, step } = /** @type {HTMLInputElement} */ (field);
  const said = `Set to ${value}: ${min} to ${max} can be chosen${step === "1" ? "" : `, in steps of ${step}`}.`;
  field.after(createElement("small", { id, className: "moved" }, said));
  field.setAttribute("aria-describedby", id);
  announce(said, "moved");
}

/** @param {HTMLFormElement} form */
function clearCorrection(form) {
  const said = form.querySelector(CORRECTION);
  said?.previousElementSibling?.removeAttribute("aria-describedby");
  said?.remove();
}

/**
 * What is being typed is not overwritten by the answer to it, and after a fault nothing typed is.
 * @param {HTMLFormElement} form @param {string | Params} state
 * @param {Pick<Payload, "unavailable" | "problems"> | null} known  null: not yet, so that the page stays as it came
 * @param {Keeps} [keeps]
 */
export function writeForm(form, state, known, keeps = () => false) {
  const values = Object.fromEntries(new URLSearchParams(state));
  const barred = new Set(known?.unavailable.map(([name, value]) => `${name}=${value}`));
  for (const field of fieldsOf(form)) {
    const { twin } = field.dataset;
    if (twin && (isFinished(field) || !field.matches(":focus"))) setValue(field, values[twin]);
    if (!field.name) continue;
    if (isExclusive(field)) {
      const offered = [...(/** @type {HTMLSelectElement} */ (field).options)].map((option) => option.value);
      setValue(field, offered.includes(values[field.name]) ? values[field.name] : "");
    } else if (field instanceof HTMLInputElement && field.type === "checkbox") {
      field.checked = values[field.name].split(".").includes(field.value);
    } else if (field instanceof HTMLInputElement && field.type === "radio") {
      field.checked = values[field.name] === field.value;
      if (known) field.disabled = barred.has(`${field.name}=${field.value}`);
    } else if (!keeps(field)) setValue(field, values[field.name]);
  }
  updateUnits(form);
  showRelevantFields(form, values);
  if (!known) return;
  explainUnavailable(form);
  showProblems(form, known.problems);
}

/** Writing what stands there already would make the browser lay the field out. @param {Field} field @param {string} value */
function setValue(field, value) {
  if (field.value !== value) field.value = value;
}

/** A choice of which some options are not on offer says what these are for. @param {HTMLFormElement} form */
function explainUnavailable(form) {
  for (const place of new Set([...form.querySelectorAll("[data-needs]")].map((field) => field.closest("fieldset")))) {
    if (!place) continue;
    const barred = /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll(":disabled[data-needs]"));
    const why = [...new Set([...barred].map((field) => field.dataset.needs))].join(" ");
    const known = place.querySelector(".barred");
    if (known?.textContent === why) continue;
    known?.remove();
    if (!why) continue;
    const id = `${form.closest("section")?.id}-barred`;
    place.append(createElement("small", { id, className: "barred" }, why));
    place.setAttribute("aria-describedby", id);
  }
}

/** Fields that other settings have no use for are put away. @param {HTMLFormElement} form @param {Params} values */
function showRelevantFields(form, values) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-when]"))) {
    const wanted = (place.dataset.when ?? "").split(" ").map((pair) => pair.split("="));
    place.hidden = !wanted.every(([name, value]) => values[name] === value);
  }
}

/** @param {HTMLFormElement} form @param {Payload["problems"]} problems */
function showProblems(form, problems) {
  const told = new Map(problems);
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-problem]"))) {
    const name = place.dataset.problem ?? "";
    const sentence = told.get(name) ?? "";
    if (place.textContent !== sentence) place.textContent = sentence;
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLElement) field.setAttribute("aria-invalid", sentence ? "true" : "false");
  }
}

/**
 * No more than the host would read, and one character over, so that it can say what is too large. A picture or another
 * file that is no text is known by how it begins.
 * @param {File} file
 */
async function beginning(file) {
  const text = await file.slice(0, 4 * (MAX_CHARACTERS + 1)).text(); // a character has up to four bytes
  return text.slice(0, text.includes("\0") ? SNIFFED_CHARACTERS : MAX_CHARACTERS + 1);
}

/**
 * A file that fills the form: its text goes to the host, which answers with the trials in it and what is wrong.
 * @param {HTMLElement} section @param {(text: string) => Promise<Found>} readFile @param {(params: Params) => void} fill
 */
export function startFileInput(section, readFile, fill) {
  const input = /** @type {HTMLInputElement | null} */ (section.querySelector('[data-role="file"]'));
  if (!input) return;
  const menu = /** @type {HTMLSelectElement} */ (part(section, "found"));
  const tell = (/** @type {string[]} */ sentences) => {
    part(section, "file-problems").replaceChildren(...sentences.map((sentence) => createElement("li", {}, sentence)));
    announce(sentences.join(" "), "file");
  };
  const choose = () => fill(Object.fromEntries(new URLSearchParams(menu.value)));
  const load = async () => {
    const file = input.files?.[0];
    if (!file) return;
    try {
      const { found, problems } = await readFile(await beginning(file));
      tell(found.length ? problems : [...problems, "No trial was loaded. What is shown stays."]);
      if (!found.length) return;
      menu.replaceChildren(...found.map(([name, state]) => new Option(name, state)));
      if (menu.parentElement) menu.parentElement.hidden = false;
      choose();
    } catch (error) {
      tell([messageOf(error)]);
    } finally {
      input.value = "";
    }
  };
  input.addEventListener("change", load);
  load(); // it may have been chosen before the script came
  menu.addEventListener("change", choose);
}
