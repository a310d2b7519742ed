"""The name of a trial opens the view of that trial over the page; keys, history, address and paper follow."""

import re

import pytest
from playwright.sync_api import expect

from .test_accessibility import objections

PANEL = "dialog.trial-panel"
TOPOL = 'a.trial[href="?trial.study=topol2011#trial"]'
OPENED = re.compile(r"\?trial\.study=topol2011#trial$")


@pytest.fixture
def panel(window):
    return window.page.locator(PANEL)


def open_from_table(window):
    window.unfold()
    name = window.part("gain", "table").locator(TOPOL).first
    name.focus()
    name.press("Enter")
    expect(window.page.locator(PANEL)).to_be_visible()
    return name


def test_a_name_in_a_table_opens_the_trial_and_escape_leads_back_to_it(window, panel):
    window.unfold()
    folded = window.view("trial").get_attribute("data-folded")
    name = open_from_table(window)
    expect(panel.get_by_role("heading", level=2)).to_have_text("Topol 2011")
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    window.must_show("trial", study="topol2011")
    expect(panel.get_by_text("Girls 9-15 and boys 10-17")).to_be_visible()
    expect(panel.locator("tbody tr").first).to_be_visible()
    expect(window.page).to_have_url(OPENED)
    window.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(name).to_be_focused()
    assert "trial.study" not in window.page.url
    assert panel.locator("section").count() == 0
    assert window.view("trial").get_attribute("data-folded") == folded


def test_a_name_in_a_chart_opens_it_too(window, panel):
    window.view("gain").locator(f".labels {TOPOL}").first.click()
    expect(panel.get_by_role("heading", level=2)).to_have_text("Topol 2011")
    window.must_show("trial", study="topol2011")


def test_a_mark_of_the_answer_opens_it_too(window, panel):
    window.view("answer").locator(f".cell {TOPOL}").first.click()
    expect(panel.get_by_role("heading", level=2)).to_have_text("Topol 2011")


def test_the_back_button_closes_it_and_the_forward_button_opens_it_again(window, panel):
    open_from_table(window)
    window.page.go_back()
    expect(panel).to_be_hidden()
    window.page.go_forward()
    expect(panel).to_be_visible()
    window.must_show("trial", study="topol2011")


def test_another_trial_can_be_chosen_in_it(window, panel):
    open_from_table(window)
    panel.locator("select").select_option("rabago2013_le")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Rabago 2013 (elbow)")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    assert "trial.study" not in window.page.url


def test_its_address_opens_the_view_in_its_place(open_page):
    window = open_page("?trial.study=rabago2013#trial")
    window.must_show("trial", study="rabago2013")
    assert window.view("trial").get_attribute("data-folded") == "false"
    expect(window.view("trial").locator("h3")).to_be_in_viewport()
    expect(window.page.locator(PANEL)).to_be_hidden()


def test_it_says_where_else_on_the_page_the_name_stands_and_leads_there(window, panel):
    open_from_table(window)
    question = window.view("gain").locator("h3").inner_text()
    panel.get_by_role("link", name=question, exact=True).click()
    expect(panel).to_be_hidden()
    expect(window.view("gain").locator("h3")).to_be_in_viewport()


def test_it_prints_the_view_alone(window, panel):
    open_from_table(window)
    window.page.evaluate("() => { window.print = () => {}; }")
    panel.get_by_role("button", name="Print this", exact=True).click()
    window.page.emulate_media(media="print")
    expect(window.view("trial").locator("h3")).to_be_visible()
    expect(window.view("trial").locator("tbody tr").first).to_be_visible()
    expect(window.view("gain")).to_be_hidden()
    window.must_show("trial", study="topol2011")


def test_a_word_of_the_glossary_opens_in_it_and_escape_closes_the_word_first(window, panel):
    open_from_table(window)
    panel.locator("a.term").first.focus()
    meaning = window.page.get_by_role("tooltip")
    expect(meaning).to_be_visible()
    window.page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    expect(panel).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_to_object_to_in_it(open_page, width):
    window = open_page(width=width)
    open_from_table(window)
    assert objections(window, context=PANEL) == ""


def test_a_lesson_leads_to_the_explainer(open_page):
    window = open_page("lesson_small.html")
    window.unfold()
    name = window.page.locator("a.trial[href]:visible").first
    name.focus()
    name.press("Enter")
    expect(window.page).to_have_url(re.compile(r"index\.html\?trial\.study=\w+#trial$"))


def test_the_view_on_the_page_keeps_the_trial_that_the_reader_chose(window, panel):
    window.open_views()
    window.part("trial", "controls").locator("select").select_option("sit2020")
    window.must_show("trial", study="sit2020")
    open_from_table(window)
    window.must_show("trial", study="topol2011")
    window.page.keyboard.press("Escape")
    window.must_show("trial", study="sit2020")
    assert "trial.study=sit2020" in window.page.url


def test_a_link_that_leads_out_of_it_leaves_the_view_as_the_reader_had_it(window, panel):
    window.open_views()
    window.part("trial", "controls").locator("select").select_option("sit2020")
    window.must_show("trial", study="sit2020")
    open_from_table(window)
    window.must_show("trial", study="topol2011")
    panel.locator('a[href="#caveat"]').last.click()
    expect(panel).to_be_hidden()
    window.must_show("trial", study="sit2020")
    assert "trial.study=sit2020" in window.page.url


def test_the_keyboard_leads_along_the_marks_of_a_row_and_opens_a_trial(window, panel):
    marks = window.view("answer").locator("tr", has=window.page.locator(".cell a.trial:nth-of-type(2)")).first
    first, second = (marks.locator(".cell a.trial").nth(at) for at in (0, 1))
    first.focus()
    window.page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    assert marks.locator('.cell a.trial[tabindex="0"]').count() == 1
    window.page.keyboard.press("End")
    expect(marks.locator(".cell a.trial").last).to_be_focused()
    window.page.keyboard.press("ArrowRight")
    expect(marks.locator(".cell a.trial").last).to_be_focused()
    window.page.keyboard.press("Tab")
    assert window.page.evaluate("!document.activeElement.closest('.cell')"), "a row is one stop"
    window.page.keyboard.press("Shift+Tab")
    expect(marks.locator(".cell a.trial").last).to_be_focused()
    window.page.keyboard.press("Home")
    name = first.get_attribute("aria-label").partition(",")[0]
    window.page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", level=2)).to_contain_text(name.partition(" (")[0])
