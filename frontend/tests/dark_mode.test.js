// @vitest-environment jsdom

import { beforeEach, expect, test, vi } from "vitest";

const screen = Object.assign(new EventTarget(), { matches: false });
vi.stubGlobal("matchMedia", () => screen);
const { isDark, onDarkModeChange } = await import("../src/dark_mode.js");
const { documentElement: root, body } = document;

beforeEach(() => {
  screen.matches = false;
  delete root.dataset.theme;
  delete body.dataset.jpThemeLight;
  body.className = "";
});

test("a page is as dark as the reader's screen", () => {
  expect(isDark()).toBe(false);
  screen.matches = true;
  expect(isDark()).toBe(true);
});

test("a theme that was chosen for the page comes before the screen", () => {
  root.dataset.theme = "dark";
  expect(isDark()).toBe(true);
  screen.matches = true;
  root.dataset.theme = "light";
  expect(isDark()).toBe(false);
});

test("in Jupyter Lab a widget is as dark as Lab", () => {
  body.dataset.jpThemeLight = "false";
  expect(isDark()).toBe(true);
  screen.matches = true;
  body.dataset.jpThemeLight = "true";
  expect(isDark()).toBe(false);
});

test("what Voilà's front end says of its theme does not count on a page of ours", () => {
  body.className = "page";
  body.dataset.jpThemeLight = "false";
  expect(isDark()).toBe(false);
});

test("a change of the screen or of Lab is told until it is no more wanted", async () => {
  const changed = vi.fn();
  const stop = new AbortController();
  onDarkModeChange(changed, stop.signal);
  screen.dispatchEvent(new Event("change"));
  expect(changed).toHaveBeenCalledTimes(1);
  body.dataset.jpThemeLight = "false";
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2));
  stop.abort();
  screen.dispatchEvent(new Event("change"));
  expect(changed).toHaveBeenCalledTimes(2);
});
