"""Every string that readers see is at school grade 9 or lower, by two measures of textstat.

Flesch-Kincaid counts syllables, the automated readability index letters. textstat 0.7.13 looks syllables up in a
dictionary that NLTK downloads, and asks pyphen, which is offline, only for words that are not in it; so it gets a
dictionary of one word here.

A grade says something about a passage, not about a label of two words. So texts of fewer than 25 words are joined:
those of a view that stand in one place (its column headings, its flags, …) are one passage, and places with less than
25 words in all are joined to one passage of the view. Labels are joined by commas until they make three words, because
textstat takes nothing shorter for a sentence. Where entries are listed with semicolons, each is read on its own.

Only medical names, and names of people, trials and bodies, are no measure of how hard a text is: each counts as one
short word, and a run of them too. What is not ours is left out in the same way: titles, citations, names of journals,
and words quoted from others. Terms of statistics are measured like all other words; each is in the glossary.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import nltk
import pytest
import textstat

import prolo_dash.render
from prolo_dash.chapters.lessons.predictions import predictions
from prolo_dash.chapters.own_trial.view import OwnState
from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence import own_csv
from prolo_dash.evidence.library import library
from prolo_dash.evidence.own_table import MOST_CHARACTERS
from prolo_dash.jupyter.routes import BUSY
from prolo_dash.kit.controls import Entry, controls_of, default_state, from_params
from prolo_dash.kit.view import plain
from prolo_dash.kit.wording import COMPLETENESS, FLAG_LABEL
from prolo_dash.render.html import SORRY

HIGHEST = 9
LEAST_WORDS = 25  # below that a grade says little
ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EDITIONS = Path(prolo_dash.render.__file__).parent
TEMPLATE = EDITIONS / "voila" / "templates" / "prolo"
SCRIPTS = sorted([*(ROOT / "frontend" / "src").rglob("*.js"), *(EDITIONS / "templates").glob("*.js")])
PAGES = sorted(p for folder in (TEMPLATE, EDITIONS / "templates") for p in folder.glob("*.html*"))
MEASURES = {"Flesch-Kincaid": "flesch_kincaid_grade", "automated readability": "automated_readability_index"}

# Medical names, the only words that are left out of the measure.
TREATMENTS = """autologous conditioned serum
|prolotherapy|regenerative injection therapy|proliferation therapy|physiotherapy|acupuncture|placebo
|dextrose-glycerine-phenol|dextrose|glucose|glycerine|phenol|saline|lidocaine|lignocaine|Xylocaine|morrhuate
|phonophoresis|erythropoietin|botulinum|radiofrequency|ultrasound
|triamcinolone|methylprednisolone|hyaluronic acid|platelet-rich plasma|heparin|warfarin|clopidogrel"""
ILLNESSES = """osteoarthritis|Osgood-Schlatter|septic arthritis|cellulitis|abscess|pneumothorax|haemorrhage|paralysis
|anaphylaxis"""
BODY = "plantar fascia|ligaments?|sacroiliac|rotator cuff|Achilles|enthesis|cervical|spinal|collagen|immune"
SCALES = "WOMAC|VISA(?:-[AP])?|NPPS|PRTEE|Quick-?DASH|DASH|SPADI|FFI|FAAM|Oswestry"
BODIES = """American College of Rheumatology|Arthritis Foundation|American Association of Orthopaedic Medicine
|American Academy of Orthopaedic Surgeons|American Pain Society|US Food and Drug Administration
|US Department of Veterans Affairs|Journal of Family Practice|Boston Medical Center HealthNet Plan|UnitedHealthcare
|Blue Cross of Idaho|orthopaedic"""
NAMES = "|".join((TREATMENTS, ILLNESSES, BODY, SCALES, BODIES)).replace("\n", "")
# Terms that stay on the page, because a class or a doctor will meet them elsewhere too. No exception is made for them.
TERMS = """95% interval|Fisher's exact test|Hartung-Knapp|Hedges g|I²|NNTB|REML|abstract|benchmark|blinded
|contextual share|control injection|denominator|eccentric|follow-up|fixed effect|fragility index
|guideline|manipulation|mean difference|natural course|number needed to treat|off label|open label|p value
|placebo response|pooled|prediction interval|random effects|randomised|regression to the mean|risk difference
|risk of bias|serum|sham|significant|standard deviation|standard error|standardised|tau²|t test|triple-blind|usual care
""".replace("\n", "").split("|")
KEPT = re.compile(rf"(?<![\w-])(?:{NAMES})(?![\w-])", re.IGNORECASE)

NUMBER = re.compile(r"[−+-]?\d+(?:[.,]\d+)*")
TAG = re.compile(r"<[^>]+>")
LISTS = ("alt", "chain", "listed", "cell", "note", "hover", "source")  # places where semicolons part entries
A_NAME = r"sugar(?: 10)?(?: \(10\))?"

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
def simple(table):
    """A function from a text to what is measured of it: names as one short word, all numbers as 10."""
    known = library()
    sources, told = (
        table("sources"),
        [r["notes"] for t in ("results", "contrasts", "harms", "positions") for r in table(t)],
    )
    names = {known.name(study) for study in known.package.studies}
    names |= {s["name"] for s in sources} | {s[k] for s in sources for k in ("title", "citation")}
    names |= {f["words"].rstrip(".") for f in table("trial_facts") if f["words"]}
    names |= {
        r[k]
        for t, k in (
            ("reviews", "citation"),
            ("registrations", "trial"),
            ("trial_quality", "tool"),
            ("trial_quality", "judged_by"),
            ("trial_quality", "domain"),
        )
        for r in table(t)
    }
    names |= {words for note in told for words in re.findall(r"[\"“]([^\"”]+)[\"”]", note)}
    people = {re.split(r",| et al| & ", s["citation"])[0].rpartition(" ")[0] for s in sources}
    longest = sorted((n for n in names | people if len(n) > 1), key=len, reverse=True)
    # Where no name begins, none is tried: there are hundreds, and tens of thousands of texts.
    begins = "".join(sorted({re.escape(name[0]) for name in longest}))
    named = re.compile(rf"(?<!\w)(?=[{begins}])(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    @cache
    def measured(text):
        text = KEPT.sub("sugar", named.sub("sugar", plain(text)))
        return re.sub(rf"{A_NAME}(?:(?:,| and) {A_NAME})+", "sugar", NUMBER.sub("10", text))

    return measured


@pytest.fixture(scope="module")
def too_hard(simple):
    """A function from texts and a measure to those above the grade, the hardest first.

    A grade is a whole school year, so 9.4 is grade 9. Texts that differ in their numbers only are measured once.
    """

    def found(texts, measure):
        grades = {text: round(getattr(textstat, measure)(text), 1) for text in sorted({simple(t) for t in texts})}
        return sorted(((g, text) for text, g in grades.items() if round(g) > HIGHEST), reverse=True)[:5]

    return found


@pytest.fixture(scope="module")
def joined(simple):
    """A function that reads labels and short texts one after the other, as one passage; names alone say nothing."""

    def passage(texts):
        out: list[str] = []
        begun: list[str] = []
        for text in dict.fromkeys(map(simple, texts)):
            if set(re.findall(r"[^\W\d_]+", text)) <= {"sugar", "and"}:
                continue
            begun.append(text)
            if len(" ".join(begun).split()) >= 3:
                out.append(stopped(", ".join(begun)))
                begun = []
        return " ".join([*out, stopped(", ".join(begun))] if begun else out)

    return passage


@pytest.fixture(scope="module")
def all_else(shown, simple, joined):
    """The passages of a view beside its sentence."""

    @cache
    def gathered(key):
        pairs = [("control", text) for text in controls(VIEW_BY_KEY[key])]
        pairs += [pair for one in shown(key) for pair in words_beside_the_sentence(one)]
        return tuple(passages(in_places(pairs), simple, joined))

    return gathered


def stopped(text):
    return text if text.endswith((".", "?")) else f"{text}."


def words(parts):
    return sum(len(part.split()) for part in parts)


def passages(texts: dict[str, dict[str, None]], simple, joined) -> Iterator[str]:
    """What is measured of texts by place: long ones alone, short ones joined by place, the rest together."""
    rest = []
    for place, own in texts.items():
        entries = [text.split("; ") if place in LISTS else [text] for text in map(simple, own)]
        yield from (joined(parts) for parts in entries if words(parts) >= LEAST_WORDS)
        together = joined(part for parts in entries if words(parts) < LEAST_WORDS for part in parts)
        if len(together.split()) >= LEAST_WORDS:
            yield together
        else:
            rest.append(together)
    yield " ".join(rest)


def controls(view):
    """The words of a view's settings."""
    for control in view.controls(library()).values():
        yield from (control.label, getattr(control, "unit", ""), getattr(control, "group", ""))
        yield from (part for option in getattr(control, "options", ()) for part in (option.label, option.group))
    if view.loader:
        yield from (view.loader.label, view.loader.limits)


