// Builds the page's files into a folder: node build.js FOLDER. If something can't be built, esbuild names it and the status is 1.

import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const BUNDLED = {
  "main.js": "prolo", "classroom.js": "classroom", "prolo.css": "prolo", "outputs.js": "outputs", "outputs.css": "outputs", "gunzip.js": "gunzip",
};
// The oldest supported browsers. Newer syntax is transpiled for them here; tsconfig.json leaves out newer library functions.
// README.md names these browsers, too.
const BROWSERS = ["chrome105", "edge105", "firefox115", "safari15.4"];
// Large files that a page loads beside its script. They seldom change, so they stay in a browser's cache after an upgrade.
const PUBLISHED = {
  "plotly.min.js": "plotly.js-basic-dist-min/plotly-basic.min.js",
  "lean-qr.js": "lean-qr/index.mjs",
};

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("Which folder? node build.js FOLDER");

try {
  await build({
    entryPoints: Object.entries(BUNDLED).map(([file, name]) => ({ in: join(here, "src", file), out: name })),
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    target: BROWSERS,
    charset: "utf8",
    logLevel: "error",
  });
} catch {
  process.exit(1); // esbuild has printed why
}
for (const [name, file] of Object.entries(PUBLISHED)) await copyFile(join(here, "node_modules", file), join(folder, name));
