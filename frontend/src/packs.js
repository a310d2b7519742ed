// Prepared states: every state of a view in one small file (see prepared.py). With it, a control needs nobody's answer.

const opened = new Map(); // view -> the pack once it is there
const opening = new Map(); // view -> the promise of it

async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const pack = await new Response(stream).json();
  return { ...pack, index: summed(pack.index), columns: pack.columns.map(summed) };
}

function summed(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

// Where the packs are: in the page itself (one file), or at an address of their own.
async function bytesOf(view) {
  const inside = document.getElementById(`states-${view}`);
  if (inside) return Uint8Array.from(atob(inside.textContent), (letter) => letter.charCodeAt(0));
  const addresses = JSON.parse(document.getElementById("states").textContent);
  if (!addresses[view]) throw new Error(`no states of ${view}`);
  const answer = await fetch(addresses[view]);
  if (answer.status !== 200) throw new Error(String(answer.status));
  return answer.arrayBuffer();
}

// Fetches a view's pack once; a failure is forgotten, so that the next call tries again.
export function openPack(view) {
  if (!opening.has(view)) {
    const promise = bytesOf(view).then(unpacked).then((pack) => { opened.set(view, pack); return pack; });
    promise.catch(() => opening.delete(view));
    opening.set(view, promise);
  }
  return opening.get(view);
}

export const packOf = (view) => opened.get(view);

const sorted = (value) => value.split(".").sort().join(".");

// The state that is shown for some parameters, and whether all of them were understood.
export function prepared(pack, view, params) {
  const declared = new Set(pack.controls.map(([name]) => name));
  let complete = Object.keys(params).every((name) => declared.has(name));
  let place = 0;
  for (const [name, values, usual] of pack.controls) {
    const wanted = params[name] ?? usual;
    let at = values.indexOf(wanted);
    if (at < 0) at = values.findIndex((value) => sorted(value) === sorted(wanted));
    complete &&= at >= 0;
    place = place * values.length + (at < 0 ? values.indexOf(usual) : at);
  }
  return { complete, answer: answerOf(pack, view, pack.index[place]) };
}

function answerOf(pack, view, number) {
  const pieces = pack.columns.map((column) => pack.lists[column[number]].map((at) => pack.texts[at]));
  const fragments = pieces.slice(1, -1).map((lines, i) => [pack.fragments[i], lines.join("\n")]);
  return {
    view,
    state: pieces[0].join("&"),
    fragments: Object.fromEntries(fragments),
    figure: JSON.parse(pieces.at(-1).join("")),
    unavailable: pack.unavailable[number],
    problems: [],
    notice: "",
  };
}
