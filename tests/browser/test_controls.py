"""A control changes sentence, table and chart together, to exactly what Python renders for that state."""

import csv
import io
import re
from itertools import cycle, islice
from urllib.parse import quote

import pandas
import pytest
from playwright.sync_api import expect

from prolo_dash.chapters.registry import CHAPTER_VIEWS
from prolo_dash.evidence.library import library
from prolo_dash.jupyter.routes import NONSENSE
from prolo_dash.kit.controls import Choice

WITH_CONDITIONS = ("gain", "caveat", "caveat_share")


def options(view, name):
    return [option.value for option in CHAPTER_VIEWS[view].controls(library())[name].options]


def default(view, name):
    return getattr(CHAPTER_VIEWS[view].default_state(library()), name)


@pytest.mark.parametrize("view", WITH_CONDITIONS)
def test_each_condition_can_be_left_out_alone_and_with_all_others(shared, view):
    every = options(view, "conditions")
    for left_out in every:
        shared.input(view, "conditions", left_out).click()
        shared.must_show(view, conditions=".".join(c for c in every if c != left_out))
        shared.input(view, "conditions", left_out).click()
        shared.must_show(view)
    for i, condition in enumerate(every):
        shared.input(view, "conditions", condition).click()
        shared.must_show(view, conditions=".".join(every[i + 1 :]) or "none")
    for i, condition in enumerate(every):
        shared.input(view, "conditions", condition).click()
        shared.must_show(view, conditions=".".join(every[: i + 1]))


@pytest.mark.parametrize("view", WITH_CONDITIONS)
def test_each_option_shows_what_it_names(shared, rendering, view):
    choices = [name for name, control in CHAPTER_VIEWS[view].controls(library()).items() if isinstance(control, Choice)]
    for name in choices:
        barred = {value for control, value in rendering(view).unavailable if control == name}
        first, *others = [value for value in options(view, name) if value not in barred]
        for value in (*others, first):
            shared.input(view, name, value).click()
            shared.must_show(view, **{name: value})
        shared.input(view, name, default(view, name)).click()
        shared.must_show(view)


def test_only_scales_that_a_result_has_can_be_chosen(shared, rendering):
    chosen = default("gain", "scale")
    for outcome in ("pain", "function", "better"):
        shared.input("gain", "outcome", outcome).click()
        shared.must_show("gain", outcome=outcome, scale=chosen)
        barred = {value for _, value in rendering("gain", outcome=outcome).unavailable}
        assert barred
        for scale in options("gain", "scale"):
            assert shared.input("gain", "scale", scale).is_disabled() == (scale in barred)
            if scale not in barred:
                shared.input("gain", "scale", scale).click()
                shared.must_show("gain", outcome=outcome, scale=scale)
                chosen = scale


def test_another_trial_can_be_read(shared):
    menu = shared.input("caveat_trial", "trial")
    for trial in (*options("caveat_trial", "trial")[::5], default("caveat_trial", "trial")):
        menu.select_option(trial)
        shared.must_show("caveat_trial", trial=trial)


def test_the_supposition_moves_by_keyboard_and_by_number(shared):
    slider = shared.input("caveat_trial", "suppose")
    number = shared.view("caveat_trial").locator("input[type=number]")
    start, step = default("caveat_trial", "suppose"), int(slider.get_attribute("step"))
    slider.focus()
    for key, value in (("ArrowRight", start + step), ("ArrowLeft", start), ("Home", 0), ("End", 100)):
        slider.press(key)
        shared.must_show("caveat_trial", suppose=str(value))
        expect(number).to_have_value(str(value))
    number.fill(str(start))
    shared.must_show("caveat_trial")
    expect(slider).to_have_value(str(start))


def test_a_number_typed_slowly_is_not_written_over(shared):
    number = shared.view("caveat_trial").locator("input[type=number]")
    for key in ("Control+a", "Delete", "1", "0"):
        number.press(key)
    shared.must_show("caveat_trial", suppose="10")
    number.press("0")
    shared.must_show("caveat_trial", suppose="100")
    for key in ("Control+a", "5", "2", "Enter"):
        number.press(key)
    shared.must_show("caveat_trial", suppose="50")
    expect(number).to_have_value("50")


def test_another_claim_can_be_followed_back(shared, rendering):
    claims = CHAPTER_VIEWS["claim"].controls(library())["claim"].options
    other = next(option for option in reversed(claims) if rendering("claim", claim=option.value).table.rows)
    card = shared.input("claim", "claim", other.value)
    expect(card).to_be_hidden()
    for fold in card.locator("xpath=ancestor::details").all():
        fold.locator("> summary").click()
    card.check()
    shared.must_show("claim", claim=other.value)
    expect(card).to_be_visible()
    boxes = shared.part("claim", "chain").locator("h4")
    assert boxes.all_inner_texts() == [box.title for box in rendering("claim", claim=other.value).chain]
    text = shared.part("claim", "chain").inner_text()
    for box in rendering("claim", claim=other.value).chain:
        assert box.strong in text


