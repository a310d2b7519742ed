"""Charts as small PNG images for places without scripts: a browser draws each with its key above it."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager

from find_browser import find_browser
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from prolo_dash.kit.plotly import still
from prolo_dash.kit.view import Rendering
from prolo_dash.render.browser import FLAGS
from prolo_dash.render.html import template
from prolo_dash.render.page import STATIC

WIDTH = 720  # pixels: as wide as a cell's output is on most screens
_COLOURS = 64  # in the palette: enough for the charts' colours and antialiasing
_HEAD = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><style>{style}
body {{ margin: 0 }} #picture {{ width: {width}px; padding: 4px 0 }}</style>
<body class="page"><div id="picture" class="prolo"><div class="key"></div><div class="chart"></div></div>"""
_DRAW = """async ([key, figure, width]) => {
  document.querySelector(".key").innerHTML = key;
  const font = { ...figure.layout.font, family: getComputedStyle(document.body).fontFamily };
  const layout = { ...figure.layout, width, font };
  await Plotly.newPlot(document.querySelector(".chart"), figure.data, layout, { staticPlot: true });
}"""


class Painter:
    """Makes pictures in one browser window."""

    def __init__(self, window: Page) -> None:
        self._window = window
        window.set_content(_HEAD.format(style=(STATIC / "prolo.css").read_text(encoding="utf-8"), width=WIDTH))
        window.add_script_tag(path=STATIC / "plotly.min.js")

    def picture(self, rendering: Rendering) -> bytes:
        """The chart of a rendering with its key."""
        key = str(template().module.key(rendering, ()))  # type: ignore[attr-defined]
        figure = json.loads(json.dumps(still(rendering.chart)))
        self._window.evaluate(_DRAW, [key, figure, WIDTH])
        return _small(self._window.locator("#picture").screenshot(animations="disabled"))


def _small(png: bytes) -> bytes:
    """The same picture with a palette: a third of the bytes."""
    packed = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(
        packed, "PNG", optimize=True
    )
    return packed.getvalue()


def painter_in(browser: Browser) -> Painter:
    """A painter with a window of its own in a browser."""
    return Painter(browser.new_page(viewport={"width": WIDTH, "height": 900}, color_scheme="light"))


@contextmanager
def painter() -> Iterator[Painter]:
    """A painter, for as long as its browser runs; BrowserNotFoundError where there is none."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        yield painter_in(browser)
        browser.close()
