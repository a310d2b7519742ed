// The configuration that a page holds for its script.

/**
 * The addresses of the scripts for QR codes and decompression, the address at which others reach the page, and whether
 * each view has a page for embedding.
 * @returns {{ qr?: string, gunzip?: string, address?: string, embeds?: boolean }}
 */
export function pageConfig() {
  const place = document.getElementById("share");
  return place ? JSON.parse(place.textContent ?? "") : {};
}

/** Imports a script that the configuration names. @param {string} [address] @returns {Promise<any>} */
export async function importModule(address) {
  if (!address) throw new Error("The page names no such file.");
  return import(new URL(address, document.baseURI).href);
}
