// The form of a view: native inputs, read and written as URL parameters, or filled from a file.

import { announce } from "./announce.js";
import { createElement, messageOf, part } from "./dom.js";

/** @typedef {import("./types.js").Found} Found */
/** @typedef {import("./types.js").Params} Params */
/** @typedef {import("./types.js").Payload} Payload */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */
/** @typedef {(field: Field) => boolean} Keeps  Which fields are not overwritten. */

const MAX_CHARACTERS = 100_000; // of a file, as the host accepts
const SNIFFED_CHARACTERS = 1000; // enough for the host to tell what kind of file it is
const TYPING_PAUSE = 350; // milliseconds without a keystroke before a typed value is sent

/** @param {HTMLFormElement} form */
const fieldsOf = (form) => /** @type {Field[]} */ ([...form.elements].filter((field) => field.matches("input, select")));

/** Whether a field is a menu whose choice replaces the checkboxes of the same name. @param {Field} field */
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

/** Whether a field differs from its value in the page's HTML. @param {Field} field */
function isTouched(field) {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    return field.value !== (options.find(({ defaultSelected }) => defaultSelected) ?? options[0]).value;
  }
  return field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

/**
 * What the reader set before the script had loaded, by name.
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
 * A checkbox that is changed clears the exclusive menu; a menu that is cleared checks all boxes again.
 * @param {HTMLFormElement} form @param {Field} field
 */
function resolveExclusive(form, field) {
  const named = fieldsOf(form).filter((other) => other.name === field.name);
  if (field.type === "checkbox") named.filter(isExclusive).forEach((menu) => (menu.value = ""));
  else if (isExclusive(field) && !field.value)
    named.forEach((box) => box instanceof HTMLInputElement && (box.checked = true));
}

/** Whether a control changes in small steps, of which only the last belongs in the browser's history. @param {Field} field */
const moves = (field) => ["range", "number", "text"].includes(field.type);

/** @param {Field} field */
export const typed = (field) => field.type === "text";
/** @param {Field} field */
export const isBeingTyped = (field) => typed(field) && field.matches(":focus");
/** Keeps text fields that are being typed in, or were changed since these settings were requested. @param {Params} asked @returns {Keeps} */
export const isTypedSince = (asked) => (field) => isBeingTyped(field) || (typed(field) && field.value !== asked[field.name]);

/** Whether a number is valid: while it is typed digit by digit, it may not be yet. @param {Field} field */
const isFinished = (field) => field.value !== "" && field.validity.valid;

/**
 * Calls `changed` with a control's name, and whether it changes in small steps, once it has a new valid value.
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
  // A number that is invalid when the field is left becomes the nearest value of the slider.
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

/** Screen readers announce a slider's value with its unit; the number field beside it has the unit in its label. @param {HTMLFormElement} form */
function updateUnits(form) {
  for (const field of fieldsOf(form)) {
    const { unit } = field.dataset;
    if (unit) field.setAttribute("aria-valuetext", `${field.value} ${unit}`);
  }
}

const CORRECTION = "small.moved";

/** Says beside a field that its number was corrected. @param {Field} field @param {string} id of the message */
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
 * Shows a state in the form; `keeps` spares fields that a response must not overwrite while they are being typed in.
 * @param {HTMLFormElement} form @param {string | Params} state
 * @param {Pick<Payload, "unavailable" | "problems"> | null} known null while it has not loaded; then nothing is disabled or marked
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

/** Assigning an unchanged value would still trigger a layout of the field. @param {Field} field @param {string} value */
function setValue(field, value) {
  if (field.value !== value) field.value = value;
}

/** Says below a choice what its disabled options are for. @param {HTMLFormElement} form */
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

/** Hides fields that do not apply to the other settings. @param {HTMLFormElement} form @param {Params} values */
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
 * As much of a file as the host accepts, and one character more, so that the host can reject a file that is too large. Of a
 * binary file, the first characters are enough to recognize it.
 * @param {File} file
 */
async function beginning(file) {
  const text = await file.slice(0, 4 * (MAX_CHARACTERS + 1)).text(); // a character has up to four bytes
  return text.slice(0, text.includes("\0") ? SNIFFED_CHARACTERS : MAX_CHARACTERS + 1);
}

/**
 * Fills the form from a file: the host parses its text and responds with the trials in it and the problems found.
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
  load(); // a file may have been chosen before the script had loaded
  menu.addEventListener("change", choose);
}
