// Small DOM helpers.

/**
 * A part of a view by its role.
 * @param {Element} section @param {string} role @returns {HTMLElement}
 */
export function part(section, role) {
  const found = /** @type {HTMLElement | null} */ (section.querySelector(`[data-role="${role}"]`));
  if (!found) throw new Error(`There is no ${role} here.`);
  return found;
}

/**
 * The form with a view's controls.
 * @param {Element} section
 */
export const controlsFormOf = (section) => /** @type {HTMLFormElement} */ (part(section, "controls"));

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {ParentNode} root @param {string} selector
 */
export const queryAll = (root, selector) => /** @type {T[]} */ ([...root.querySelectorAll(selector)]);

/** @param {ParentNode} root */
export const viewSectionsIn = (root) => queryAll(root, "section[data-view]");

/** Whether only the question and the answer of a view are shown (folded_views.js). @param {HTMLElement} section */
export const isFolded = (section) => section.dataset.folded === "true";

/** The heading of a screen or a view, or the thing itself where it has none. @param {HTMLElement} screen @returns {HTMLElement} */
export const headingOf = (screen) => screen.querySelector("h1, h2, h3, .ask") ?? screen;

/** Moves the focus to the heading, so that keyboard and screen reader begin there. @param {HTMLElement} screen */
export function focusOn(screen) {
  const heading = headingOf(screen);
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** @param {Element} section */
export const viewKeyOf = (section) => /** @type {HTMLElement} */ (section).dataset.view ?? "";

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Partial<HTMLElementTagNameMap[K]>} properties @param {(Node | string)[]} inside
 * @returns {HTMLElementTagNameMap[K]}
 */
export function createElement(tag, properties, ...inside) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
}

/** @param {number} milliseconds @returns {Promise<void>} */
export const delay = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** Resolves once the changes made so far have been painted. @returns {Promise<void>} */
export const afterPaint = () => new Promise((resolve) => { requestAnimationFrame(() => { setTimeout(resolve); }); });

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));
