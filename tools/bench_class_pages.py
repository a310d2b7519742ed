"""A class of 30 real pages, measured: `make bench-class-pages`. It is no test.

One Chromium has the teacher's page and all phones, each with cookies of its own, so that their work on this machine is
part of every time: 30 phones have 30 processors.
"""

import os
import sys
import time
from typing import Any

from bench_class import say
from find_browser import find_browser
from playwright.sync_api import Browser, Page, sync_playwright
from screenshot import Server, served

from prolo_dash.render.browser import FLAGS

PHONES = 30
LESSON, QUESTION = "lesson_small", "replay"
PATIENCE = 120_000  # ms
SHOWN = f'[data-question="{QUESTION}"] .class-reveal'
# When the answer with the guesses of the class is there, as the page sees it; all pages have one clock.
_NOTE_REVEAL = """(shown) => { const seen = () => {
  if (document.querySelector(shown)?.checkVisibility()) window.shownAt = Date.now(); else requestAnimationFrame(seen);
}; seen(); }"""


class Class:
    """A teacher's page, the phones, and what went wrong on any of them."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.troubles: list[str] = []
        self._browser = browser
        self.teacher = self._page(1280, 720)
        self.teacher.goto(f"{server.address}{LESSON}.html#teach={server.secret}")
        self.teacher.get_by_role("button", name="Start a class").click()
        said = self.teacher.get_by_alt_text("QR code of").get_attribute("alt") or ""
        self.join_link = said.removeprefix("QR code of ")
        self.phones: list[Page] = []

    def _page(self, width: int, height: int) -> Page:
        context = self._browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        page.on("requestfailed", lambda request: self.troubles.append(f"{request.url}: {request.failure}"))
        return page

    def join(self) -> None:
        """All phones open the link, one after the other, and the teacher's page counts them."""
        for _ in range(PHONES):
            phone = self._page(390, 844)
            phone.goto(self.join_link, wait_until="commit")
            self.phones.append(phone)
        self.teacher.locator(".class-code .phones", has_text=f"{PHONES} phones are here").wait_for()

    def turn_to_question(self) -> None:
        self.teacher.keyboard.press("PageDown")
        while not self.teacher.locator(f'.now[data-question="{QUESTION}"]').count():
            self.teacher.keyboard.press("PageDown")
            self.teacher.wait_for_timeout(200)
        for phone in self.phones:
            phone.locator(f'.now[data-question="{QUESTION}"]').wait_for()

    def guess(self) -> None:
        """Each phone types a number, one after the other."""
        for i, phone in enumerate(self.phones):
            phone.locator(f'[data-question="{QUESTION}"] [name="number"]').fill(str(10 * i))

    def wait_for_count(self) -> None:
        said = f"{PHONES} of {PHONES} have guessed"
        self.teacher.locator(f'[data-question="{QUESTION}"] .class-count', has_text=said).wait_for()

    def reveal(self) -> list[float]:
        """Seconds from the teacher's key until each phone shows the answer and the guesses of the class."""
        for phone in self.phones:
            phone.evaluate(_NOTE_REVEAL, SHOWN)
        start = time.time()
        self.teacher.keyboard.press("PageDown")
        return sorted(self._shown_at(phone) - start for phone in self.phones)

    def _shown_at(self, phone: Page) -> float:
        at: Any = phone.wait_for_function("() => window.shownAt").json_value()
        return float(at) / 1000


def main() -> None:
    """Measure and print."""
    with served(sys.stderr, options=("--class", "--address=127.0.0.1")) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        room = Class(browser, server)
        for what, act in (
            ("opened, and counted by the teacher's page", room.join),
            ("until the question is on all of them", room.turn_to_question),
            ("to type a guess on each, one after the other", room.guess),
            ("from the last guess until the teacher's page counts all", room.wait_for_count),
        ):
            start = time.perf_counter()
            act()
            say(f"{PHONES} pages: {what}", f"{time.perf_counter() - start:.1f} s", "")
        shown = room.reveal()
        say(f"{PHONES} pages: from the reveal until half of them show it", f"{shown[PHONES // 2]:.1f} s", "")
        say(f"{PHONES} pages: from the reveal until all of them show it", f"{shown[-1]:.1f} s", "")
        say(f"Errors on them (load {os.getloadavg()[0]:.0f}, {os.cpu_count()} cores)", str(len(room.troubles)), "")
        for trouble in room.troubles:
            print(f"  {trouble}")
        browser.close()


if __name__ == "__main__":
    main()
