// The teacher's secret and the running session, kept for this tab alone. The secret comes in the fragment of a link, which no
// server sees, and leaves the address at once.

const SECRET = "prolo-teach";
const SESSION = "prolo-class";

/**
 * A session as its server has opened it.
 * @typedef {{ code: string, secret: string, join: string, qr: string }} Session
 */

/** Takes the secret from the address, if it is there; returns the one that this tab has. */
export function teacherSecret() {
  const found = /^#teach=(.+)$/.exec(location.hash);
  if (found) {
    sessionStorage.setItem(SECRET, found[1]);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(SECRET);
}

/** @returns {Session | null} */
export function runningSession() {
  const kept = sessionStorage.getItem(SESSION);
  return kept ? JSON.parse(kept) : null;
}

/** @param {Session} session */
export const keepSession = (session) => sessionStorage.setItem(SESSION, JSON.stringify(session));
export const forgetSession = () => sessionStorage.removeItem(SESSION);

const REFUSED = "The class can’t be started: open the link for the teacher that “prolo-dash serve --class” prints now.";
const NOT_REACHED = "The class can’t be started: the server can’t be reached.";

/**
 * Opens a session; throws an error with one sentence.
 * @param {string} secret @param {string} page @returns {Promise<Session>}
 */
export async function openSession(secret, page) {
  const options = { method: "POST", body: JSON.stringify({ secret, page }), headers: { "Content-Type": "application/json" } };
  const answer = await fetch("class", options).catch(() => null);
  if (!answer) throw new Error(NOT_REACHED);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error ?? REFUSED);
  return said;
}
