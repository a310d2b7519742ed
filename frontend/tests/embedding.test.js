// @vitest-environment jsdom

import { expect, test } from "vitest";
import { snippet } from "../src/embedding.js";

test("the HTML for another page holds its address and title whatever signs they have, and a link beside the frame", () => {
  const page = document.createElement("div");
  page.innerHTML = snippet("https://a.example/embed_gain.html?x=1&y=%22", 'What is "left" <of> it & why?', "https://a.example/?x=1&y=2#gain", 900);
  const frame = page.querySelector("iframe");
  expect(frame?.getAttribute("src")).toBe("https://a.example/embed_gain.html?x=1&y=%22");
  expect(frame?.title).toBe('What is "left" <of> it & why?');
  expect(page.querySelector("a")?.href).toBe("https://a.example/?x=1&y=2#gain");
  expect(page.querySelectorAll("body *, div > :not(iframe, p, script)")).toHaveLength(0);
});
