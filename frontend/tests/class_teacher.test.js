// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import { joinAddress, phonesSaid } from "../src/class_code.js";
import { classSaid, questionSaid } from "../src/class_desk.js";
import { arranged, roundPicture } from "../src/class_picture.js";
import { roundsOf } from "../src/class_reveal.js";
import { openSession, runningClasses, runningSession, teacherSecret } from "../src/class_session.js";

beforeEach(() => sessionStorage.clear());

test("the secret is taken from the address and leaves it", () => {
  history.replaceState(null, "", "/lesson.html?present=2.1#teach=abc-DEF_1");
  expect(teacherSecret()).toBe("abc-DEF_1");
  expect(location.hash).toBe("");
  expect(location.search).toBe("?present=2.1");
  expect(teacherSecret()).toBe("abc-DEF_1");
});

test("any other anchor is left alone and is no secret", () => {
  history.replaceState(null, "", "/lesson.html#gain");
  expect(teacherSecret()).toBeNull();
  expect(location.hash).toBe("#gain");
});

test("a session that is refused says why in one sentence", async () => {
  vi.stubGlobal("fetch", async () => ({ ok: false, json: async () => ({ error: "There are enough classes." }) }));
  await expect(openSession("word", { page: "lesson" })).rejects.toThrow("There are enough classes.");
  vi.stubGlobal("fetch", async () => ({ ok: false, json: async () => { throw new Error("no JSON"); } }));
  await expect(openSession("word", { page: "lesson" })).rejects.toThrow("open the link for the teacher");
  vi.stubGlobal("fetch", async () => { throw new TypeError("network"); });
  await expect(openSession("word", { page: "lesson" })).rejects.toThrow("can’t be reached");
  vi.unstubAllGlobals();
});

test("phones are counted in words, and the address is one to read out", () => {
  expect([0, 1, 23].map(phonesSaid)).toEqual(["No phone is here yet", "1 phone is here", "23 phones are here"]);
  expect(joinAddress("http://192.0.2.7:8866/class/join/BCDF")).toBe("192.0.2.7:8866/class/join");
  expect(joinAddress("https://school.example/join/BCDF")).toBe("https://school.example/join");
});

test("the desk says how the class is doing", () => {
  const snapshot = /** @type {any} */ ({ connected: 28, devices: 30, pace: "follow", paused: false });
  expect(classSaid(snapshot, "BCDF")).toBe("Class BCDF. 28 of 30 phones connected. They follow.");
  expect(classSaid({ ...snapshot, pace: "free" }, "BCDF")).toContain("own pace");
  expect(classSaid({ ...snapshot, paused: true }, "BCDF")).toContain("Paused");
  expect(questionSaid({ status: "open", round: 1, guessed: [23, 0] }, 30)).toBe("23 of 30 have guessed. They can guess.");
  expect(questionSaid({ status: "closed", round: 2, guessed: [23, 9] }, 30)).toBe("23 of 30 have guessed before talking, 9 of 30 have guessed after. They can’t guess now.");
});

test("a second round counts once somebody has guessed in it, and hands belong to the last one", () => {
  const first = [{ value: 4, count: 2 }];
  expect(roundsOf([first, []], [1, 0])).toEqual([{ values: [4, 4], tally: [1, 0] }]);
  expect(roundsOf([first, [{ value: 9, count: 1 }]], [0, 3])).toEqual([{ values: [4, 4], tally: [] }, { values: [9], tally: [0, 3] }]);
});

/** @type {import("../src/class_picture.js").Scale} */
const SCALE = { low: 0, high: 100, bins: [[0, 49], [50, 100]] };
const LOOK = { width: 800, size: 20, family: "sans-serif", colours: { ink: "#000", soft: "#555", guess: "#888", answer: "#b00", paper: "#fff" } };

test("guesses of a class are dots, one for each; many at one place and hands are bars", () => {
  const dots = (/** @type {import("../src/class_guesses.js").Round} */ round) => roundPicture(round, SCALE, 57, LOOK).picture.querySelectorAll("circle[stroke='#fff']").length;
  const thirty = Array.from({ length: 30 }, (_, i) => i * 3);
  expect(dots({ values: thirty, tally: [] })).toBe(30);
  expect(arranged({ values: Array(40).fill(50), tally: [] }, SCALE, LOOK).areDots).toBe(false);
  expect(arranged({ values: [10, 60], tally: [3, 1] }, SCALE, LOOK)).toEqual({ areDots: false, columns: [{ low: 0, high: 49, count: 4 }, { low: 50, high: 100, count: 2 }] });
  expect(dots({ values: [10, 60], tally: [3, 1] })).toBe(0);
});

test("the picture names the answer and the median with its gap, each inside its width", () => {
  const { picture, width } = roundPicture({ values: [40, 40, 99], tally: [] }, SCALE, 57, LOOK);
  const words = [...picture.querySelectorAll("text")].map(({ textContent }) => textContent);
  expect(words).toEqual(["0", "100", "answer 57", "median 40: off by 17"]);
  for (const mark of picture.querySelectorAll("circle")) {
    const [at, radius] = [Number(mark.getAttribute("cx")), Number(mark.getAttribute("r"))];
    expect(at - radius).toBeGreaterThanOrEqual(0);
    expect(at + radius).toBeLessThanOrEqual(width);
  }
});

test("a browser that keeps nothing has no class, and the page goes on", () => {
  vi.stubGlobal("sessionStorage", { get getItem() { throw new DOMException("denied", "SecurityError"); } });
  expect(teacherSecret()).toBeNull();
  expect(runningSession()).toBeNull();
  vi.unstubAllGlobals();
});

test("classes that run are asked for with the secret in the body, and none is offered to who has it not", async () => {
  const classes = [{ code: "BCDF", page: "lesson", connected: 23 }];
  const asked = vi.fn(async () => ({ ok: true, json: async () => ({ classes }) }));
  vi.stubGlobal("fetch", asked);
  expect(await runningClasses("word")).toEqual(classes);
  expect(asked).toHaveBeenCalledWith("class/running", expect.objectContaining({ method: "POST", body: '{"secret":"word"}' }));
  for (const answer of [async () => ({ ok: false }), async () => { throw new TypeError("network"); }]) {
    vi.stubGlobal("fetch", answer);
    expect(await runningClasses("wrong")).toEqual([]);
  }
  vi.unstubAllGlobals();
});
