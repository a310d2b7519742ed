"""The hand-out as HTML: what a pupil's sheet holds and leaves open, what the answers add, where charts are cut."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from prolo_dash.chapters.registry import CHAPTER_BY_KEY, CHAPTERS, VIEW_BY_KEY
from prolo_dash.cli import main
from prolo_dash.evidence.library import library
from prolo_dash.kit.charts import ChartRow, Panel, bars, stack
from prolo_dash.kit.pagination import parts
from prolo_dash.kit.plotly import figure, still
from prolo_dash.kit.theme import Fill
from prolo_dash.kit.trial_mark_words import COLUMN, without_marks
from prolo_dash.kit.view import plain
from prolo_dash.render import handout as edition
from prolo_dash.render.handout import DEFAULT_CHAPTERS, PAPERS, HandoutOptions, handout, write

LINK = "https://school.example/prolo?x=1&y=2"
MM = 96 / 25.4  # CSS pixels


def views(keys=DEFAULT_CHAPTERS):
    return [view for key in keys for view in CHAPTER_BY_KEY[key].views]


def words(html):
    """What is read, without scripts, figures' data and spaces."""
    text = re.sub(r"<(script|style|svg).*?</\1>", "", html, flags=re.DOTALL)
    return "".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


def squeezed(text):
    return "".join(plain(text).split())


@pytest.fixture(scope="module")
def html():
    return handout(library(), HandoutOptions(answers=True, link=LINK))


@pytest.fixture(scope="module")
def pupils(html):
    return html.partition('<section class="answers">')[0]


@pytest.fixture(scope="module")
def answers(html):
    return html.partition('<section class="answers">')[2]


def test_sources_and_ones_own_trial_are_left_out_unless_asked_for():
    assert {chapter.key for chapter in CHAPTERS} - set(DEFAULT_CHAPTERS) == {"sources", "own_trial"}
    shown = words(handout(library(), HandoutOptions(chapters=("sources",))))
    assert all(squeezed(view.worded(library().topic).question) in shown for view in CHAPTER_BY_KEY["sources"].views)
    assert squeezed("How much better were people after prolotherapy?") not in shown


def test_a_pupils_sheet_has_the_question_how_to_read_the_chart_and_the_question_for_a_class(pupils):
    read = words(pupils)
    for view in views():
        rendering = view.render(library(), view.default_state(library()))
        assert squeezed(view.worded(library().topic).question) in read
        assert squeezed(view.worded(library().topic).for_class) in read
        assert all(squeezed(line) in read for line in rendering.how_to_read)
        assert all(squeezed(entry.label) in read for entry in rendering.key)


def test_a_pupils_sheet_has_no_finding_sentence_and_the_answers_have_each(pupils, answers):
    pupil, teacher = words(pupils), words(answers)
    for view in views():
        said = plain(view.render(library(), view.default_state(library())).sentence)
        assert squeezed(said) in teacher
        for sentence in re.split(r"(?<=[.?]) (?=[A-Z0-9])", said):
            assert squeezed(sentence) not in pupil, view.key


def test_tables_stand_with_the_answers(pupils, answers):
    assert "<table>" not in pupils
    read = words(answers)
    for view in views():
        shown = view.render(library(), view.default_state(library()))
        for row in () if shown.plot else without_marks(shown.table).rows:
            assert all(squeezed(cell.text) in read for cell in row.cells)
        for row in shown.plot.rows if shown.plot else ():
            assert all(squeezed(said) in read for said in (row.label, *map(plain, row.said))), "a plot is told in words"


def test_a_sheet_has_no_marks_of_how_trials_were_made_and_no_column_of_them(answers):
    assert squeezed(COLUMN) not in words(answers)
    shown = VIEW_BY_KEY["gain"].render(library(), VIEW_BY_KEY["gain"].default_state(library())).table
    assert (COLUMN in shown.columns, COLUMN in without_marks(shown).columns) == (True, False)
    assert {len(row.cells) for row in without_marks(shown).rows} == {len(shown.columns) - 1}


def test_every_warning_of_every_row_is_among_the_numbered_notes(answers):
    listed = re.findall(r"<li>(.*?)</li>", answers.rpartition('<ol class="notes">')[2])
    notes = [unescape(note) for note in listed]
    rendering = (
        CHAPTER_BY_KEY["gain"].views[0].render(library(), CHAPTER_BY_KEY["gain"].views[0].default_state(library()))
    )
    table = re.search(r"How much better were people.*?<tbody>(.*?)</tbody>", answers, re.DOTALL)[1]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    for row, shown in zip(rendering.table.rows, rows, strict=True):
        numbers = re.search(r"Notes: ([^<]+)", shown)[1].replace("\u2060", "").split(", ")
        ranges = [[int(n) for n in part.split("–")] for part in numbers]
        counted = [n for ends in ranges for n in range(ends[0], ends[-1] + 1)]
        assert {notes[n - 1] for n in counted} == set(row.flags)


def test_without_answers_nothing_is_for_the_teacher():
    shown = handout(library(), HandoutOptions(chapters=("gain",)))
    assert '<section class="answers">' not in shown
    assert "for the teacher" not in words(shown)


def test_what_the_chart_is_set_to_is_said_in_the_words_of_the_controls(pupils):
    read = words(pupils)
    assert squeezed("Trial: Topol 2011, 3 months: pain-free sport") in read
    assert squeezed("Suppose this much of the gain would have come anyway: 50 %") in read
    assert squeezed("Show: Only the prolotherapy groups") in read


