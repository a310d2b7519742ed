"""Your own trial: typed in, loaded from a file, and whatever a reader may put there."""

import re
from urllib.parse import unquote

from playwright.sync_api import expect

from prolo_dash.evidence.own_csv import COLUMNS
from prolo_dash.evidence.own_csv import SAMPLE as UNWORDED
from prolo_dash.evidence.own_table import MOST_CHARACTERS

SAMPLE = UNWORDED.format(intervention="prolotherapy")

VIEW = "own_trial"
HEAD = ",".join(COLUMNS)


def load(window, text, name="trials.csv"):
    payload = text if isinstance(text, bytes) else text.encode()
    window.part(VIEW, "file").set_input_files([{"name": name, "mimeType": "text/csv", "buffer": payload}])


def problems(window):
    return window.part(VIEW, "file-problems").locator("li")


def test_numbers_that_are_typed_change_sentence_table_and_chart(window):
    window.input(VIEW, "prolo_better").fill("20")
    window.must_show(VIEW, prolo_better="20")
    window.input(VIEW, "control_of").press("End")
    window.input(VIEW, "control_of").press("0")
    window.must_show(VIEW, prolo_better="20", control_of="220")
    expect(window.input(VIEW, "control_of")).to_have_value("220")


def test_every_way_to_look_at_a_trial_is_there_for_counts_and_for_scores(window):
    for kind in ("counts", "scores"):
        window.input(VIEW, "kind", kind).click()
        window.must_show(VIEW, kind=kind)
        for show in ("replay", "fragility", "split"):
            window.input(VIEW, "show", show).click()
            window.must_show(VIEW, kind=kind, show=show)
            assert window.input(VIEW, "truth", "half").locator("xpath=ancestor::fieldset").is_visible() == (
                show == "replay"
            )
        for name, visible in (("prolo_better", kind == "counts"), ("prolo_mean", kind == "scores")):
            assert window.input(VIEW, name).is_visible() == visible
    window.input(VIEW, "groups", "two").click()
    window.must_show(VIEW, kind="scores", groups="two")
    expect(window.input(VIEW, "none_name")).to_be_hidden()


def test_a_field_that_cannot_be_read_says_what_belongs_there_and_nothing_is_lost(window):
    window.input(VIEW, "prolo_better").fill("lots")
    field = window.input(VIEW, "prolo_better")
    expect(field).to_have_attribute("aria-invalid", "true")
    told = window.view(VIEW).locator("[data-problem=prolo_better]")
    expect(told).to_have_text(re.compile("write a whole number .* not “lots”"))
    assert field.get_attribute("aria-describedby") == told.get_attribute("id")
    expect(field).to_have_value("lots")
    expect(window.input(VIEW, "control_better")).to_have_value("5")
    window.page.reload()
    window.wait_ready()
    expect(window.input(VIEW, "prolo_better")).to_have_value("lots")
    window.input(VIEW, "prolo_better").fill("10")
    window.must_show(VIEW, prolo_better="10")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(told).to_be_empty()


def test_a_name_is_text_and_never_markup(window):
    name = "<img src=x onerror=alert(1)><b>**x**</b>"
    window.input(VIEW, "name").fill(name)
    window.must_show(VIEW, name=name)
    assert window.view(VIEW).locator("img").count() == 0
    drawn = window.part(VIEW, "chart").locator(".labels p").all_text_contents()
    assert any("<img src=x" in text for text in drawn)
    assert "<img src=x" in window.part(VIEW, "sentence").inner_text()


def test_the_sample_can_be_downloaded_and_loaded_back(window):
    link = window.view(VIEW).get_by_role("link", name="Download a sample")
    address = link.get_attribute("href")
    assert unquote(address.partition(",")[2]) == SAMPLE
    load(window, SAMPLE)
    expect(window.input(VIEW, "name")).to_have_value("Sample with counts")
    expect(problems(window)).to_have_count(0)
    window.part(VIEW, "found").select_option(label="Sample with scores: pain score, 26 weeks")
    expect(window.input(VIEW, "name")).to_have_value("Sample with scores")
    expect(window.input(VIEW, "kind", "scores")).to_be_checked()
    expect(window.input(VIEW, "better_is", "lower")).to_be_checked()
    assert "lower is better): 14.5 points gained" in window.part(VIEW, "sentence").inner_text()
    window.page.reload()
    window.wait_ready()
    expect(window.input(VIEW, "name")).to_have_value("Sample with scores")


