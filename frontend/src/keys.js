// Keys of the presenting mode. None acts while something is typed into, or on a button that has the focus; those that are
// single characters can be switched off (WCAG 2.1.4). "?" lists them. Esc leaves a field of the settings or of a guess, and
// a setting that was clicked does not keep the focus: otherwise a clicker would seem dead after it.

const CHARACTERS = { b: "black", ".": "black", f: "full", n: "notes", c: "settings", s: "share", t: "present", "?": "help" };
const OTHERS = {
  PageDown: "next", ArrowRight: "next", ArrowDown: "next", " ": "next",
  PageUp: "previous", ArrowLeft: "previous", ArrowUp: "previous", Escape: "leave",
};
const FIELDS = "main :is(input, select)";
const WHEN_READING = ["present", "help"]; // what works while nothing is presented

const typing = (target) => target.closest?.("input, select, textarea, [contenteditable], dialog");
const pressed = (target, key) => [" ", "Enter"].includes(key) && target.closest?.("button, a, summary, label");

export function startKeys(actions) {
  const dialog = document.querySelector("dialog.keys");
  const switched = dialog.querySelector("input");
  const help = () => (dialog.open ? dialog.close() : dialog.showModal());
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(target) || pressed(target, key)) return;
    const letter = key.length === 1 && key !== " ";
    let act = letter ? switched.checked && CHARACTERS[key.toLowerCase()] : OTHERS[key];
    if (act === "next" && key === " " && event.shiftKey) act = "previous";
    if (!act || (!actions.presenting() && !WHEN_READING.includes(act))) return;
    event.preventDefault();
    if (act === "help") help();
    else actions[act]();
  });
  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape" && actions.presenting() && target.matches(FIELDS)) target.blur();
  }, { capture: true });
  document.addEventListener("click", ({ target, detail }) => {
    if (target.closest("[data-act=help]")) help();
    if (detail > 0 && actions.presenting() && target.matches(".controls [type=radio], .controls [type=checkbox]")) target.blur();
  });
}
