// Whether the page is dark, by the same rule as page.css: the theme chosen for the page (<html data-theme>), else the theme of
// the JupyterLab around a widget, else the reader's system setting.

const screen = window.matchMedia("(prefers-color-scheme: dark)");

export function isDark() {
  const { theme } = document.documentElement.dataset;
  if (theme) return theme === "dark";
  // Voilà's front end sets this attribute, too, but it does not apply to the explainer's own pages.
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
