"""What axe does not see: what is announced and read out, what the pointer and the keyboard find, in one window."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import ON_SCREEN
from .test_accessibility import contrast

# What the line has said, in order.
_HEAR = """() => {
  const line = document.getElementById("prolo-said");
  window.heard = [];
  new MutationObserver(() => { if (line.textContent) window.heard.push(line.textContent); })
    .observe(line, { childList: true });
}"""
_LIVE = """() => [...document.querySelectorAll(
  "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], output")].map((live) => live.id)"""


@pytest.fixture(scope="module")
def window(opening):
    with opening() as opened:
        window = opened()
        window.wait_whole()
        window.page.evaluate(_HEAR)
        yield window


def heard(window):
    """What is said next, and nothing more for as long as the line may wait."""
    window.page.wait_for_function("() => window.heard.length")
    return " | ".join(window.page.evaluate("() => window.heard.splice(0)"))


def test_there_is_one_live_line_and_it_is_always_rendered(window):
    assert window.page.evaluate(_LIVE) == ["prolo-said"]
    assert window.page.locator("#prolo-said").evaluate("(line) => line.checkVisibility() && !line.textContent")


def test_ten_steps_of_a_slider_are_one_short_sentence(window):
    slider = window.input("caveat_trial", "suppose")
    slider.focus()
    for _ in range(9):
        window.page.keyboard.press("ArrowRight")
    window.page.keyboard.press("ArrowLeft")
    window.must_show("caveat_trial", suppose="90")
    said = heard(window)
    assert said == "Suppose 90% of that would have come anyway: then 60.0 would have come anyway and 6.7 would be left."
    assert slider.get_attribute("aria-valuetext") == "90 %"


def test_a_number_between_two_steps_says_where_it_went_and_a_result_does_not_silence_it(window):
    number = window.view("caveat_trial").get_by_role("spinbutton")
    number.fill("37")
    number.press("Tab")
    said = heard(window)
    assert said.startswith("Set to 35: 0 to 100 can be chosen, in steps of 5. Suppose 35% ")
    told = window.page.locator(f"[id='{number.get_attribute('aria-describedby')}']")
    assert told.inner_text() == "Set to 35: 0 to 100 can be chosen, in steps of 5."


def test_a_second_problem_of_the_own_trial_is_told_too(window):
    for name, word in (("prolo_better", "lots"), ("control_better", "many")):
        window.input("own_trial", name).fill(word)
        said = heard(window)
        assert f"“{word}”" in said
        assert said == window.view("own_trial").locator(f"[data-problem={name}]").inner_text()


# The marks of a chart, of which the first can be pointed at.
_MARK = "[data-view=certainty] [data-role=chart] path.point"
_LABEL = "[data-view=certainty] .hovertext"


def test_a_label_under_the_pointer_can_be_read_rested_on_and_put_away(window):
    mark = window.page.locator(_MARK).first
    mark.scroll_into_view_if_needed()
    label = window.page.locator(_LABEL)
    mark.hover(force=True)
    expect(label).to_have_count(1)
    fills = [label.locator(part).first.evaluate("(drawn) => getComputedStyle(drawn).fill") for part in ("text", "path")]
    ink, ground = ([int(number) for number in re.findall(r"\d+", fill)[:3]] for fill in fills)
    assert contrast(ink, ground) >= 4.5
    box = label.bounding_box()
    window.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=9)
    window.page.evaluate(ON_SCREEN)
    expect(label).to_have_count(1)
    window.page.keyboard.press("Escape")
    expect(label).to_have_count(0)


# Words of the browser's own accessibility tree.
def tree(window):
    session = window.context.new_cdp_session(window.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [(node.get("role", {}).get("value"), node.get("name", {}).get("value", "")) for node in nodes]


def test_signs_and_repeated_names_of_columns_are_not_read_out_and_equal_links_say_which(window):
    window.page.set_viewport_size({"width": 390, "height": 900})
    window.unfold()
    nodes = tree(window)
    assert {name for role, name in nodes if role in ("checkbox", "StaticText")} & {"✓", "+"} == set()
    columns = {f"{column}: " for column in window.view("gain").locator("thead th").all_text_contents()}
    assert columns
    assert {name for _, name in nodes} & columns == set()
    assert [name for role, name in nodes if role == "form" and name] == [], "a region of the same name is enough"
    window.page.set_viewport_size({"width": 1280, "height": 900})
    for section in window.page.locator("section[data-view]").all():
        question = section.get_by_role("heading", level=3)
        for summary in section.locator(".more > details > summary").all():
            expect(summary).to_have_accessible_description(question.inner_text().replace("\n", " "))


def test_the_skip_link_leads_behind_title_and_chapters(window):
    window.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    window.page.locator("a.skip").focus()
    window.page.keyboard.press("Enter")
    window.page.keyboard.press("Tab")
    assert window.page.evaluate("() => document.activeElement.closest('[data-view]')?.dataset.view") == "answer"


_UNDER_HEAD = """() => {
  const at = document.activeElement;
  const head = at.closest("tbody")?.parentElement.querySelector("thead th").getBoundingClientRect();
  return head && at.getBoundingClientRect().top < head.bottom - 1 ? at.textContent : "";
}"""


def test_a_link_that_has_the_focus_is_not_under_the_head_of_its_table(window):
    links = window.part("sources", "table").locator("tbody a")
    links.nth(60).focus()
    hidden = []
    for _ in range(60):
        window.page.keyboard.press("Shift+Tab")
        hidden.append(window.page.evaluate(_UNDER_HEAD))
    assert [text for text in hidden if text] == []


def test_with_forced_colours_the_focus_does_not_look_like_a_choice(window):
    window.page.emulate_media(forced_colors="active")
    look = """(input) => { const { outlineStyle, backgroundColor } = getComputedStyle(input.closest("label"));
      return [outlineStyle, backgroundColor]; }"""
    chosen, other = window.input("gain", "show", "gain"), window.input("gain", "outcome", "pain")
    assert chosen.evaluate(look)[0] == "none"
    assert chosen.evaluate(look)[1] != other.evaluate(look)[1]
    current = window.page.locator("nav a").evaluate_all(
        "(links) => new Set(links.map((link) => getComputedStyle(link).borderBottomColor)).size"
    )
    assert current == 2
    window.page.emulate_media(forced_colors="none")


def test_a_lost_connection_is_told_and_that_it_is_back(window):
    window.forgiven = "ERR_INTERNET_DISCONNECTED"
    window.context.set_offline(True)
    assert heard(window) == window.page.locator(".connection").inner_text().strip()
    window.context.set_offline(False)
    assert heard(window) == "The live part is there again."
