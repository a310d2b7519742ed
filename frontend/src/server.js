// The live part behind a page that `prolo-dash serve` made: plain requests to the page's own server, which answers
// what is not prepared (a reader's own trial). It says how it stands in <html data-kernel>.

const ANSWER_WITHIN = 15000;
const CHECK_EVERY = 20000; // milliseconds between two looks whether the server is still there
const RETRY_AFTER = 2000;
const NOT_THERE = "The live part can’t be reached, so this can’t be shown now. It is tried again by itself.";

export function serverHost() {
  let timer = 0;
  let looks = 0;
  const again = new Set(); // what to do once the server is back
  const say = (state) => { document.documentElement.dataset.kernel = state; };
  const standing = () => document.documentElement.dataset.kernel;

  async function asked(path, options) {
    return fetch(path, { ...options, cache: "no-store", signal: AbortSignal.timeout(ANSWER_WITHIN) });
  }

  async function look() {
    clearTimeout(timer);
    const latest = (looks += 1); // a slow answer to an earlier look says how it stood before
    const there = await asked("live").then((answer) => answer.ok, () => false);
    if (latest !== looks) return;
    const back = there && standing() === "lost";
    say(there ? "live" : "lost");
    timer = setTimeout(look, there ? CHECK_EVERY : RETRY_AFTER);
    if (!back) return;
    const waiting = [...again];
    again.clear();
    for (const retry of waiting) retry();
  }

  async function ask(question) {
    try {
      const answer = await asked("answer", { method: "POST", body: JSON.stringify(question) });
      return await answer.json(); // what a proxy says instead of the server is no JSON
    } catch {
      say("lost");
      clearTimeout(timer);
      timer = setTimeout(look, RETRY_AFTER);
      throw new Error(NOT_THERE);
    }
  }

  say("connecting");
  look();
  window.addEventListener("online", look);
  window.addEventListener("offline", look);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  const onceBack = (retry) => {
    again.add(retry);
    return true;
  };
  return { ask, onceBack };
}