def test_the_link_is_printed_only_if_there_is_one(pupils):
    assert LINK in unescape(pupils)
    assert 'class="segno"' in pupils
    without = handout(library(), HandoutOptions(chapters=("gain",)))
    assert "segno" not in without.partition("<script>")[0]
    assert "school.example" not in without


def test_sources_are_listed_once_with_an_address_that_paper_has_room_for(pupils):
    listed = re.findall(r"<li>(.*?)</li>", pupils.partition('<ol class="sources">')[2], re.DOTALL)
    cited = {
        source.citation for view in views() for source in view.render(library(), view.default_state(library())).sources
    }
    assert len(listed) == len(set(listed)) >= len(cited)
    topol = next(line for line in listed if "recalcitrant Osgood-Schlatter" in line)
    assert topol.endswith(">doi.org/10.1542/peds.2010-1931</a>")
    assert not re.search(r">https?:", "".join(listed))


def test_the_page_asks_no_other_host(html):
    outside = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert re.findall(r"<(?:link|img|iframe)\b|\bsrc=|url\(", outside) == []


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_no_part_of_a_chart_is_taller_than_a_sheet(paper):
    shown = handout(library(), HandoutOptions(paper=paper.name.lower()))
    figures = [json.loads(text) for text in re.findall(r'<script type="application/json">(.*?)</script>', shown)]
    heights = [figure["layout"]["height"] * (paper.width - 30) * MM / 850 for figure in figures]
    assert len(figures) > len(views())
    assert max(heights) < (paper.height - 24) * MM


def rows_of(count):
    """A panel of rows, each 52 px high: two lines of 18 px, and 16 px of space (row_sizes.py)."""
    labels = tuple(ChartRow(f"Row {i}", "detail") for i in range(count))
    length = [float(i) for i in range(count)]
    texts = [str(i) for i in range(count)]
    bar = bars(range(count), [0.0] * count, length, texts, Fill("ink"), [""] * count, ids=texts)
    return Panel("", "unit", (0.0, 10.0), labels, (bar,))


def test_a_chart_is_cut_between_rows_and_each_part_has_its_own_axis():
    # 6 px above and 52 px for the axis: 300 px hold 4 rows of 52, 400 px hold 6.
    first, second = parts(stack((rows_of(10),)), 300, 400)
    assert [figure(part).layout["height"] for part in (first, second)] == [58 + 4 * 52, 58 + 6 * 52]
    assert [row.title for row in second.panels[0].rows] == [f"Row {i}" for i in range(4, 10)]
    drawn = still(second)
    assert drawn["data"][0]["x"] == [4, 5, 6, 7, 8, 9]
    assert drawn["data"][0]["y"] == [26 + 52 * i for i in range(6)]
    assert drawn["layout"]["xaxis"]["title"] == {"text": "unit"}


def test_a_panel_that_goes_on_says_so():
    panel = replace(rows_of(10), heading="Knees")
    assert [part.panels[0].heading for part in parts(stack((panel,)), 300, 400)] == ["Knees", "Knees, continued"]


def test_a_chart_that_fits_stays_as_it_is():
    chart = stack((rows_of(4),))
    assert parts(chart, 400, 400) == (chart,)


@pytest.mark.parametrize("view", views(), ids=lambda view: view.key)
def test_every_row_and_every_mark_is_in_just_one_part(view):
    chart = view.render(library(), view.default_state(library())).chart
    cut = [still(part) for part in parts(chart, 300, 200)]
    labels, shown = (
        [a["text"] for part in whole for a in part["layout"]["annotations"] if a["yref"] != "paper"]
        for whole in ([still(chart)], cut)
    )
    assert shown == labels
    assert sum(len(t["y"]) for part in cut for t in part["data"]) == sum(len(t["y"]) for t in figure(chart).data)


def test_html_is_written_where_it_is_asked_for(tmp_path, capsys):
    target = tmp_path / "new" / "sheets.html"
    assert main(["handout", "--chapters", "gain,caveat", str(target)]) == 0
    assert "Open it in a browser and print it." in capsys.readouterr().out
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_without_a_browser_it_is_html_and_says_so_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(edition, "installed", lambda: iter(()))
    said = write(library(), tmp_path / "sheets.pdf", HandoutOptions(chapters=("gain",)))
    assert "No Chromium, Chrome or Edge was found" in said
    assert [path.name for path in tmp_path.iterdir()] == ["sheets.html"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--chapters", "gain,caveats"], "there is no chapter 'caveats'"),
        (["--link", "our page"], "'our page' is not an address"),
        (["--link", "javascript:alert(1)"], "is not an address"),
    ],
)
def test_what_can_not_be_is_answered_with_a_sentence(arguments, sentence, tmp_path, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["handout", *arguments, str(tmp_path / "sheets.html")])
    assert stop.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_place_that_can_not_be_written_gets_a_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["handout", "--chapters", "gain", str(tmp_path / "file" / "sheets.html")]) == 1
    assert "can't be written" in capsys.readouterr().err


def test_help_says_that_no_link_is_printed_without_one(capsys):
    with pytest.raises(SystemExit):
        main(["handout", "--help"])
    assert "Without it neither is printed" in " ".join(capsys.readouterr().out.split())
