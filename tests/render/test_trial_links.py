"""Names of trials are links: once where they stand, never inside another link, and only for one trial."""

import re
from html import unescape
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.evidence.records import Term
from prolo_dash.render.html import FRAGMENTS, payload
from prolo_dash.render.links import Links, linked, named
from prolo_dash.render.terms import Glossary
from prolo_dash.render.trial_links import TrialNames, trial_address, with_trials

FROZEN = library(Path(__file__).parents[1] / "frozen")
TERMS = Glossary((Term("p_value", "p value", "p values", "How often chance alone does this."),))
LINKS = Links(TrialNames(FROZEN), TERMS)


def link(study, name):
    return f'<a class="trial" href="?trial.study={study}#trial">{name}</a>'


def test_a_name_is_a_link_and_its_second_mention_is_not():
    said = named("Topol 2011 and Sit 2020; Topol 2011 again", LINKS)
    assert said == f"{link('topol2011', 'Topol 2011')} and {link('sit2020', 'Sit 2020')}; Topol 2011 again"


def test_words_of_the_glossary_are_links_beside_it():
    said = linked("The p value of Topol 2011", LINKS)
    assert said == f'The <a class="term" href="#term-p_value">p value</a> of {link("topol2011", "Topol 2011")}'


def test_a_word_of_the_glossary_inside_a_name_is_no_link_of_its_own():
    links = Links(TrialNames(FROZEN), Glossary((Term("year", "2011", None, "A year."),)))
    assert linked("Topol 2011", links) == link("topol2011", "Topol 2011")


@pytest.mark.parametrize("text", ["Yelland (review in Spine)", "Topol 20111", "Anatopol 2011", "topol 2011"])
def test_what_only_looks_like_a_name_is_no_link(text):
    assert "<a" not in named(text, LINKS)


def test_a_name_that_two_trials_share_is_no_link():
    """In the frozen evidence nothing tells the two trials of Rabago 2013 apart."""
    assert named("Rabago 2013", LINKS) == "Rabago 2013"


def test_namesakes_that_are_told_apart_lead_to_one_trial_each():
    links = Links(TrialNames(library()), TERMS)
    assert named("Rabago 2013 (knee), Rabago 2013 (elbow)", links) == (
        f"{link('rabago2013', 'Rabago 2013 (knee)')}, {link('rabago2013_le', 'Rabago 2013 (elbow)')}"
    )


def test_the_trial_that_is_shown_has_no_link_to_itself():
    links = Links(TrialNames(FROZEN, "topol2011"), TERMS)
    assert named("Topol 2011, Sit 2020", links) == f"Topol 2011, {link('sit2020', 'Sit 2020')}"


def test_markup_around_a_name_is_only_text():
    said = named('<script>Topol 2011</script> & "Sons"', LINKS)
    assert said == f"&lt;script&gt;{link('topol2011', 'Topol 2011')}&lt;/script&gt; &amp; &#34;Sons&#34;"


def test_rows_of_a_chart_know_the_trial_that_their_label_names():
    """A label is broken into lines, also inside a name."""
    rows = [
        {"title": "Knee", "detail": "Topol\n2011, 65 knees"},
        {"title": "Knee", "detail": "65 knees"},
    ]
    first, second = with_trials({"panels": [{"rows": rows}]}, TrialNames(FROZEN))["panels"][0]["rows"]
    assert first["trial"] == {"name": "Topol 2011", "study": "topol2011"}
    assert "trial" not in second


@pytest.mark.parametrize("key", VIEW_BY_KEY)
def test_no_link_stands_inside_another(key):
    view = VIEW_BY_KEY[key]
    fragments = payload(library(), view, view.default_state(library())).fragments
    for role in FRAGMENTS:
        tags = re.findall(r"<(/?)a\b", fragments[role])
        assert tags == ["", "/"] * (len(tags) // 2), role


def test_every_trial_of_a_table_leads_to_its_view():
    view = VIEW_BY_KEY["gain"]
    shown = payload(library(), view, view.default_state(library()))
    heads = re.findall(r'<th role="rowheader"[^>]*>(.*?)</th>', shown.fragments["table"])
    assert heads
    assert all(head.startswith('<a class="trial" href="?trial.study=') for head in heads)
    assert [row["trial"]["study"] for panel in shown.figure["panels"] for row in panel["rows"]] == [
        re.search(r"study=(\w+)#", head)[1] for head in heads
    ]


def test_marks_of_the_answer_lead_to_their_trial():
    view = VIEW_BY_KEY["answer"]
    plot = view.render(library(), view.default_state(library())).plot
    html = payload(library(), view, view.default_state(library())).fragments["plot"]
    marks = [mark for row in plot.rows for cell in row.cells for mark in cell.marks]
    assert marks
    led = re.findall(r'<a class="trial" href="([^"]+)" tabindex="-?\d" aria-label="([^"]+)">', html)
    assert [(address, unescape(name)) for address, name in led] == [(trial_address(m.study), m.name) for m in marks]


def test_a_row_of_marks_is_one_stop_of_the_keyboard_and_each_mark_is_named():
    view = VIEW_BY_KEY["answer"]
    html = payload(library(), view, view.default_state(library())).fragments["plot"]
    rows = [row for row in html.split("<tr")[2:] if 'class="trial" href' in row.partition('class="said"')[0]]
    stops = [re.findall(r'tabindex="(-?\d)"', row.partition('class="said"')[0]) for row in rows]
    assert rows
    assert [own for own in stops if own != ["0", *["-1"] * (len(own) - 1)]] == [], "the first mark is the stop"
    assert 'aria-label="Sit 2020, pain, better against control injection, 76 people"' in html
