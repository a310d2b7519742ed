// Decompresses gzip with the browser's DecompressionStream, or with a script in browsers before 2023.

import { importModule, pageConfig } from "./page_config.js";

/** @param {ArrayBuffer} bytes @returns {Promise<string>} */
export async function gunzipText(bytes) {
  if (typeof DecompressionStream === "undefined") {
    const { gunzip } = await importModule(pageConfig().gunzip);
    return new TextDecoder().decode(gunzip(new Uint8Array(bytes)));
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
