// The switch that shows each view's task for a class on the page. Presenting and the hand-out have the tasks anyway.

const NAMES = { true: "Hide tasks for a class", false: "Show tasks for a class" };

/** For a page that has the switch. */
export function startTasksSwitch() {
  const button = document.querySelector('[data-act="tasks"]');
  button?.addEventListener("click", () => {
    const isShown = document.documentElement.classList.toggle("with-tasks");
    button.textContent = NAMES[`${isShown}`];
  });
}
