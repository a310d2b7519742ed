// The kernel behind a page that Voilà made: a websocket that speaks the Jupyter messaging protocol, and on it the
// two messages a widget needs.

import { RefusedError } from "../errors.js";
import { say, standing } from "../status.js";

const ANSWER_WITHIN = 15000;
const RETRIES = 6;
// What the server says of a kernel that died. It starts another under the same name, but that one knows no chapter.
const GONE = ["restarting", "autorestarting", "dead"];
const NOT_CONNECTED = "The live part is not connected, so this setting can’t be shown. Reload the page to go on.";
const NO_ANSWER = "No answer came in time. Try once more, or reload the page.";

/**
 * Connects to a kernel; returns how its widgets are asked.
 * @param {string} base the address of the server's root @param {string} kernel its id
 * @returns {(comm: string, question: object) => Promise<any>}
 */
export function connect(base, kernel) {
  const connection = new Connection(base, kernel);
  window.addEventListener("pagehide", (event) => { if (!event.persisted) connection.leave(); });
  return (comm, question) => connection.ask(comm, question);
}

class Connection {
  #session = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
  /** @type {Map<number, { resolve: (answer: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** @type {string[]} */
  #queue = [];
  #tries = 0;
  #last = 0;

  /** @param {string} base @param {string} kernel */
  constructor(base, kernel) {
    this.base = base;
    this.kernel = kernel;
    say("connecting");
    this.socket = this.#open();
  }

  #open() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${this.base}api/kernels/${this.kernel}/channels?session_id=${this.#session}`);
    socket.onopen = () => {
      this.#tries = 0;
      socket.send(this.#message("kernel_info_request", {}));
      for (const text of this.#queue.splice(0)) socket.send(text);
    };
    socket.onmessage = ({ data }) => this.#received(JSON.parse(data));
    socket.onclose = () => this.#lost();
    return socket;
  }

  /** @param {string} type @param {object} content */
  #message(type, content) {
    this.#last += 1;
    const header = {
      msg_id: `${this.#session}-${this.#last}`, msg_type: type, username: "", session: this.#session,
      date: new Date().toISOString(), version: "5.3",
    };
    return JSON.stringify({ channel: "shell", header, parent_header: {}, metadata: {}, content, buffers: [] });
  }

  /** @param {string} text */
  #send(text) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text);
    else this.#queue.push(text);
  }

  /** @param {{ header: { msg_type: string }, content: any }} message */
  #received({ header, content }) {
    if (header.msg_type === "kernel_info_reply") say("live");
    if (header.msg_type === "status" && GONE.includes(content.execution_state)) this.#gone();
    if (header.msg_type !== "comm_msg" || content.data.method !== "custom") return;
    const answer = content.data.content;
    this.#waiting.get(answer.ask)?.resolve(answer);
  }

  async #lost() {
    say("lost");
    this.#tries += 1;
    if (this.#tries > RETRIES || !(await this.#isAlive())) return;
    setTimeout(() => {
      say("connecting");
      this.socket = this.#open();
    }, 500 * 2 ** this.#tries);
  }

  #gone() {
    this.#tries = RETRIES;
    this.socket.close();
    say("lost");
    for (const { reject } of this.#waiting.values()) reject(new Error(NOT_CONNECTED));
  }

  async #isAlive() {
    try {
      return (await fetch(`${this.base}api/kernels/${this.kernel}`)).status !== 404;
    } catch {
      return true;
    }
  }

  /** @param {string} comm @param {object} question */
  async ask(comm, question) {
    if (standing() === "lost") throw new Error(NOT_CONNECTED);
    this.#last += 1;
    const number = this.#last;
    const answered = new Promise((resolve, reject) => { this.#waiting.set(number, { resolve, reject }); });
    const timer = setTimeout(() => this.#waiting.get(number)?.reject(new Error(NO_ANSWER)), ANSWER_WITHIN);
    this.#send(this.#message("comm_msg", { comm_id: comm, data: { method: "custom", content: { ask: number, ...question } } }));
    try {
      const answer = await answered;
      if (answer.error) throw new RefusedError(answer.error);
      return answer;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(number);
    }
  }

  // The server takes a message only with the page's token, sent along and kept as a cookie. Voilà's own front end gets
  // the cookie from JupyterLab's requests; this page makes none of those, so it sets the cookie itself if there is none.
  #token() {
    const known = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
    if (known) return known[1];
    const fresh = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    document.cookie = `_xsrf=${fresh}; path=${this.base}; SameSite=Strict`;
    return fresh;
  }

  /** The server is told when the page is left, so that no kernel is left behind. */
  leave() {
    const form = new FormData();
    form.append("_xsrf", this.#token());
    navigator.sendBeacon(`${this.base}voila/api/shutdown/${this.kernel}`, form);
  }
}
