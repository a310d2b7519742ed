"""What readers read is at school grade 9 or lower, by two measures of textstat.

Flesch-Kincaid counts syllables, the automated readability index letters. textstat 0.7.13 looks syllables up in a
dictionary that NLTK downloads, and asks pyphen, which is offline, only for words that are not in it; so it gets a
dictionary of one word here. Names of treatments, illnesses, scales and people are not what makes a text hard: each
counts as one short word.
"""

import json
import re
from pathlib import Path

import nltk
import pytest
import textstat

from prolo_dash.evidence.library import library
from prolo_dash.views.chapters import VIEW_BY_KEY
from prolo_dash.views.predictions import PREDICTION_BY_KEY
from prolo_dash.views.view import plain

HIGHEST = 9
LEAST_WORDS = 25  # below that a grade says little
NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
MEASURES = {"Flesch-Kincaid": "flesch_kincaid_grade", "automated readability": "automated_readability_index"}

# Medical and scientific names, the only words that are left out of the measure.
NAMES = """
prolotherapy|regenerative injection therapy|proliferation therapy|osteoarthritis|Osgood-Schlatter|dextrose|lidocaine
|lignocaine|saline|morrhuate|sacroiliac|rotator cuff|placebo|standard deviations?|American College of Rheumatology
|Arthritis Foundation|orthopaedic|collagen|immune|hyaluronic acid|platelet-rich plasma|physiotherapy
|WOMAC|VISA(?:-[AP])?|NPPS|PRTEE|Quick-?DASH|DASH|SPADI|FFI|Oswestry|Hedges g
""".replace("\n", "")
NAME = re.compile(rf"\b(?:{NAMES})\b", re.IGNORECASE)

each_view = pytest.mark.parametrize("key", tuple(VIEW_BY_KEY))
each_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)


@pytest.fixture(scope="module", autouse=True)
def _syllables_offline(tmp_path_factory):
    corpus = tmp_path_factory.mktemp("nltk") / "corpora" / "cmudict"
    corpus.mkdir(parents=True)
    (corpus / "cmudict").write_text("A 1 AH0\n", encoding="ascii")
    nltk.data.path.insert(0, str(corpus.parents[1]))
    yield
    nltk.data.path.pop(0)


@pytest.fixture(scope="module")
def grade(table):
    """A function from a text and a measure to its grade."""
    people = {re.split(r",| et al| & ", s["citation"])[0].rpartition(" ")[0] for s in table("sources")}
    labels = {a["label"] for a in table("arms")} | {o["plain_name"] for o in table("outcomes")}
    whole = sorted((n for n in people | labels if len(n) > 3), key=len, reverse=True)
    named = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in whole), re.IGNORECASE)

    def measured(text, measure):
        simple = NAME.sub("sugar", named.sub("sugar", plain(text)))
        return getattr(textstat, measure)(simple)

    return measured


def too_hard(texts, measure, grade):
    """Texts above the grade, the hardest first. A grade is a whole school year, so 9.4 is grade 9.

    Texts that differ in their numbers only are measured once.
    """
    kinds = {re.sub(r"\d+(?:\.\d+)?", "10", text): text for text in sorted(texts)}
    found = {text: round(grade(text, measure), 1) for text in kinds.values()}
    return sorted(((g, text) for text, g in found.items() if round(g) > HIGHEST), reverse=True)[:5]


def test_the_measures_know_easy_from_hard(grade):
    easy = "The cat sat on the mat. The dog ran to the door. It was a hot day."
    hard = "Heterogeneity notwithstanding, contextual determinants substantially confound therapeutic attribution."
    for measure in MEASURES.values():
        assert grade(easy, measure) < 3
        assert grade(hard, measure) > 15


def test_syllables_are_counted_without_a_network():
    """After: 2, people: 2, injection: 3; none of them is in the dictionary of one word."""
    assert textstat.syllable_count("after people injection") == 7


@each_measure
@each_view
def test_the_finding_of_every_state_can_be_read(key, measure, shown, grade):
    assert too_hard({one.rendering.sentence for one in shown(key)}, measure, grade) == []


@each_measure
@each_view
def test_how_to_read_it_can_be_read(key, measure, shown, grade):
    told = {" ".join(one.rendering.how_to_read) for one in shown(key)}
    assert too_hard(told, measure, grade) == []


@each_measure
@each_view
def test_questions_to_readers_and_classes_can_be_read(key, measure, grade):
    view = VIEW_BY_KEY[key]
    assert too_hard([f"{view.question} {view.for_class}"], measure, grade) == []


@each_measure
@each_view
def test_all_that_stands_beside_the_first_chart_can_be_read(key, measure, shown, grade):
    view = VIEW_BY_KEY[key]
    (first,) = [one.rendering for one in shown(key) if one.state == view.state()]
    text = " ".join([view.question, first.sentence, *first.how_to_read, first.alt, view.for_class])
    assert too_hard([text], measure, grade) == []


@each_measure
@each_view
def test_what_is_listed_can_be_read(key, measure, shown, grade):
    listed = {box.text for one in shown(key) for box in one.rendering.listed}
    assert too_hard([" ".join(sorted(listed))] if listed else [], measure, grade) == []


@each_measure
@pytest.mark.parametrize("prediction", PREDICTION_BY_KEY.values(), ids=PREDICTION_BY_KEY)
def test_what_is_guessed_and_revealed_can_be_read(prediction, measure, grade):
    answer = prediction.says(library()).partition(" Read in: ")[0]
    assert too_hard([f"{prediction.question} {prediction.why}", answer], measure, grade) == []


@each_measure
def test_every_word_of_the_glossary_is_explained_in_words_that_can_be_read(measure, table, grade):
    assert too_hard({term["meaning"] for term in table("glossary")}, measure, grade) == []


def prose_of(notebook):
    """(its passages, its headings) without markup, links and formulas."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    markup = re.compile(r"^#.*$|^\|.*$|[*`\[\]]|\(https?\S+\)|\$[^$]*\$", re.MULTILINE)
    headings = [line.lstrip("# ") + "." for text in texts for line in text.splitlines() if line.startswith("#")]
    return [" ".join(markup.sub(" ", text).split()) for text in texts], " ".join(headings)


@each_measure
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_as_a_whole_can_be_read(notebook, measure, grade):
    passages, headings = prose_of(notebook)
    assert too_hard([" ".join(passages), headings], measure, grade) == []


@each_measure
@pytest.mark.parametrize("notebook", [n for n in NOTEBOOKS if n.stem != "methods"], ids=lambda path: path.stem)
def test_each_passage_of_a_notebook_that_readers_and_classes_open_can_be_read(notebook, measure, grade):
    passages, _ = prose_of(notebook)
    assert too_hard([text for text in passages if len(text.split()) >= LEAST_WORDS], measure, grade) == []