def lines(label):
    """The lines of a label in a chart; a line that was only wrapped is one."""
    whole = label.replace("-</b><br><b>", "-").replace("</b><br><b>", " ")
    whole = re.sub(r"<(b|span)[^>]*>(.*?)</\1>", lambda m: m[2].replace("-<br>", "-").replace("<br>", " "), whole)
    return [html.unescape(TAG.sub("", line)) for line in whole.split("<br>")]


def words_beside_the_sentence(one):
    """(place, text) of all that a state shows but what has tests of its own, and but citations."""
    r = one.rendering
    yield from (("alt", r.alt), ("title", r.listed_title), ("caption", r.table.caption))
    for place, boxes in (("chain", r.chain), ("listed", r.listed)):
        yield from ((place, part) for box in boxes for part in (box.title, box.strong, box.text))
    yield from (("chart", entry.label) for entry in r.key)
    yield from (("column", column) for column in r.table.columns)
    for row in r.table.rows:
        yield from (("cell", cell.text) for cell in row.cells)
        yield from (("note", cell.note) for cell in row.cells)
        yield from (("flag", flag) for flag in row.flags)
    yield from (("source", source.note) for source in r.sources)
    for name, axis in one.figure.layout.items():
        if name.startswith(("xaxis", "yaxis")):
            titles = (axis.get("title", {}).get("text", ""), *axis.get("ticktext", ()))
            yield from (("chart", TAG.sub(" ", title)) for title in titles)
    for annotation in one.labels:
        yield from (("chart", line) for line in lines(annotation["text"]))
    for trace in one.figure.data:
        yield from (("chart", TAG.sub(" ", text)) for text in trace.get("text", ()))
        yield from (("hover", html.unescape(TAG.sub(" ", text))) for text in trace.get("hovertext", ()))