def test_of_thirty_quick_changes_the_last_one_wins(window):
    every = options("gain", "conditions")
    window.view("gain").evaluate(
        """async (section) => {
          const boxes = [...document.querySelectorAll("[data-role=page-controls] input[name=conditions]")];
          for (let i = 0; i < 29; i += 1) {
            boxes[i % boxes.length].click();
            if (i > 14) await new Promise((resolve) => setTimeout(resolve, 30));
          }
          section.querySelector("[name=show][value=difference]").click();
        }"""
    )
    clicks = [list(islice(cycle(every), 29)).count(condition) for condition in every]
    left = [condition for condition, n in zip(every, clicks, strict=True) if n % 2 == 0]
    window.must_show("gain", conditions=".".join(left), show="difference")
    for condition in every:
        assert window.input("gain", "conditions", condition).is_checked() == (condition in left)


_TWICE = """async (section) => {
  for (const value of ["none", "own"]) {
    section.querySelector(`[name=truth][value=${value}]`).click();
    await new Promise((resolve) => setTimeout(resolve, 60));  // the first is drawn, and may still move
  }
}"""
# Resolves when every bar has been where it is for ten frames.
_AT_REST = """(chart) => new Promise((done) => {
  const at = () => JSON.stringify([...chart.querySelectorAll(".point path")].map((bar) => bar.getBoundingClientRect()));
  const look = (before, frames) => {
    if (frames === 10) done();
    else requestAnimationFrame(() => { const now = at(); look(now, now === before ? frames + 1 : 0); });
  };
  look("", 0);
})"""
_INSIDE = """(chart) => {
  const [low, high] = chart._fullLayout.xaxis.range;
  return chart.data.every(({ x, width }) => x.every((at, i) => at - width[i] / 2 >= low && at + width[i] / 2 <= high));
}"""


def test_after_two_quick_changes_every_bar_of_the_repeats_is_inside_the_chart(window):
    window.must_have_states()
    window.view("certainty_replay").evaluate(_TWICE)
    window.must_show("certainty_replay", truth="own")
    chart = window.part("certainty_replay", "chart")
    chart.evaluate(_AT_REST)
    assert chart.evaluate(_INSIDE)


def test_the_downloaded_table_has_what_is_shown_folded_away_or_not(window, rendering):
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
    table = rendering("gain", show="groups").table
    rows = [
        [*(cell.text for cell in row.cells), "; ".join(c.note for c in row.cells if c.note), "; ".join(row.flags)]
        for row in table.rows
    ]
    for unfolded in (False, True):
        if unfolded:
            window.unfold()
        with window.page.expect_download() as download:
            window.part("gain", "download").click()
        content = download.value.path().read_bytes()
        head, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        assert head[: len(table.columns)] == list(table.columns)
        assert [line[:-1] for line in lines] == [[written(text) for text in row] for row in rows]
        link = window.part("gain", "link").evaluate("(link) => link.href")
        assert all(link in line[-1] for line in lines)
        read = pandas.read_csv(io.BytesIO(content))  # as it comes: no line to skip, no encoding to name
        assert list(read.columns) == head
        assert len(read) == len(rows)


def written(text):
    """A text as the table has it for programs: no spreadsheet runs it."""
    text = " ".join(text.replace("−", "-").split())
    return f"'{text}" if text.startswith(("-", "+")) and not re.fullmatch(r"[+-][\d.]+%?", text) else text


def test_a_link_brings_no_formula_into_the_table_that_is_saved(open_page):
    name = "−2+3+cmd|' /C calc'!A0"
    window = open_page(f"?own_trial.prolo_name={quote(name)}#own_trial")
    expect(window.input("own_trial", "prolo_name")).to_have_value(name)
    expect(window.part("own_trial", "table").locator("tbody")).to_contain_text("cmd|")
    with window.page.expect_download() as download:
        window.part("own_trial", "download").click()
    cells = [cell for line in csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))) for cell in line]
    assert any("cmd|" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "−", "@")) and "cmd" in cell] == []


def test_a_setting_that_fails_gets_a_sentence_and_the_controls_go_back(window):
    window.forgiven = "Failed to load resource"
    section = window.view("caveat").element_handle()
    before = window.shown("caveat")
    pack = section.get_attribute("data-pack")
    section.evaluate("({ dataset }) => { Object.assign(dataset, { view: 'no_such_view', pack: '' }); }")
    section.query_selector("[name=outcome][value=pain]").click()
    notice = section.query_selector("[data-role=notice]")
    window.page.wait_for_function("(notice) => notice.textContent !== ''", arg=notice)
    assert notice.inner_text() == NONSENSE
    assert section.query_selector("[name=outcome][value=better]").is_checked()
    section.evaluate("({ dataset }, pack) => { Object.assign(dataset, { view: 'caveat', pack }); }", pack)
    assert window.shown("caveat") == before
    window.input("caveat", "outcome", "pain").click()
    window.must_show("caveat", outcome="pain")
    expect(window.part("caveat", "notice")).to_be_empty()


def test_repeats_rise_for_readers_who_like_motion_and_stand_still_for_the_others(window):
    moves = "() => getComputedStyle(document.querySelector('.rise .bars .point path')).animationName"
    for motion, name in (("no-preference", "rise"), ("reduce", "none")):
        window.page.emulate_media(reduced_motion=motion)
        window.input("certainty_replay", "truth", "own").click()
        window.must_show("certainty_replay", truth="own")
        window.page.wait_for_selector("[data-view=certainty_replay] .rise")
        assert window.page.evaluate(moves) == name
        window.input("certainty_replay", "truth", "half").click()
        window.must_show("certainty_replay")
