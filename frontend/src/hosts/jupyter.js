// The connection to the kernel of a page made by Voilà: widget messages over a websocket in the Jupyter messaging protocol.

import { connectionState, setConnection } from "../connection_status.js";
import { Channel } from "./channel.js";

const RETRIES = 6;
const CHECK_EVERY = 15000; // milliseconds; the server sends no message when it shuts a kernel down
// The states of a kernel that died. The server restarts it under the same id, but the new one has no widgets.
const GONE = ["restarting", "autorestarting", "dead"];
const NOT_CONNECTED = "The live part is not connected, so this setting can’t be shown. Reload the page to go on.";
const NO_ANSWER = "No answer came in time. Try once more, or reload the page.";

/**
 * Connects to a kernel; returns the channel of each of its widgets.
 * @param {string} base the address of the server's root @param {string} kernel its id
 * @returns {(comm: string) => Channel}
 */
export function connect(base, kernel) {
  const connection = new Connection(base, kernel);
  window.addEventListener("pagehide", (event) => { if (!event.persisted) connection.leave(); });
  return (comm) => connection.channel(comm);
}

class Connection {
  #session = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
  /** @type {Map<string, Channel>} */
  #channels = new Map(); // by comm
  /** @type {string[]} */
  #queue = [];
  #tries = 0;
  #last = 0;

  /** @param {string} base @param {string} kernel */
  constructor(base, kernel) {
    this.base = base;
    this.kernel = kernel;
    setConnection("connecting");
    this.socket = this.#open();
    setInterval(() => this.#check(), CHECK_EVERY);
  }

  async #check() {
    if (connectionState() === "live" && !(await this.#isAlive())) this.#gone();
  }

  #open() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${this.base}api/kernels/${this.kernel}/channels?session_id=${this.#session}`);
    socket.onopen = () => {
      this.#tries = 0;
      socket.send(this.#message("kernel_info_request", {}));
      for (const text of this.#queue.splice(0)) socket.send(text);
    };
    // Binary messages have buffers, which the explainer's widgets do not send on this page.
    socket.onmessage = ({ data }) => { if (typeof data === "string") this.#received(JSON.parse(data)); };
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
    if (header.msg_type === "kernel_info_reply") setConnection("live");
    if (header.msg_type === "status" && GONE.includes(content.execution_state)) this.#gone();
    if (header.msg_type !== "comm_msg" || content.data.method !== "custom") return;
    this.#channels.get(content.comm_id)?.receive(content.data.content);
  }

  async #lost() {
    setConnection("lost");
    this.#tries += 1;
    if (this.#tries > RETRIES || !(await this.#isAlive())) return;
    setTimeout(() => {
      setConnection("connecting");
      this.socket = this.#open();
    }, 500 * 2 ** this.#tries);
  }

  #gone() {
    this.#tries = RETRIES;
    this.socket.close();
    setConnection("lost");
    for (const channel of this.#channels.values()) channel.fail(NOT_CONNECTED);
  }

  async #isAlive() {
    try {
      const headers = { "X-XSRFToken": this.#token() }; // JupyterHub requires it even for GET
      return (await fetch(`${this.base}api/kernels/${this.kernel}`, { headers })).status !== 404;
    } catch {
      return true;
    }
  }

  /** @param {string} comm */
  channel(comm) {
    const known = this.#channels.get(comm) ?? new Channel((content) => this.#setConnection(comm, content), NO_ANSWER);
    this.#channels.set(comm, known);
    return known;
  }

  /** @param {string} comm @param {object} content */
  #setConnection(comm, content) {
    if (connectionState() === "lost") throw new Error(NOT_CONNECTED);
    this.#send(this.#message("comm_msg", { comm_id: comm, data: { method: "custom", content } }));
  }

  // The server accepts a request only with an XSRF token that is also in a cookie. Voilà's own front end gets the cookie from
  // JupyterLab's requests; this page makes none of those, so it sets the cookie itself if there is none.
  #token() {
    const known = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
    if (known) return known[1];
    const fresh = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    document.cookie = `_xsrf=${fresh}; path=${this.base}; SameSite=Strict`;
    return fresh;
  }

  /** Shuts the kernel down when the page is left. */
  leave() {
    const form = new FormData();
    form.append("_xsrf", this.#token());
    navigator.sendBeacon(`${this.base}voila/api/shutdown/${this.kernel}`, form);
  }
}