def test_problems_of_a_file_are_told_by_row_and_the_good_rows_are_kept(window):
    load(
        window,
        f"{HEAD}\nA,x,,prolotherapy,,9,10,,,,\nA,x,,control,,4,10,,,,\nA,x,,none,,many,10,,,,\nB,,,spoon,,1,2,,,,",
    )
    expect(problems(window)).to_have_count(2)
    said = problems(window).all_inner_texts()
    assert any(line.startswith("Row 4, column better: ") for line in said)
    assert any(line.startswith("Row 5, column group: ") for line in said)
    expect(window.input(VIEW, "name")).to_have_value("A")
    expect(window.input(VIEW, "groups", "two")).to_be_checked()


_NO_USE = (
    (b"", "The file is empty."),
    (b"\x89PNG\r\n\x1a\n\x00\x00" + bytes(500_000), "The file is not a CSV file but a picture."),
    (f"{HEAD}\n".encode(), "The file has a row of column names, but no row below it."),
    (b"c" + b",c" * 47_999, "Row 1: there are 48,000 columns; at most 50 can be read."),
    (b"x" * (5 * MOST_CHARACTERS), "The file is too large"),
)


def test_a_file_that_is_no_use_leaves_everything_as_it_was(window):
    window.input(VIEW, "name").fill("Kept")
    window.must_show(VIEW, name="Kept")
    for content, said in _NO_USE:
        load(window, content)
        expect(problems(window).first).to_contain_text(said)
        expect(problems(window).last).to_contain_text("No trial was loaded")
    window.must_show(VIEW, name="Kept")
    expect(window.input(VIEW, "name")).to_have_value("Kept")


def test_what_figures_mean_is_asked_and_told(window):
    window.input(VIEW, "unit").select_option("knee")
    window.must_show(VIEW, unit="knee")
    expect(window.input(VIEW, "better_is", "lower")).to_be_hidden()
    asked = {"unit": "knee", "kind": "scores", "groups": "two", "prolo_mean": "-30", "control_mean": "-15"}
    for name in ("kind", "groups"):
        window.input(VIEW, name, asked[name]).click()
    for name in ("prolo_mean", "control_mean"):
        window.input(VIEW, name).fill(asked[name])
    window.must_show(VIEW, **asked)
    expect(window.part(VIEW, "listed")).to_contain_text("All changes are negative.")
    window.input(VIEW, "better_is", "lower").click()
    window.must_show(VIEW, **asked, better_is="lower")
    expect(window.part(VIEW, "listed")).to_be_empty()
    window.input(VIEW, "scores_are", "final").click()
    window.must_show(VIEW, **asked, better_is="lower", scores_are="final")
    window.page.reload()
    window.wait_ready()
    window.must_show(VIEW, **asked, better_is="lower", scores_are="final")
    expect(window.input(VIEW, "unit")).to_have_value("knee")


def test_an_old_link_shows_what_it_showed(window):
    window.go(f"?{VIEW}.kind=scores&{VIEW}.prolo_spread=2&{VIEW}.control_spread=3")
    window.wait_ready()
    window.must_show(
        VIEW, kind="scores", spread_is="se", prolo_sd_or_se="2", control_sd_or_se="3", none_sd_or_se="3.33"
    )
    expect(window.input(VIEW, "spread_is", "se")).to_be_checked()
    expect(window.input(VIEW, "prolo_sd_or_se")).to_have_value("2")


def test_typing_leaves_one_step_to_go_back_not_one_a_letter(window):
    field = window.input(VIEW, "name")
    for text in ("M", "Mi", "Mine"):
        field.fill(text)
        window.must_show(VIEW, name=text)
    window.page.go_back()
    window.must_show(VIEW)
    expect(field).to_have_value("Example trial")