def in_places(pairs):
    """Texts by place, each once; without what has no word."""
    found: dict[str, dict[str, None]] = {}
    for place, text in pairs:
        if re.search(r"[^\W\d_]{2}", text):
            found.setdefault(place, {})[text.strip()] = None
    return found


def test_the_measures_know_easy_from_hard(too_hard):
    easy = "The cat sat on the mat. The dog ran to the door. It was a hot day."
    hard = "Heterogeneity notwithstanding, contextual determinants substantially confound therapeutic attribution."
    for measure in MEASURES.values():
        assert too_hard([easy], measure) == []
        assert too_hard([hard], measure)[0][0] > 15


def test_syllables_are_counted_without_a_network():
    """After: 2, people: 2, injection: 3; none of them is in the dictionary of one word."""
    assert textstat.syllable_count("after people injection") == 7


def test_a_name_is_one_short_word_and_nothing_else_is(simple):
    assert simple("Topol 2011: **14 of 21** after dextrose") == "sugar: 10 of 10 after sugar"
    assert simple("Wu 2022, Topol 2011 and Nakase 2020") == "sugar"
    assert (
        simple("the standard deviation of the control injection") == "the standard deviation of the control injection"
    )


def test_every_term_that_stays_on_the_page_is_explained(shown, texts, table):
    forms = {form for t in table("glossary") for form in (t["term"], *t["also"].split(";"))}
    assert set(TERMS) <= forms
    views = [key for key in VIEW_BY_KEY if key != "sources_words"]
    page = {text for key in views for one in shown(key) for _, text in one.texts}
    whole = "\n".join(plain(text) for text in page).lower()
    assert [term for term in TERMS if term.lower() not in whole] == []


