// @vitest-environment jsdom
import { expect, test } from "vitest";
import { fillTemplates } from "../src/class_parts.js";
import { barSaid, guessSaid } from "../src/class_words.js";

/** @type {import("../src/class_connection.js").Snapshot} */
const snapshot = {
  role: "pupil", version: 1, page: "lesson", pace: "follow", paused: false, questions: {}, ended: false,
  step: { screen: "prose-1", at: 3, of: 9, settings: {} },
};
const fine = { isLost: false, keeps: false, hasEnded: false };

test("the bar says where the class is", () => {
  expect(barSaid(snapshot, fine)).toBe("You are in the class. 3 of 9.");
  expect(barSaid({ ...snapshot, step: null }, fine)).toBe("You are in the class. It begins soon.");
  expect(barSaid({ ...snapshot, pace: "free" }, fine)).toBe("You are in the class. Read at your own pace.");
  expect(barSaid({ ...snapshot, paused: true }, fine)).toBe("You are in the class. The teacher has paused.");
  expect(barSaid(null, fine)).toBe("You are in the class.");
});

test("the bar says that the connection is lost, and that a guess is kept if one waits", () => {
  expect(barSaid(snapshot, { ...fine, isLost: true })).toBe("You are in the class. 3 of 9. No connection.");
  expect(barSaid(snapshot, { ...fine, isLost: true, keeps: true })).toBe("You are in the class. 3 of 9. No connection: your guess is kept.");
});

test("the bar says that the class has ended", () => {
  expect(barSaid(snapshot, { ...fine, hasEnded: true })).toBe("The class has ended. You can read on.");
});

const how = { waits: false, isLost: false, isChoice: false, words: String };

test("a question says that the guess is in, and that it can be changed", () => {
  expect(guessSaid({ status: "open", round: 1, mine: [40, null] }, how)).toBe("Your guess is in: 40. You can change it until the answer is shown.");
  expect(guessSaid({ status: "open", round: 1, mine: [40, null] }, { ...how, isPaused: true })).toBe("Your guess is in: 40.");
  expect(guessSaid({ status: "open", round: 1, mine: [null, null] }, how)).toBe("Move or tap the slider, or type a number.");
  expect(guessSaid({ status: "open", round: 1, mine: [null, null] }, { ...how, isPaused: true })).toBe("");
  expect(guessSaid({ status: "open", round: 1, mine: [null, null] }, { ...how, isChoice: true })).toBe("");
  expect(guessSaid({ status: "open", round: 1, mine: [0, null] }, how)).toContain("Your guess is in: 0.");
});

test("a guess that could not be sent is told, and not that it is in", () => {
  expect(guessSaid({ status: "open", round: 1, mine: [40, null] }, { ...how, waits: true, isLost: true })).toMatch(/^Not sent yet/);
  expect(guessSaid({ status: "open", round: 1, mine: [40, null] }, { ...how, waits: true })).toBe("");
});

test("where guessing is closed, that is told with the own guess", () => {
  expect(guessSaid({ status: "closed", round: 1, mine: [40, null] }, how)).toBe("No more guesses now. Yours is in: 40.");
  expect(guessSaid({ status: "closed", round: 1, mine: [null, null] }, how)).toBe("No more guesses now.");
  expect(guessSaid({ status: "revealed", round: 1, mine: [40, null] }, how)).toBe("");
});

test("after talking the first guess is named until there is a second one", () => {
  expect(guessSaid({ status: "open", round: 2, mine: [40, null] }, how)).toBe("Guess again after talking. Before, you said 40.");
  expect(guessSaid({ status: "open", round: 2, mine: [null, null] }, how)).toBe("Guess again after talking.");
  expect(guessSaid({ status: "open", round: 2, mine: [40, 50] }, how)).toContain("Your guess is in: 50.");
});

test("of a choice its letter is told", () => {
  const chosen = { ...how, isChoice: true, words: (/** @type {number} */ i) => "ABC"[i] };
  expect(guessSaid({ status: "open", round: 1, mine: [1, null] }, chosen)).toBe("Your choice is in: B. You can change it until the answer is shown.");
  expect(guessSaid({ status: "open", round: 2, mine: [2, null] }, chosen)).toBe("Choose again after talking. Before, you said C.");
});

test("what a reveal unlocks fills templates wherever they are, and no others", () => {
  document.body.innerHTML = '<template data-part="1"></template><div><template data-part="2"></template></div><template data-part="9"></template>';
  fillTemplates(document, { 1: '<p>one</p><template data-part="3"></template>', 2: "two", 3: "three" });
  const [one, two, nine] = [...document.querySelectorAll("template")];
  expect(one.content.querySelector("p")?.textContent).toBe("one");
  expect(one.content.querySelector("template")?.innerHTML).toBe("three");
  expect([two.innerHTML, nine.innerHTML]).toEqual(["two", ""]);
});
