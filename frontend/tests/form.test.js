// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";

import { isTypedSince, onFormChange, readForm, readTouched, writeForm } from "../src/form.js";

const NOTHING = { unavailable: [], problems: [] };

/** @type {HTMLFormElement} */
let form;
/** @param {string} selector */
const field = (selector) => /** @type {HTMLInputElement} */ (form.querySelector(selector));
/** @param {HTMLElement} target */
const changed = (target) => target.dispatchEvent(new Event("input", { bubbles: true }));

beforeEach(() => {
  document.body.innerHTML = `<form>
    <input type="checkbox" name="conditions" value="back" checked>
    <input type="checkbox" name="conditions" value="tendons" checked>
    <select name="conditions" data-alone><option value="">one condition</option><option value="elbow">Elbow</option></select>
  </form>`;
  form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
  onFormChange(form, () => {});
});

test("what is chosen alone takes the place of the boxes", () => {
  expect(readForm(form)).toEqual({ conditions: "back.tendons" });
  field("select").value = "elbow";
  expect(readForm(form)).toEqual({ conditions: "elbow" });
});

test("a state with one condition alone unchecks the boxes, and one with groups empties the menu", () => {
  writeForm(form, "conditions=elbow", NOTHING);
  expect(field("select").value).toBe("elbow");
  expect(field('[value="back"]').checked).toBe(false);
  writeForm(form, "conditions=back", NOTHING);
  expect(field("select").value).toBe("");
  expect(field('[value="back"]').checked).toBe(true);
});

test("a box that is set speaks in place of the menu", () => {
  writeForm(form, "conditions=elbow", NOTHING);
  field('[value="tendons"]').checked = true;
  changed(field('[value="tendons"]'));
  expect(readForm(form)).toEqual({ conditions: "tendons" });
});

test("a menu that is left brings all boxes back", () => {
  writeForm(form, "conditions=elbow", NOTHING);
  field("select").value = "";
  changed(field("select"));
  expect(readForm(form)).toEqual({ conditions: "back.tendons" });
});

test("what was typed after a question is not overwritten by its answer", () => {
  document.body.innerHTML = `<form><input type="text" name="better" value="14"><input type="text" name="of" value="21">
    <input type="text" name="name" value="Mine"></form>`;
  form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
  const asked = readForm(form);
  field("[name=better]").value = "20"; // and the next field has the focus when the answer comes
  field("[name=of]").focus();
  writeForm(form, { ...asked, name: "As it is told" }, NOTHING, isTypedSince(asked));
  expect(readForm(form)).toEqual({ better: "20", of: "21", name: "As it is told" });
});

test("what was set before the script came is known by its difference from the page as it came", () => {
  form.insertAdjacentHTML("beforeend", `
    <input type="radio" name="show" value="gain" checked><input type="radio" name="show" value="groups">
    <input type="range" name="n" min="0" max="9" value="3"><input type="number" data-twin="n" min="0" max="9" value="3">
    <input type="text" name="name" value="Example">
    <select name="claim"><option value="one">One</option><option value="two" selected>Two</option></select>`);
  expect(readTouched(form)).toEqual({});
  field('[value="groups"]').checked = true;
  field("[data-twin]").value = "7";
  field('[name="name"]').value = "Mine";
  expect(readTouched(form)).toEqual({ show: "groups", n: "7", name: "Mine" });
  field('[name="claim"]').value = "one";
  field('[value="back"]').checked = false;
  expect(readTouched(form)).toEqual({ show: "groups", n: "7", name: "Mine", claim: "one", conditions: "tendons" });
});

test("a condition chosen alone before the script came is the one, and a box takes the place of one that the page came with", () => {
  field("select").value = "elbow";
  expect(readTouched(form)).toEqual({ conditions: "elbow" });
  /** @type {HTMLOptionElement} */ (form.querySelector('option[value="elbow"]')).defaultSelected = true;
  field('[value="back"]').checked = false;
  expect(readTouched(form)).toEqual({ conditions: "tendons" });
});

test("a slider says its unit with its value, and a number that it does not have says where it went", () => {
  document.body.innerHTML = `<form><input type="range" name="share" data-unit="%" min="0" max="100" step="5" value="50">
    <input type="number" data-twin="share" min="0" max="100" step="5" value="50"></form>`;
  form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
  onFormChange(form, () => {});
  writeForm(form, "share=60", NOTHING);
  const [slider, number] = [field("[type=range]"), field("[type=number]")];
  expect(slider.getAttribute("aria-valuetext")).toBe("60 %");
  number.value = "137";
  changed(number);
  number.dispatchEvent(new Event("change", { bubbles: true }));
  expect([slider.value, number.value, slider.getAttribute("aria-valuetext")]).toEqual(["100", "100", "100 %"]);
  const said = document.getElementById(number.getAttribute("aria-describedby") ?? "");
  expect(said?.textContent).toBe("Set to 100: 0 to 100 can be chosen, in steps of 5.");
  number.value = "40";
  changed(number);
  expect([number.hasAttribute("aria-describedby"), form.querySelector(".moved")]).toEqual([false, null]);
  expect(slider.getAttribute("aria-valuetext")).toBe("40 %");
});

test("a choice of which some options are not on offer says what these are for, and stops when they are", () => {
  document.body.innerHTML = `<section id="gain"><form><fieldset>
    <input type="radio" name="scale" value="per100" data-needs="It is for counts." checked>
    <input type="radio" name="scale" value="sd" data-needs="It is for scores."></fieldset></form></section>`;
  form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
  writeForm(form, "scale=per100", { unavailable: [["scale", "sd"]], problems: [] });
  const described = form.querySelector("fieldset")?.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(described)?.textContent).toBe("It is for scores.");
  writeForm(form, "scale=sd", { unavailable: [["scale", "per100"]], problems: [] });
  expect(document.getElementById(described)?.textContent).toBe("It is for counts.");
  writeForm(form, "scale=sd", NOTHING);
  expect(form.querySelector(".barred")).toBe(null);
});
