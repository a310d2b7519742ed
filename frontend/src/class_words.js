// What a pupil's page says in a class session.

/** @typedef {import("./class_connection.js").Snapshot} Snapshot */
/** @typedef {import("./class_connection.js").Question} Question */

/** The pupil's guess in the present round. @param {Question} question */
export const mineOf = ({ mine = [], round }) => mine[round - 1] ?? null;

/**
 * What the bar says.
 * @param {Snapshot | null} snapshot @param {{ isLost: boolean, keeps: boolean, hasEnded: boolean, lacks?: boolean }} how
 *   `keeps`: a guess waits to be sent; `lacks`: this page has not what the projector shows
 */
export function barSaid(snapshot, { isLost, keeps, hasEnded, lacks = false }) {
  if (hasEnded) return "The class has ended. You can read on.";
  const step = snapshot?.step;
  const where = step?.at ? ` ${step.at} of ${step.of}.` : snapshot && !step ? " It begins soon." : "";
  const free = snapshot?.pace === "free" ? " Read at your own pace." : `${where}${lacks ? " Look at the projector." : ""}`;
  const line = isLost ? ` No connection${keeps ? ": your guess is kept." : "."}` : "";
  return `You are in the class.${snapshot?.paused ? " The teacher has paused." : free}${line}`;
}

/** What a guess is called. @param {boolean} isChoice */
export const nameOf = (isChoice) => (isChoice ? "choice" : "guess");

/**
 * What a question says about the pupil's own guess.
 * @param {Question} question @param {{ waits: boolean, isLost: boolean, isPaused?: boolean, isChoice: boolean, words: (value: number) => string }} how
 */
export function guessSaid(question, { waits, isLost, isPaused = false, isChoice, words }) {
  const name = nameOf(isChoice);
  const mine = mineOf(question);
  if (question.status === "revealed") return "";
  if (waits) return isLost ? "Not sent yet: there is no connection. It goes out by itself." : "";
  if (question.status === "closed") return `No more ${name === "guess" ? "guesses" : "choices"} now.${mine === null ? "" : ` Yours is in: ${words(mine)}.`}`;
  if (mine !== null) return `Your ${name} is in: ${words(mine)}.${isPaused ? "" : " You can change it until the answer is shown."}`;
  const first = question.mine?.[0] ?? null;
  if (question.round === 1) return isChoice || isPaused ? "" : "Move or tap the slider, or type a number.";
  return `${isChoice ? "Choose" : "Guess"} again after talking.${first === null ? "" : ` Before, you said ${words(first)}.`}`;
}
