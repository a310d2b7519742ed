"""Playing a page from its first screen to its last by Page Down, and what is wrong with a screen, in words."""

from dataclasses import dataclass, field
from typing import Any

SIZES = [(1280, 720), (1920, 1080)]

# What the eye and a ruler find. Words of charts count with the chart's enlargement, and within the part that is shown.
_FAULTS = """() => {
  const faults = [];
  const least = 24 * Math.min(innerWidth / 1280, innerHeight / 720) - 0.1;
  const now = document.querySelector(".now");
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const screens = new Set([...document.querySelectorAll("main :is(h1, h2, h3, .say, .ask, p, figure)")]
    .filter(seen).map((found) => found.closest(".now") ?? found));
  if (screens.size !== 1) faults.push(`${screens.size} screens are seen`);
  const bar = document.querySelector(".bar").getBoundingClientRect();
  if (now.scrollWidth > now.clientWidth + 1 || document.documentElement.scrollWidth > innerWidth)
    faults.push("too wide");
  if (now.scrollHeight > now.clientHeight + 1) faults.push(`${now.scrollHeight - now.clientHeight} px too high`);
  const judge = (said, size, box, [left, right, top, bottom], slack) => {
    if (size < least) faults.push(`${size.toFixed(1)} px: ${said}`);
    if (box.left < left - slack || box.right > right + slack || box.top < top - slack || box.bottom > bottom + slack)
      faults.push(`cut off: ${said} (${[box.left, box.right, box.top, box.bottom].map(Math.round)})`);
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const holder = words.currentNode.parentElement;
    const said = words.currentNode.data.trim().slice(0, 50);
    if (!said || holder.closest(".unseen, script, style, svg, .labels, option, noscript") || !seen(holder)) continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    const place = [0, innerWidth, ...(holder.closest(".bar") ? [bar.top, innerHeight] : [0, bar.top])];
    const box = (holder.closest(".controls") ?? range).getBoundingClientRect(); // settings scroll if they must
    judge(said, parseFloat(getComputedStyle(holder).fontSize), box, place, 1);
  }
  const figure = now.querySelector(":scope > figure");
  const rows = { whole: [], all: [] };
  for (const drawn of figure && seen(figure) ? figure.querySelectorAll("[data-role=chart], .axis-copy") : []) {
    const style = getComputedStyle(drawn);
    const zoom = Number(style.zoom);
    const edge = figure.getBoundingClientRect();
    const box = drawn.getBoundingClientRect();
    const [from, end] = drawn.style.clipPath.match(/\\(([\\d.]+)px.* - ([\\d.]+)px/).slice(1).map(Number);
    const top = box.top + from * zoom;
    const place = [edge.left, edge.right, Math.max(edge.top, top), Math.min(edge.bottom, box.top + end * zoom)];
    if (place[3] < box.top + end * zoom - 5) faults.push("the chart goes on below the screen");
    for (const text of drawn.querySelectorAll("svg text, .labels p")) {
      const letters = text.getBoundingClientRect();
      if (!letters.width || letters.bottom < place[2] + 4 || letters.top > place[3] - 4) continue;
      const pieces = [text, ...text.querySelectorAll("tspan, b, span")];
      const sizes = pieces.map((piece) => parseFloat(getComputedStyle(piece).fontSize));
      judge(`${text.textContent.slice(0, 50)} (in the chart)`, Math.min(...sizes) * zoom, letters, place, 4);
    }
    if (drawn.matches(".axis-copy")) continue;
    for (const [i, label] of [...drawn.querySelectorAll(".labels p, .annotation")].entries()) {
      const { top, bottom } = label.getBoundingClientRect();
      rows.all.push(String(i));
      if (top >= place[2] - 3 && bottom <= place[3] + 3) rows.whole.push(String(i));
    }
  }
  return { faults: [...new Set(faults)], rows };
}"""
_PLACE = """() => [new URLSearchParams(location.search).get("present"),
  ...["[data-revealed]", "template[data-answer]"].map((what) => document.querySelectorAll(what).length)].join(" ")"""
_STANDS = """async () => {
  const now = document.querySelector(".now");
  for (let i = 0; i < 300 && now.matches("section.view") && (!now.dataset.parts || now.dataset.ready !== "true"); i++)
    await new Promise(requestAnimationFrame);
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
}"""


@dataclass
class Played:
    """What was seen from the first screen to the last: the places, and what was wrong at each."""

    places: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    rows: dict[str, list[str]] = field(default_factory=dict)
    wanted: dict[str, list[str]] = field(default_factory=dict)

    def uneven(self) -> list[str]:
        """Rows of charts that were not seen whole in exactly one part."""
        return [
            f"{screen}: row {row} seen {self.rows[screen].count(row)} times"
            for screen, rows in self.wanted.items()
            for row in rows
            if self.rows[screen].count(row) != 1
        ]


def place(window: Any) -> str:
    """Screen, part and what is revealed, when the screen stands."""
    window.page.evaluate(_STANDS)
    said: str = window.page.evaluate(_PLACE)
    return said


def look(window: Any) -> dict[str, Any]:
    """What is wrong with the screen, and the rows of its chart: those that it has, those that are seen whole."""
    window.page.evaluate(_STANDS)
    return _seen(window)


def _seen(window: Any) -> dict[str, Any]:
    seen: dict[str, Any] = window.page.evaluate(_FAULTS)
    return seen


def play(window: Any, before_next: Any = lambda: None) -> Played:
    """Press Page Down until nothing changes; ``before_next`` is called on each screen."""
    played = Played()
    while (at := place(window)) not in played.places:
        seen = _seen(window)
        played.places.append(at)
        played.faults += [f"{at}: {fault}" for fault in seen["faults"]]
        if seen["rows"]["all"]:
            screen = at.split(".")[0]
            played.rows.setdefault(screen, []).extend(seen["rows"]["whole"])
            played.wanted[screen] = seen["rows"]["all"]
        before_next()
        window.page.keyboard.press("PageDown")
    return played


def turn_to_the_end(window: Any) -> None:
    """Press Page Down until nothing changes."""
    before = ""
    while (at := place(window)) != before:
        before = at
        window.page.keyboard.press("PageDown")


def bar(window: Any, name: str) -> Any:
    """A button of the bar at the foot of the screen."""
    return window.page.get_by_role("region", name="Presenting").get_by_role("button", name=name)


def presents(window: Any) -> bool:
    return window.page.locator("html.presenting").count() == 1


def black(window: Any) -> bool:
    return window.page.locator("html.black").count() == 1


def screen(window: Any) -> str:
    """The number of the screen and of its part."""
    return place(window).split()[0]
