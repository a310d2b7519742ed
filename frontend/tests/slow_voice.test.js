// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as announcing from "../src/announce.js";
import { SlowVoice } from "../src/slow_voice.js";

const announce = vi.spyOn(announcing, "announce").mockImplementation(() => {});
const said = () => announce.mock.calls.map(([sentence]) => sentence);

beforeEach(() => {
  vi.useFakeTimers();
  announce.mockClear();
});
afterEach(() => { vi.useRealTimers(); });

test("the first count is read out at once, then only the latest every five seconds", () => {
  const voice = new SlowVoice();
  voice.say("1 of 30");
  vi.advanceTimersByTime(0);
  expect(said()).toEqual(["1 of 30"]);
  for (let n = 2; n < 12; n += 1) {
    voice.say(`${n} of 30`);
    vi.advanceTimersByTime(400);
  }
  expect(said()).toEqual(["1 of 30"]);
  vi.advanceTimersByTime(1000);
  expect(said()).toEqual(["1 of 30", "11 of 30"]);
});

test("the same count is not read out again", () => {
  const voice = new SlowVoice();
  voice.say("1 of 30");
  vi.advanceTimersByTime(20000);
  voice.say("1 of 30");
  vi.advanceTimersByTime(20000);
  expect(said()).toEqual(["1 of 30"]);
});
