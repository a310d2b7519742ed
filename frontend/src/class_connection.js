// The line between a page and its class session: a socket that comes back by itself, or asking every two seconds where
// sockets are blocked. The server sends the whole state each time, so nothing is missed while the line is down.

/** @typedef {{ screen: string, at: number, of: number, settings: Record<string, import("./types.js").Params> }} Step */
/** @typedef {{ value: number, count: number }[]} Spread  What was guessed, and by how many devices. */
/** @typedef {"open" | "closed" | "revealed"} Status */

/**
 * The state of one question. `mine` is for a pupil, `guessed` (how many, by round) for the teacher; `guesses` come with the reveal.
 * @typedef {object} Question
 * @property {Status} status
 * @property {1 | 2} round
 * @property {(number | null)[]} [mine]
 * @property {number[]} [guessed]
 * @property {Spread[]} [guesses]
 */

/**
 * The state of a session for a pupil or for the teacher.
 * @typedef {object} Snapshot
 * @property {"pupil" | "teacher"} role
 * @property {number} version
 * @property {string} page
 * @property {"follow" | "free"} pace
 * @property {boolean} paused
 * @property {Step | null} step
 * @property {Record<string, Question>} questions
 * @property {boolean} ended
 * @property {number} [devices]
 * @property {number} [connected]
 */

/** @typedef {"connecting" | "live" | "lost"} Line */

/** @typedef {{ guess: { question: string, value: number | null } }} Guess  null withdraws it. */
/** @typedef {{ do: string, [name: string]: unknown }} Deed  What the teacher does. */

/**
 * What is told: a state, a refusal in one sentence, how the line is, and why it is over.
 * @typedef {object} Listener
 * @property {(snapshot: Snapshot) => void} heard
 * @property {(sentence: string) => void} refused
 * @property {(line: Line) => void} lineChanged
 * @property {(why: string) => void} ended
 */

const OPENS_WITHIN = 4000; // milliseconds
const POLL_EVERY = 2000;
const SOCKET_AGAIN = 30000; // while polling
const SHORTEST_WAIT = 500;
const LONGEST_WAIT = 10000;
const ANSWERS_WITHIN = 8000;
const GONE = 410;
const CLOSED_AS_GONE = 4410;
const WRONG_SECRET = 4403;
const FORBIDDEN = 403;
const HAS_ENDED = "The class has ended.";
const LED_ELSEWHERE = "This class is led from another page now.";
const REFUSED = [4403, 4429]; // a browser without cookies, or with too many tabs, may still ask

/** Milliseconds before a further try, longer each time and never the same for a whole class. @param {number} tries */
export const waitBefore = (tries) => Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** tries) * (0.5 + Math.random());

export class ClassConnection {
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {WebSocket | null} the one that is to replace it */
  #opening = null;
  #timer = 0;
  #tries = 0;
  #polledSince = 0; // when sockets were found not to open; 0 while they do
  #version = -1;
  #over = new AbortController();
  /** @type {Line} */
  #line = "connecting";

