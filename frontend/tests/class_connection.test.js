// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ClassConnection, waitBefore } from "../src/class_connection.js";

/** A socket whose other end is the test. */
class FakeSocket {
  static OPEN = 1;
  /** @type {FakeSocket[]} */
  static all = [];
  readyState = 0;
  /** @type {any[]} */
  sent = [];
  onopen = () => {};
  /** @type {(event: { data: string }) => void} */
  onmessage = () => {};
  /** @type {(event: { code: number }) => void} */
  onclose = () => {};

  /** @param {string} address */
  constructor(address) {
    this.address = address;
    FakeSocket.all.push(this);
  }

  opens() {
    this.readyState = 1;
    this.onopen();
  }

  /** @param {object} message */
  says(message) { this.onmessage({ data: JSON.stringify(message) }); }

  /** @param {number} code */
  closes(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }

  /** @param {string} text */
  send(text) { this.sent.push(JSON.parse(text)); }

  close() { this.readyState = 3; }
}

const state = (version = 1) => ({ version, page: "lesson", pace: "follow", paused: false, step: null, questions: {}, ended: false });
const heard = vi.fn();
const refused = vi.fn();
const lineChanged = vi.fn();
const ended = vi.fn();
const listener = { heard, refused, lineChanged, ended };
const asked = vi.fn();

/** @param {string} [secret] */
const connect = (secret) => new ClassConnection(new URL("http://class.test/class/BCDF/"), listener, secret);
const last = () => FakeSocket.all[FakeSocket.all.length - 1];
/** @param {number} status @param {object} [said] */
const answers = (status, said = {}) => asked.mockImplementation(async () => ({ ok: status < 400, status, json: async () => said }));

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("fetch", asked);
  asked.mockReset().mockRejectedValue(new Error("no network"));
  for (const one of Object.values(listener)) one.mockReset();
});
afterEach(() => {
  for (const socket of FakeSocket.all) socket.onclose({ code: 4410 }); // ends every connection
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a page opens a socket at its session and hands on the states", () => {
  connect();
  expect(last().address).toBe("ws://class.test/class/BCDF/live");
  last().opens();
  last().says(state());
  expect(heard).toHaveBeenCalledWith(state());
  expect(lineChanged.mock.calls).toEqual([["live"]]);
  expect(last().sent).toEqual([]);
});

test("the teacher's secret is the first message and no part of the address", () => {
  connect("word");
  last().opens();
  expect(last().sent).toEqual([{ secret: "word" }]);
  expect(last().address).not.toContain("word");
});

test("a state that was overtaken by a later one is dropped", () => {
  connect();
  last().opens();
  last().says(state(5));
  last().says(state(4));
  expect(heard).toHaveBeenCalledTimes(1);
});

test("a refusal is told and changes nothing", () => {
  connect();
  last().opens();
  last().says({ error: "Too many guesses." });
  expect(refused).toHaveBeenCalledWith("Too many guesses.");
  expect(heard).not.toHaveBeenCalled();
});

test("a lost socket is opened again, later each time it fails", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  connect();
  last().opens();
  last().closes();
  expect(lineChanged).toHaveBeenLastCalledWith("lost");
  await vi.advanceTimersByTimeAsync(499);
  expect(FakeSocket.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(FakeSocket.all).toHaveLength(2);
  last().closes();
  await vi.advanceTimersByTimeAsync(999);
  expect(FakeSocket.all).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(FakeSocket.all).toHaveLength(3);
  vi.mocked(Math.random).mockRestore();
});

test("tries of many phones are spread, and never further apart than 15 seconds", () => {
  const waits = Array.from({ length: 200 }, () => waitBefore(20));
  expect(Math.max(...waits)).toBeLessThanOrEqual(15000);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(5000);
  expect(new Set(waits).size).toBeGreaterThan(100);
});

test("a network that comes back, and a phone that wakes, look at once", () => {
  connect();
  last().opens();
  window.dispatchEvent(new Event("offline"));
  expect(lineChanged).toHaveBeenLastCalledWith("lost");
  window.dispatchEvent(new Event("online"));
  expect(FakeSocket.all).toHaveLength(2);
  last().opens();
  document.dispatchEvent(new Event("visibilitychange"));
  expect(FakeSocket.all).toHaveLength(3);
  FakeSocket.all[1].says(state(2));
  expect(heard, "the old socket holds until the new one has opened").toHaveBeenCalledTimes(1);
});

test("where sockets don't open, the state is fetched every two seconds and guesses are posted", async () => {
  answers(200, state());
  const line = connect("word");
  await vi.advanceTimersByTimeAsync(4000);
  expect(asked.mock.calls[0][0].href).toBe("http://class.test/class/BCDF/state");
  expect(asked.mock.calls[0][1].headers).toEqual({ "X-Class-Secret": "word" });
  expect(lineChanged.mock.calls).toEqual([["live"]]);
  await vi.advanceTimersByTimeAsync(4000);
  expect(asked).toHaveBeenCalledTimes(3);
  answers(200, { snapshot: state(7) });
  line.send({ guess: { question: "q", value: 4 } });
  await vi.advanceTimersByTimeAsync(0);
  const [address, { method, body }] = asked.mock.calls[3];
  expect([address.pathname, method, JSON.parse(body)]).toEqual(["/class/BCDF/guess", "POST", { question: "q", value: 4 }]);
  expect(heard).toHaveBeenLastCalledWith(state(7));
});

test("while it asks, it tries a socket again from time to time", async () => {
  answers(200, state());
  connect();
  last().closes();
  await vi.advanceTimersByTimeAsync(35000);
  expect(FakeSocket.all.length).toBeGreaterThan(1);
  last().opens();
  const before = asked.mock.calls.length;
  await vi.advanceTimersByTimeAsync(10000);
  expect(asked.mock.calls.length).toBe(before);
});

test("a session that has ended or is not known is told once, and nothing more is asked", async () => {
  for (const end of [() => last().closes(4410), () => { last().opens(); last().says({ ended: true }); }]) {
    ended.mockReset();
    connect();
    end();
    window.dispatchEvent(new Event("online"));
    expect(ended).toHaveBeenCalledTimes(1);
  }
  answers(410);
  ended.mockReset();
  connect();
  last().closes();
  await vi.advanceTimersByTimeAsync(60000);
  expect(ended).toHaveBeenCalledTimes(1);
  expect(asked).toHaveBeenCalledTimes(1);
});

test.each([4403, 4429])("a browser that gets no socket (%i) asks instead", async (code) => {
  answers(200, state());
  connect();
  last().opens();
  last().closes(code);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(lineChanged.mock.calls).toEqual([["live"]]);
});

test.each([["a socket", () => last().closes(4403)], ["asking", () => { answers(403); last().closes(); last().closes(); }]])("a secret that counts no more leads no class (%s)", async (_, refuse) => {
  connect("word");
  if (_ === "a socket") last().opens();
  refuse();
  await vi.advanceTimersByTimeAsync(0);
  expect(ended.mock.calls).toEqual([["This class is led from another page now."]]);
});

test("the teacher's page leaves out what its browser hears as a pupil", () => {
  connect("word");
  last().opens();
  last().says({ ...state(), role: "pupil" });
  expect(heard).not.toHaveBeenCalled();
  last().says({ ...state(), role: "teacher" });
  expect(heard).toHaveBeenCalledTimes(1);
});
