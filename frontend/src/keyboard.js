// Keyboard shortcuts of the presenting mode. None acts while the reader types, nor in place of pressing a focused button;
// single-character shortcuts can be switched off (WCAG 2.1.4). "?" lists them. Esc leaves the settings or a guess's field, and
// a setting that was clicked gives up the focus: otherwise a presenter's remote would no longer turn the pages.

/** @type {Record<string, string>} */
const CHARACTERS = { b: "black", ".": "black", f: "full", n: "notes", c: "settings", s: "share", t: "present", "?": "help" };
/** @type {Record<string, string>} */
const OTHERS = {
  PageDown: "forward", ArrowRight: "forward", ArrowDown: "forward", " ": "forward",
  PageUp: "back", ArrowLeft: "back", ArrowUp: "back", Escape: "escape",
};
const FIELDS = "main :is(input, select)";
const WHEN_READING = ["present", "help"]; // shortcuts that work outside the presenting mode

/** @param {Element} target */
const isTyping = (target) => target.closest("input, select, textarea, [contenteditable], dialog");
/** @param {Element} target @param {string} key */
const isPressing = (target, key) => [" ", "Enter"].includes(key) && target.closest("button, a, summary, label");

/** @param {Event} event */
const elementOf = ({ target }) => (target instanceof HTMLElement ? target : document.body);

/**
 * @param {Record<string, () => unknown>} actions @param {() => boolean} isPresenting
 */
export function startKeys(actions, isPresenting) {
  const dialog = /** @type {HTMLDialogElement} */ (document.querySelector("dialog.keys"));
  const switched = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  const help = () => (dialog.open ? dialog.close() : dialog.showModal());
  document.addEventListener("keydown", (event) => {
    const { key } = event;
    const target = elementOf(event);
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target) || isPressing(target, key)) return;
    const isLetter = key.length === 1 && key !== " ";
    if (isLetter && !switched.checked) return;
    let act = isLetter ? CHARACTERS[key.toLowerCase()] : OTHERS[key];
    if (key === " " && event.shiftKey) act = "back";
    if (!act || (!isPresenting() && !WHEN_READING.includes(act))) return;
    event.preventDefault();
    if (act === "help") help();
    else actions[act]();
  });
  document.addEventListener("keydown", (event) => {
    const target = elementOf(event);
    if (event.key !== "Escape" || !isPresenting() || !target.matches(FIELDS)) return;
    if (target.closest(".setting .controls")) actions.escape();
    else target.blur();
  }, { capture: true });
  document.addEventListener("click", (event) => {
    const target = elementOf(event);
    if (target.closest("[data-act=help]")) help();
    if (event.detail > 0 && isPresenting() && target.matches(".controls [type=radio], .controls [type=checkbox]")) target.blur();
  });
}
