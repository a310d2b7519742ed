// Whether the page is dark. page.css follows the same rule: what was chosen for the page (<html data-theme>), else the theme
// of the Jupyter Lab that a widget stands in, else the reader's screen.

const screen = window.matchMedia("(prefers-color-scheme: dark)");

export function isDark() {
  const { theme } = document.documentElement.dataset;
  if (theme) return theme === "dark";
  // Voilà's front end says the theme too, but a page of ours keeps its own.
  const { jpThemeLight } = document.body.dataset;
  if (jpThemeLight && !document.body.matches(".page")) return jpThemeLight === "false";
  return screen.matches;
}

/** @param {() => void} changed @param {AbortSignal} signal ends it */
export function onDarkModeChange(changed, signal) {
  screen.addEventListener("change", changed, { signal });
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  signal.addEventListener("abort", () => observer.disconnect());
}