  /**
   * @param {URL} address of the session, with a slash at its end
   * @param {Listener} listener
   * @param {string} [secret] of the session, for the teacher
   */
  constructor(address, listener, secret = "") {
    this.address = address;
    this.listener = listener;
    this.secret = secret;
    const { signal } = this.#over;
    window.addEventListener("online", () => this.#open(), { signal });
    window.addEventListener("offline", () => this.#drop(), { signal });
    // After a sleep the socket may be dead without telling.
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.#open(); }, { signal });
    this.#open();
  }

  get line() { return this.#line; }

  get #hasSocket() { return this.#socket !== null && this.#socket.readyState === WebSocket.OPEN; }

  get #isOver() { return this.#over.signal.aborted; }

  /**
   * Sends a guess or what the teacher does. What is lost on the way is for the caller to see in the next state.
   * @param {Guess | Deed} message
   */
  send(message) {
    if (this.#isOver) return;
    if (this.#hasSocket) this.#socket?.send(JSON.stringify(message));
    else if (this.#polledSince) this.#post(message);
  }

  /** Fetches a file of the session. @param {string} path @param {RequestInit} [options] */
  fetch(path, options = {}) {
    const late = new AbortController(); // AbortSignal.timeout is too new for some phones
    setTimeout(() => late.abort(), ANSWERS_WITHIN);
    const headers = { ...options.headers, ...(this.secret && { "X-Class-Secret": this.secret }) };
    return fetch(new URL(path, this.address), { ...options, headers, cache: "no-store", signal: late.signal });
  }

  /** Opens a socket; the one before is used until it has opened. */
  #open() {
    this.#stopOpening();
    clearTimeout(this.#timer);
    const { protocol, href } = new URL("live", this.address);
    const socket = new WebSocket(href.replace(protocol, protocol === "https:" ? "wss:" : "ws:"));
    this.#opening = socket;
    const late = setTimeout(() => { if (this.#opening === socket) this.#notOpened(); }, OPENS_WITHIN);
    socket.onopen = () => {
      clearTimeout(late);
      this.#opening = null;
      this.#socket?.close();
      this.#socket = socket;
      this.#tries = 0;
      this.#polledSince = 0;
      clearTimeout(this.#timer);
      if (this.secret) socket.send(JSON.stringify({ secret: this.secret }));
    };
    socket.onmessage = ({ data }) => { if (socket === this.#socket) this.#receive(JSON.parse(data)); };
    socket.onclose = ({ code }) => {
      clearTimeout(late);
      if (code === CLOSED_AS_GONE) this.#end();
      else if (code === WRONG_SECRET && this.secret) this.#end(LED_ELSEWHERE);
      else if (socket !== this.#opening && socket !== this.#socket) return;
      else if (REFUSED.includes(code)) this.#askInstead();
      else if (socket === this.#opening) this.#notOpened();
      else this.#drop();
    };
  }

  #stopOpening() {
    const socket = this.#opening;
    this.#opening = null;
    socket?.close();
  }

  #drop() {
    if (this.#isOver) return;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#setLine("lost");
    this.#again();
  }

  #again() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#open(), waitBefore(this.#tries));
    this.#tries += 1;
  }

  /** No socket opened: if the server answers all the same, sockets are blocked. */
  #notOpened() {
    this.#stopOpening();
    if (!this.#isOver && !this.#hasSocket) this.#askInstead();
  }

  #askInstead() {
    this.#socket = null;
    this.#polledSince = Date.now();
    this.#poll();
  }

  async #poll() {
    clearTimeout(this.#timer);
    const answer = await this.fetch("state").catch(() => null);
    if (this.#isOver || this.#socket) return;
    if (answer?.status === GONE) this.#end();
    else if (answer?.status === FORBIDDEN && this.secret) this.#end(LED_ELSEWHERE);
    else if (!answer?.ok) {
      this.#polledSince = 0;
      this.#setLine("lost");
      this.#again();
    } else {
      this.#receive(await answer.json());
      const wantsSocket = Date.now() - this.#polledSince > SOCKET_AGAIN;
      this.#timer = window.setTimeout(() => (wantsSocket ? this.#open() : this.#poll()), POLL_EVERY);
    }
  }

  /** @param {Guess | Deed} message */
  async #post(message) {
    const [path, body] = "guess" in message ? ["guess", message.guess] : ["teach", message];
    const options = { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    const answer = await this.fetch(path, options).catch(() => null);
    const said = await answer?.json().catch(() => null);
    if (answer?.status === GONE) this.#end();
    else if (said) this.#receive(said.snapshot ?? said);
    else this.#setLine("lost");
  }

  /** @param {Snapshot & { error?: string }} said */
  #receive(said) {
    if (this.#isOver) return;
    if (said.ended) {
      this.#end();
      return;
    }
    if (this.secret && said.role === "pupil") return; // this browser has joined the class, too
    this.#setLine("live");
    if (said.error) this.listener.refused(said.error);
    else if (said.version >= this.#version) { // an answer may be overtaken by a later one
      this.#version = said.version;
      this.listener.heard(said);
    }
  }

  #end(why = HAS_ENDED) {
    if (this.#isOver) return;
    this.#over.abort();
    clearTimeout(this.#timer);
    this.#stopOpening();
    this.#socket?.close();
    this.listener.ended(why);
  }

  /** @param {Line} line */
  #setLine(line) {
    if (line === this.#line) return;
    this.#line = line;
    this.listener.lineChanged(line);
  }
}
