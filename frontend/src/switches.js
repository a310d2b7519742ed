// Switches of the page that show what is not for every reader: each view's task for a class, and a lesson's notes for the
// teacher. The presenting mode has both anyway. The address keeps that notes are shown, so a teacher can come back to them.

import { queryWith, setAddress } from "./address.js";

/** @typedef {{ act: string, name: string, param?: string }} Switch  `param`: what the address calls it. */

/** @type {Switch[]} */
const SWITCHES = [{ act: "tasks", name: "tasks for a class" }, { act: "teacher", name: "notes for the teacher", param: "teacher" }];

/** @param {Element} button @param {Switch} what @param {boolean} isShown */
function show(button, { act, name }, isShown) {
  document.documentElement.classList.toggle(`with-${act}`, isShown); // see page.css
  button.textContent = `${isShown ? "Hide" : "Show"} ${name}`;
}

/** Starts those switches that the page has. */
export function startSwitches() {
  for (const one of SWITCHES) {
    const button = document.querySelector(`[data-act="${one.act}"]`);
    if (!button) continue;
    const { param } = one;
    if (param && new URLSearchParams(location.search).get(param) === "1") show(button, one, true);
    button.addEventListener("click", () => {
      const isShown = !document.documentElement.matches(`.with-${one.act}`);
      show(button, one, isShown);
      if (!param) return;
      const kept = new URLSearchParams(location.search);
      kept.delete(param);
      setAddress("replaceState", `${location.pathname}${queryWith(`?${kept}`, "", isShown ? [[param, "1"]] : [])}${location.hash}`);
    });
  }
}
