"""The trials that the page counts: only some kinds, or all but those that a reader leaves out."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from prolo_dash.evidence.library import library
from prolo_dash.render.html import answer_to

from .conftest import PATIENCE

BACK = "conditions=low_back_pain"
STUDY, NAME = "dechow1999", "Dechow 1999"


def bar(window):
    return window.page.locator('[data-role="page-controls"]')


def address(window):
    return parse_qs(urlsplit(window.page.url).query)


def must_say(window, key, text):
    """A view has the sentence for the chosen trials first, and the one for all beside it."""
    sentence, every = window.part(key, "sentence"), window.part(key, "all_trials")
    expect(sentence).to_contain_text(text, timeout=PATIENCE)
    expect(every).to_contain_text("All trials:")


def must_say_all(window, key):
    expect(window.part(key, "all_trials")).to_be_empty(timeout=PATIENCE)


def test_one_kind_of_trials_is_chosen_for_the_page_and_back_undoes_it(open_page):
    window = open_page(f"?{BACK}")
    before = window.part("answer", "sentence").inner_text()
    bar(window).get_by_label("Trials").select_option("blinded")
    for key in ("answer", "gain"):
        must_say(window, key, "Only trials where people could not tell:")
    assert address(window)["trials"] == ["blinded"]
    expect(window.part("answer", "all_trials")).to_contain_text(f"All trials: {before}")
    window.page.go_back()
    for key in ("answer", "gain"):
        must_say_all(window, key)
    assert "trials" not in address(window)


def test_a_trial_is_left_out_from_its_panel_and_counted_again_from_the_bar(open_page):
    window = open_page(f"?{BACK}")
    dialog = window.page.get_by_role("dialog")
    window.part("answer", "plot").get_by_role("link", name=NAME, exact=True).first.click()
    dialog.get_by_role("button", name="Leave this trial out").click()
    expect(dialog.get_by_role("button", name="Count this trial again")).to_be_visible()
    window.page.keyboard.press("Escape")
    must_say(window, "answer", f"Without {NAME}:")
    assert address(window)["without"] == [STUDY]
    expect(bar(window)).to_contain_text(f"Left out: {NAME}")
    bar(window).get_by_role("button", name="Count them again").click()
    must_say_all(window, "answer")
    expect(bar(window).locator(".not-counted")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
def test_an_address_with_trials_opens_the_page_with_them(open_page, width):
    window = open_page(f"?{BACK}&trials=controlled&without={STUDY}", width=width, height=844)
    must_say(window, "answer", f"Only trials with a control injection, without {NAME}:")
    link = window.part("gain", "link").get_attribute("href")
    assert parse_qs(link.split("#")[0].removeprefix("?"))["without"] == [STUDY]


def test_the_old_address_of_one_view_leads_to_the_same_trials(open_page):
    window = open_page(f"?{BACK}&answer.trials=blinded")
    must_say(window, "answer", "Only trials where people could not tell:")


def test_what_the_page_says_is_what_the_server_answers(open_page):
    window = open_page(f"?{BACK}&trials=blinded")
    must_say(window, "answer", "Only trials")
    request = {"view": "answer", "params": {"conditions": "low_back_pain"}, "page": {"trials": "blinded"}}
    said = answer_to(library(), request)["fragments"]["table"]
    assert window.part("answer", "table").locator("tr[data-row]").count() == said.count("data-row")


def test_without_a_server_the_page_says_that_the_choice_has_to_wait(open_page):
    window = open_page(f"?{BACK}")
    window.forgiven = "Failed to load resource"
    window.context.set_offline(True)
    bar(window).get_by_label("Trials").select_option("controlled")
    expect(window.part("answer", "notice")).to_contain_text("tried again by itself", timeout=PATIENCE)
    must_say_all(window, "answer")
    window.context.set_offline(False)
    must_say(window, "answer", "Only trials with a control injection:")


def test_a_link_that_names_no_known_kind_of_trials_leaves_the_menu_at_all(open_page):
    window = open_page(f"?{BACK}&trials=golden")
    expect(bar(window).get_by_label("Trials")).to_have_value("all")