@each_measure
@each_view
def test_the_finding_of_every_state_can_be_read(key, measure, shown, too_hard):
    assert too_hard({one.rendering.sentence for one in shown(key)}, measure) == []


@each_measure
@each_view
def test_how_to_read_it_can_be_read(key, measure, shown, too_hard):
    lines = {line for one in shown(key) for line in one.rendering.how_to_read if len(line.split()) >= LEAST_WORDS}
    told = {" ".join(one.rendering.how_to_read) for one in shown(key)}
    assert too_hard(told | lines, measure) == []


@each_measure
@each_view
def test_questions_to_readers_and_classes_can_be_read(key, measure, too_hard):
    view = VIEW_BY_KEY[key]
    assert too_hard([f"{view.question} {view.for_class}"], measure) == []


@each_measure
@each_view
def test_all_else_that_a_view_shows_can_be_read(key, measure, all_else, too_hard):
    """Settings, chart, table, boxes, flags, what is listed, what a screen reader says: in every state."""
    assert too_hard(all_else(key), measure) == []


@each_measure
def test_every_word_of_the_glossary_is_explained_in_words_that_can_be_read(measure, table, too_hard):
    assert too_hard({term["meaning"] for term in table("glossary")}, measure) == []


@each_measure
@pytest.mark.parametrize("prediction", predictions(library()).values(), ids=predictions(library()))
def test_what_is_guessed_and_revealed_can_be_read(prediction, measure, too_hard):
    assert too_hard([f"{prediction.question} {prediction.why}", prediction.says(library())], measure) == []


@each_measure
def test_every_kind_of_warning_can_be_read(measure, table, simple, too_hard, joined):
    """The reasons for one kind of flag are a passage; the labels another, of which the data may not use all."""
    reasons = in_places((flag["kind"], flag["reason"]) for flag in table("flags"))
    labels = in_places(("label", text) for text in (*FLAG_LABEL.values(), *COMPLETENESS.values()))
    assert too_hard(passages(reasons | labels, simple, joined), measure) == []


def typed_wrong():
    """The problems of fields that can't be read, each field empty, with a word, with too much and with too little."""
    typed = [
        name
        for name, control in controls_of(OwnState, library()).items()
        if isinstance(control, Entry) and not control.options
    ]
    usual = default_state(OwnState, library())
    for kind, text in ((k, t) for k in ("counts", "scores") for t in ("", "abc", "x" * 99, "-1", "9" * 12)):
        state = replace(usual, **{"kind": kind} | dict.fromkeys(typed, text))
        yield from (sentence for _, sentence in VIEW_BY_KEY["own_trial"].render(library(), state).problems)
    state = replace(usual, prolo_better="30", prolo_of="20")
    yield from (sentence for _, sentence in VIEW_BY_KEY["own_trial"].render(library(), state).problems)


