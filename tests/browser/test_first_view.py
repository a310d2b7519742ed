"""What a reader sees before touching anything."""

from dataclasses import replace

from playwright.sync_api import expect

from prolo_dash.chapters.registry import CHAPTER_VIEWS, CHAPTERS
from prolo_dash.evidence.library import library
from prolo_dash.render.deferred import MAX_ROWS

ON_REQUEST = "certainty_pooling"  # nothing is pooled until a reader asks for it


def test_every_view_opens_with_its_question_sentence_chart_and_table(shared):
    for key, view in CHAPTER_VIEWS.items():
        shared.must_show(key)
        assert shared.shown(key).rows or key == ON_REQUEST
        expect(
            shared.view(key).get_by_role("heading", name=view.worded(library().topic).question, exact=True)
        ).to_be_visible()
        if shared.shown(key).marks:
            expect(shared.part(key, "chart").locator("svg").first).to_be_visible()
    assert all(shared.shown(key).marks for key in ("claim", "gain", "caveat"))


def test_every_mark_of_a_chart_has_its_row_in_the_table(shared):
    for key in CHAPTER_VIEWS:
        shown = shared.shown(key)
        assert set(shown.marks) <= {row for row, _ in shown.rows}


def test_the_words_are_in_the_page_before_any_script_runs(open_page, shared):
    unscripted = open_page(scripts=False)
    assert unscripted.page.locator("html").get_attribute("data-kernel") == "off"
    for key in CHAPTER_VIEWS:
        whole, begun = shared.shown(key), unscripted.shown(key)
        assert begun == replace(whole, marks=[], rows=whole.rows[: len(begun.rows)])
        assert len(begun.rows) == len(whole.rows) or len(begun.rows) == MAX_ROWS
        expect(unscripted.part(key, "sentence")).to_be_visible()


def test_the_page_says_its_language_title_and_what_it_is_about(shared):
    assert shared.page.locator("html").get_attribute("lang") == "en"
    assert shared.page.title()
    for name in ('meta[name="description"]', 'meta[property="og:title"]', 'meta[property="og:description"]'):
        assert shared.page.locator(name).get_attribute("content")
    expect(shared.page.get_by_role("heading", level=1)).to_have_count(1)
    expect(shared.page.get_by_role("main")).to_have_count(1)


def test_the_navigation_leads_to_each_chapter_and_marks_it(shared):
    links = shared.page.get_by_role("navigation").get_by_role("link")
    assert links.all_inner_texts() == [chapter.name for chapter in CHAPTERS]
    for chapter, link in zip(CHAPTERS, links.all(), strict=True):
        link.click()
        expect(shared.page.get_by_role("heading", level=2, name=chapter.name)).to_be_in_viewport()
        expect(shared.page.locator("nav [aria-current]")).to_have_text(chapter.name)


def test_no_chart_offers_to_send_data_anywhere(shared):
    for chart in shared.page.locator("[data-role=chart]:has(svg)").all():
        assert "cloud" not in chart.inner_html().lower()
        assert chart.locator("a:not(.trial), button, .modebar-btn").count() == 0
        assert chart.evaluate("(chart) => chart._context.showSendToCloud") is False
