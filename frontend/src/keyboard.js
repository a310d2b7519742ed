// Keyboard shortcuts of the presenting mode. In a field or on a button only those act that the field has no use for: a
// presenter's remote turns the pages also while a guess is typed. An open dialog has all keys to itself. Single-character
// shortcuts can be switched off (WCAG 2.1.4). "?" lists them. Esc leaves a field, and a setting that was clicked gives up the
// focus, so that the arrows turn the pages again.

/** @type {Record<string, string>} */
const CHARACTERS = { b: "black", ".": "black", f: "full", n: "notes", c: "settings", s: "share", t: "present", "?": "help" };
/** @type {Record<string, string>} */
const OTHERS = {
  PageDown: "forward", ArrowRight: "forward", ArrowDown: "forward", " ": "forward",
  PageUp: "back", ArrowLeft: "back", ArrowUp: "back", Escape: "escape",
};
const FIELDS = "main :is(input, select)";
const WHEN_READING = ["present", "help"]; // shortcuts that work outside the presenting mode
const PAGES = ["PageDown", "PageUp"];

/**
 * Whether a key belongs to the field or button that has the focus. The fields of a guess take whole numbers, so a remote's
 * keys are of no use there; the arrows move its slider.
 * @param {Element} target @param {string} key @param {boolean} isPresented
 */
function isTaken(target, key, isPresented) {
  if ([" ", "Enter"].includes(key) && target.closest("button, a, summary, label")) return true;
  if (!target.closest("input, select, textarea, [contenteditable]")) return false;
  if (!isPresented) return true;
  return !PAGES.includes(key) && !(target.matches("form.guess input") && [" ", "b", "B", "."].includes(key));
}

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
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (isTaken(target, key, isPresenting())) return;
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
    if (target.closest(".setting :is(.controls, .page-controls)")) actions.escape();
    else target.blur();
  }, { capture: true });
  document.addEventListener("click", (event) => {
    const target = elementOf(event);
    if (target.closest("[data-act=help]")) help();
    if (event.detail > 0 && isPresenting() && target.matches(":is(.controls, .page-controls) :is([type=radio], [type=checkbox])")) target.blur();
  });
}
