// The kernel behind a page that Voilà made: a websocket that speaks the Jupyter messaging protocol, and on it the
// two messages a widget needs. It says how it stands in <html data-kernel>.

const ANSWER_WITHIN = 15000;
const RETRIES = 6;
// What the server says of a kernel that died. It starts another under the same name, but that one knows no chapter.
const GONE = ["restarting", "autorestarting", "dead"];
const NOT_CONNECTED = "The live part is not connected, so this setting can’t be shown. Reload the page to go on.";

export function kernelHost(base, kernel) {
  const session = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${base}api/kernels/${kernel}/channels?session_id=${session}`;
  const waiting = new Map();
  const queue = [];
  let socket = null;
  let tries = 0;
  let last = 0;

  const say = (state) => { document.documentElement.dataset.kernel = state; };
  const open = () => socket && socket.readyState === WebSocket.OPEN;

  function message(type, content) {
    last += 1;
    const header = { msg_id: `${session}-${last}`, msg_type: type, username: "", session, date: new Date().toISOString(), version: "5.3" };
    return JSON.stringify({ channel: "shell", header, parent_header: {}, metadata: {}, content, buffers: [] });
  }

  function send(type, content) {
    const text = message(type, content);
    if (open()) socket.send(text);
    else queue.push(text);
  }

  function received(event) {
    const { header, content } = JSON.parse(event.data);
    if (header.msg_type === "kernel_info_reply") say("live");
    if (header.msg_type === "status" && GONE.includes(content.execution_state)) gone();
    if (header.msg_type !== "comm_msg" || content.data.method !== "custom") return;
    const answer = content.data.content;
    waiting.get(answer.ask)?.answer(answer);
  }

  function connect() {
    socket = new WebSocket(address);
    socket.onopen = () => {
      tries = 0;
      socket.send(message("kernel_info_request", {}));
      while (queue.length) socket.send(queue.shift());
    };
    socket.onmessage = received;
    socket.onclose = lost;
  }

  async function lost() {
    say("lost");
    tries += 1;
    if (tries > RETRIES || !(await alive())) return;
    setTimeout(() => { say("connecting"); connect(); }, 500 * 2 ** tries);
  }

  function gone() {
    tries = RETRIES;
    socket.close();
    say("lost");
    for (const question of waiting.values()) question.fail(new Error(NOT_CONNECTED));
  }

  async function alive() {
    try { return (await fetch(`${base}api/kernels/${kernel}`)).status !== 404; } catch { return true; }
  }

  function ask(comm, question) {
    if (document.documentElement.dataset.kernel === "lost")
      return Promise.reject(new Error(NOT_CONNECTED));
    return new Promise((resolve, reject) => {
      last += 1;
      const number = last;
      const done = (how, value) => { waiting.delete(number); clearTimeout(timer); how(value); };
      const timer = setTimeout(() => done(reject, new Error("No answer came in time. Try once more, or reload the page.")), ANSWER_WITHIN);
      waiting.set(number, { answer: (answer) => done(resolve, answer), fail: (error) => done(reject, error) });
      send("comm_msg", { comm_id: comm, data: { method: "custom", content: { ask: number, ...question } } });
    });
  }

  // The server takes a message only with the page's token, sent along and kept as a cookie. Voilà's own front end gets
  // the cookie from JupyterLab's requests; this page makes none of those, so it sets the cookie itself if there is none.
  function token() {
    const known = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
    if (known) return known[1];
    const fresh = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    document.cookie = `_xsrf=${fresh}; path=${base}; SameSite=Strict`;
    return fresh;
  }

  // The server is told when the page is left, so that no kernel is left behind.
  function leave() {
    const form = new FormData();
    form.append("_xsrf", token());
    navigator.sendBeacon(`${base}voila/api/shutdown/${kernel}`, form);
  }

  window.addEventListener("pagehide", (event) => { if (!event.persisted) leave(); });
  say("connecting");
  connect();
  return (comm) => ({
    ownsAddress: true,
    ask: (view, params) => ask(comm, { view, params }),
    read: (view, file) => ask(comm, { view, file }),
  });
}
