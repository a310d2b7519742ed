// The teacher's secret and the running session, kept for this tab alone. The secret comes in the fragment of a link, which no
// server sees, and leaves the address at once.

import { recall, remember } from "./tab_memory.js";

const SECRET = "prolo-teach";
const SESSION = "prolo-class";

/**
 * A session as its server has opened it.
 * @typedef {{ code: string, secret: string, join: string, qr: string, page: string }} Session
 */

/** Takes the secret out of the address, and keeps it for this tab; whether it was there. */
export function takeSecret() {
  const found = /^#teach=(.+)$/.exec(location.hash);
  if (!found) return false;
  remember(SECRET, found[1]);
  history.replaceState(null, "", location.pathname + location.search);
  return true;
}

/** The secret that this tab has, perhaps from its address. */
export function teacherSecret() {
  takeSecret();
  return recall(SECRET);
}

/** @returns {Session | null} */
export function runningSession() {
  const kept = recall(SESSION);
  return kept ? JSON.parse(kept) : null;
}

/** @param {Session} session */
export const keepSession = (session) => remember(SESSION, JSON.stringify(session));
export const forgetSession = () => remember(SESSION, null);

const REFUSED = "The class can’t be started: open the link for the teacher that “prolo-dash serve --class” prints now.";
const NOT_REACHED = "The class can’t be started: the server can’t be reached.";

/** The secret goes in the body: addresses are kept in logs. @param {string} path @param {Record<string, string>} said */
const post = (path, said) =>
  fetch(path, { method: "POST", body: JSON.stringify(said), headers: { "Content-Type": "application/json" } }).catch(() => null);

/**
 * The classes that run on this server, the newest first.
 * @param {string} secret of the server @returns {Promise<{ code: string, page: string, connected: number }[]>}
 */
export async function runningClasses(secret) {
  const answer = await post("class/running", { secret });
  return answer?.ok ? (await answer.json()).classes : [];
}

/**
 * Opens a session for a page, or takes the one of a code back; throws an error with one sentence.
 * @param {string} secret of the server @param {{ page: string } | { code: string }} what @returns {Promise<Session>}
 */
export async function openSession(secret, what) {
  const answer = await post("class", { secret, ...what });
  if (!answer) throw new Error(NOT_REACHED);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error ?? REFUSED);
  return said;
}
