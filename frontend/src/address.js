// The page's address holds, for every view that is not as it came, its settings as view.name=value.

import { part } from "./draw.js";

export function readAddress(section) {
  const prefix = `${section.dataset.view}.`;
  const params = {};
  for (const [name, value] of new URLSearchParams(location.search))
    if (name.startsWith(prefix)) params[name.slice(prefix.length)] = value;
  return params;
}

function changedParams(section, state) {
  const usual = new URLSearchParams(section.dataset.default);
  return [...new URLSearchParams(state)].filter(([name, value]) => usual.get(name) !== value);
}

export function linkTo(section, state) {
  const own = changedParams(section, state).map(([name, value]) => `${section.dataset.view}.${name}=${encodeURIComponent(value)}`);
  part(section, "link").href = `?${own.join("&")}#${section.dataset.view}`;
}

// A page that was opened as a file may not change its address; its links lead to the same views.
function remember(how, address) {
  try { history[how](null, "", address); } catch { /* the link still holds the settings */ }
}

export function writeAddress(section, how, state) {
  const prefix = `${section.dataset.view}.`;
  const kept = [...new URLSearchParams(location.search)].filter(([name]) => !name.startsWith(prefix));
  const own = changedParams(section, state).map(([name, value]) => [prefix + name, value]);
  const query = [...kept, ...own].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  const address = `${location.pathname}${query.length ? `?${query.join("&")}` : ""}#${section.dataset.view}`;
  if (address !== location.pathname + location.search + location.hash) remember(how, address);
}

// The link is copied where the browser allows it; where it does not, it is followed as a link.
export async function copyLink(event, section) {
  if (!navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const copied = await navigator.clipboard.writeText(event.target.href).then(() => true, () => false);
  if (copied) event.target.textContent = "Link copied";
  setTimeout(() => { event.target.textContent = "Link to this view"; }, 3000);
  part(section, "notice").textContent = copied ? "The link to this view has been copied."
    : "The browser does not allow copying here. The address of the page leads to this view too.";
}
