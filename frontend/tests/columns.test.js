import { expect, test } from "vitest";
import { alike, columnPlaces } from "../src/columns.js";

test("names stand over their places on the axis, each with the room to its neighbours", () => {
  const names = [["worse"], ["no clear", "difference"], ["better"]];
  expect(columnPlaces([-1, 0, 1], names, [-1.5, 2.5], 8, 320)).toEqual([
    { name: ["worse"], left: 48, room: 80 },
    { name: ["no clear", "difference"], left: 128, room: 80 },
    { name: ["better"], left: 208, room: 80 },
  ]);
});

test("a single name has the whole plot", () => {
  expect(columnPlaces([5], [["only"]], [0, 10], 300, 400)).toEqual([{ name: ["only"], left: 500, room: 400 }]);
});

test("panels share the names of the first one down to the first that differs", () => {
  const columns = { at: [0], wide: [["a"]], narrow: [["a"]] };
  const other = { ...columns, wide: [["b"]] };
  expect(alike([{ columns }, { columns: { ...columns } }, { columns: other }, { columns }])).toHaveLength(2);
  expect(alike([{ columns }, { columns }])).toHaveLength(2);
  expect(alike([{}, { columns }])).toEqual([]);
  expect(alike([])).toEqual([]);
});
