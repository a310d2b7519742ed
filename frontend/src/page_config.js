// What the page says of files that are loaded when they are wanted, and of itself.

/**
 * Where the files are that draw QR codes and unpack states, the address that others reach the page at, and whether each
 * view has a page of its own beside it.
 * @returns {{ qr?: string, gunzip?: string, address?: string, embeds?: boolean }}
 */
export function pageConfig() {
  const place = document.getElementById("share");
  return place ? JSON.parse(place.textContent ?? "") : {};
}

/** A script that the page names, as a module. @param {string} [address] @returns {Promise<any>} */
export async function importModule(address) {
  if (!address) throw new Error("The page names no such file.");
  return import(new URL(address, document.baseURI).href);
}