def loaded_wrong():
    """The problems of files that can't be read."""
    sample = own_csv.SAMPLE.format(intervention=library().topic.intervention)
    head, *rows = sample.splitlines()
    files = ["", "a,b", head, f"{head},{head}", "," * 99 + "x", '"a', "x" * (MOST_CHARACTERS + 1), "\0"]
    files += ["GIF8", "PK\x03\x04", "%PDF", "<html>", "a\0b\0", f"{head},colour\n{rows[0]},red"]
    files += [
        "\n".join([head, *own]) for own in (rows[:1], [rows[0], rows[0]], [f"{rows[0]},1,2"], rows * 50, [",,,x"] * 30)
    ]
    files += [sample.replace("lower", "up"), sample.replace("lower", "higher", 1), sample.replace("changes", "x")]
    files += [sample.replace(",8,20", ",30,20"), sample.replace("10.2", "wide"), f'{head}\n"{"x" * 200_000}'[:90_000]]
    for text in files:
        yield from VIEW_BY_KEY["own_trial"].loader.read(library(), text)[1]


@each_measure
def test_what_a_reader_is_told_when_something_is_wrong_can_be_read(measure, too_hard, joined):
    notices = from_params(OwnState, library(), {"kind": "guesses", "colour": "red"})[1]
    found = [*typed_wrong(), *loaded_wrong(), *notices, SORRY, BUSY]
    assert len(set(found)) > 30, "something is wrong in as many ways"
    assert too_hard([joined(found), *(t for t in found if len(t.split()) >= LEAST_WORDS)], measure) == []


@each_measure
def test_the_fixed_words_of_the_page_can_be_read(measure, too_hard, joined):
    """The page's frame, the pages for faults, and what its scripts say: whole sentences, and labels in capitals."""
    found = [text for page in PAGES for text in fixed(page.read_text(encoding="utf-8"))]
    for script in (s for s in SCRIPTS if "plotly" not in s.name):
        found += re.findall(r"[\"`]([A-Z][a-z’]*(?: [^\"`\n]*|)[.\w])[\"`]", script.read_text(encoding="utf-8"))
    assert "There is no such page" in found
    assert "No row has these words." in found
    assert too_hard([joined(found), *(t for t in found if len(t.split()) >= LEAST_WORDS)], measure) == []


def fixed(template):
    """What a template says by itself, in its text and in labels for screen readers."""
    page = re.sub(r"\{#.*?#\}|<(script|style)\b.*?</\1>", " ", template, flags=re.DOTALL)
    page = re.sub(r"\{%.*?%\}", "\n", re.sub(r"\{\{.*?\}\}", "10", page, flags=re.DOTALL), flags=re.DOTALL)
    texts = [*re.findall(r'aria-label="([^"]*)"', page), *re.split(r"<[^>]*>|\n", page)]
    return [" ".join(text.split()) for text in texts if re.search(r"[a-z]{3}", text)]


def prose_of(notebook):
    """(its passages, its headings) without markup, links and formulas."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    markup = re.compile(r"^#.*$|^\|.*$|[*`\[\]]|\(https?\S+\)|\$[^$]*\$", re.MULTILINE)
    headings = [line.lstrip("# ") + "." for text in texts for line in text.splitlines() if line.startswith("#")]
    return [" ".join(markup.sub(" ", text).split()) for text in texts], " ".join(headings)


@each_measure
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_as_a_whole_can_be_read(notebook, measure, too_hard):
    passages, headings = prose_of(notebook)
    assert too_hard([" ".join(passages), headings], measure) == []


@each_measure
@pytest.mark.parametrize("notebook", [n for n in NOTEBOOKS if n.stem != "methods"], ids=lambda path: path.stem)
def test_each_passage_of_a_notebook_that_readers_and_classes_open_can_be_read(notebook, measure, too_hard):
    passages, _ = prose_of(notebook)
    assert too_hard([text for text in passages if len(text.split()) >= LEAST_WORDS], measure) == []
