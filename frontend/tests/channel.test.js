// @vitest-environment jsdom

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RefusedError } from "../src/errors.js";
import { Channel } from "../src/hosts/channel.js";

const SENTENCE = "Nobody has answered.";
/** @type {any[]} */
let sent;
/** @type {Channel} */
let channel;

beforeEach(() => {
  sent = [];
  channel = new Channel((message) => sent.push(message), SENTENCE);
});
afterEach(() => { vi.useRealTimers(); });

/** A display that notes which states it is told. */
function display() {
  const section = document.createElement("section");
  /** @type {string[]} */
  const told = [];
  const stop = channel.watch(section, ({ state }) => told.push(state));
  return { section, told, stop };
}

test("each display gets the answer to its own question", async () => {
  const [one, other] = [display(), display()];
  const answers = [channel.ask({ params: { show: "a" } }, one.section), channel.ask({ params: { show: "b" } }, other.section)];
  expect(sent[0].ask).not.toBe(sent[1].ask);
  channel.receive({ ask: sent[1].ask, state: "show=b" });
  channel.receive({ ask: sent[0].ask, state: "show=a" });
  expect((await Promise.all(answers)).map(({ state }) => state)).toEqual(["show=a", "show=b"]);
});

test("questions of two widgets have different numbers", () => {
  const other = new Channel((message) => sent.push(message), SENTENCE);
  channel.ask({}).catch(() => {});
  other.ask({}).catch(() => {});
  expect(sent[0].ask).not.toBe(sent[1].ask);
});

test("an answer is told to the displays that did not ask for it", async () => {
  const [one, other] = [display(), display()];
  const answer = channel.ask({}, one.section);
  channel.receive({ ask: sent[0].ask, state: "show=a" });
  await answer;
  expect([one.told, other.told]).toEqual([[], ["show=a"]]);
});

test("a change from Python is told to all displays, and to none that was let go of", () => {
  const [one, other] = [display(), display()];
  other.stop();
  channel.receive({ show: { state: "show=a" } });
  expect([one.told, other.told]).toEqual([["show=a"], []]);
});

test("what another page has asked for is told too", () => {
  const one = display();
  channel.receive({ ask: "another page’s", state: "show=a" });
  expect(one.told).toEqual(["show=a"]);
});

test("a message that holds no state is told to nobody", () => {
  const one = display();
  channel.receive({ ask: "another page’s", found: [], problems: [] });
  channel.receive({ ask: "another page’s", error: "no" });
  expect(one.told).toEqual([]);
});

test("a refusal is told to who asked", async () => {
  const answer = channel.ask({});
  channel.receive({ ask: sent[0].ask, error: "Not on offer." });
  await expect(answer).rejects.toEqual(new RefusedError("Not on offer."));
});

test("a file comes with its bytes", async () => {
  const answer = channel.ask({ file: "lean-qr.js" });
  const bytes = new DataView(new ArrayBuffer(3));
  channel.receive({ ask: sent[0].ask, file: "lean-qr.js" }, [bytes]);
  expect((await answer).buffers).toEqual([bytes]);
});

test("after 15 seconds without an answer there is a sentence, and a late answer is shown all the same", async () => {
  vi.useFakeTimers();
  const one = display();
  const answer = channel.ask({}, one.section);
  answer.catch(() => {});
  await vi.advanceTimersByTimeAsync(14_999);
  expect(await Promise.race([answer.catch(() => "failed"), "open"])).toBe("open");
  await vi.advanceTimersByTimeAsync(1);
  await expect(answer).rejects.toThrow(SENTENCE);
  channel.receive({ ask: sent[0].ask, state: "show=a" });
  expect(one.told).toEqual(["show=a"]);
});

test("when the kernel is gone all open questions end", async () => {
  const answers = [channel.ask({}), channel.ask({})];
  channel.fail("It is gone.");
  for (const answer of answers) await expect(answer).rejects.toThrow("It is gone.");
});
