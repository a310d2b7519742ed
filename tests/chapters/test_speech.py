"""The rules of speech (DESIGN, section 4) hold in every state of every view."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library

VIEWS = tuple(VIEW_BY_KEY)
FROZEN = library(Path(__file__).parents[1] / "frozen")
OTHERS_WORDS = ("claim", "certainty_later", "risks", "risks_choices", "trial")  # views that tell what others say
SAID = ("sentence", "alt", "how_to_read", "listed_title", "listed", "chain", "key", "plot")

# Words that give a cause, a verdict or advice. The explainer gives none.
CAUSES = r"\bbecause of\b|\bthanks to\b|\bdue to\b|\bowing to\b|\bcaused by\b"
# "does not tell whether a treatment works" is a warning and no verdict.
VERDICTS = (
    r"(?<!not tell whether a treatment )\bworks\b|\bworked\b(?! out)|\bprove[sdn]?\b|\beffective\b|\bcure[sd]?\b"
    r"|\bshould\b|\brecommend|\bmust\b"
)

# A percentage; and an absolute number: so many of 100, people, knees or points, or a strong number without %.
PERCENT = re.compile(r"\d\**%")
ABSOLUTE = re.compile(r"\d\**(?: and [\d.−]+)? (?:of \d+|people|knees|elbows|points|percent gained)|\*\*−?[\d.]+\*\*")
UNCERTAIN = "uncertainty cannot be computed"
INTERVAL = re.compile(r"\(−?[\d.]+ to −?[\d.]+\)")

each_view = pytest.mark.parametrize("key", VIEWS)


@pytest.fixture(scope="session")
def said(shown, texts, table):
    """The distinct things a view says, each with its place; the article's words and those of others taken out."""
    quoted = [c[column] for c in table("claims") for column in ("paraphrase", "hedge", "what_the_evidence_adds")]
    quoted += [p[column] for p in table("positions") for column in ("organisation", "condition", "notes")]
    quoted += [fact["words"] for fact in table("trial_facts")]
    quoted.append("recommends it under conditions")  # what positions.csv says of a journal's column
    quoted = sorted(filter(None, quoted), key=len, reverse=True)

    def unquoted(text):
        for words in quoted:
            text = text.replace(words, "…").replace(words[0].lower() + words[1:], "…")
        return text

    @cache
    def everything(key):
        found = dict.fromkeys((place, text) for one in shown(key) for place, text in one.texts)
        return [(place, unquoted(text) if key in OTHERS_WORDS else text) for place, text in found if place in SAID]

    return lambda key, places=SAID: [(place, text) for place, text in everything(key) if place in places]


@pytest.fixture(scope="session")
def whole(shown, texts, table):
    """Every distinct text of a view but the titles of papers, which stand as they were published."""
    titles = [source["title"] for source in table("sources")]

    @cache
    def read(key):
        found = dict.fromkeys(text for one in shown(key) for place, text in one.texts if place != "source")
        if key != "sources":
            return found
        own = {text: next((title for title in titles if text.startswith(title)), "") for text in found}
        return dict.fromkeys(text.removeprefix(title) for text, title in own.items())

    return read


def hits(pattern, said, flags=re.IGNORECASE):
    return [(place, text) for place, text in said if re.search(pattern, text, flags)][:3]


@each_view
def test_the_control_group_s_gain_is_never_called_the_placebo_effect(key, said):
    """It may only be said that it is not one."""
    denied = r"(?:is|are) not (?:the share of )?“?(?:a |the )?placebo effect”?"
    left = [(place, re.sub(denied, "", text)) for place, text in said(key, tuple(p for p in SAID if p != "alt"))]
    left += said(key, ("alt",))
    assert hits("placebo effect", left) == []


def test_the_denial_is_there_where_the_split_is_explained(shown):
    for key in ("caveat", "caveat_share"):
        for one in shown(key):
            assert re.search(r"not [^.]*placebo effect", " ".join(one.rendering.how_to_read))
            assert "natural course" in " ".join(one.rendering.how_to_read)


def test_the_open_text_says_so_wherever_a_gain_is_split(shown):
    split = [("caveat", lambda state: state.show == "split"), ("caveat_share", lambda _: True)]
    for key, is_split in split:
        for one in (one for one in shown(key) if is_split(one.state) and one.rendering.table.rows):
            drawn = any(row.key.count(".") for row in one.rendering.table.rows)
            assert ("is not “the placebo effect”" in one.rendering.sentence) == drawn, (key, one.state)
    for one in shown("caveat_trial"):
        told = "The trial's own control injection group had" in one.rendering.sentence
        assert ("is not “the placebo effect”" in one.rendering.sentence) == told, one.state


def test_beside_a_split_stands_what_placebo_research_measured(shown, table):
    """Pedersen 2024 printed 49% without treatment and 18% with placebo; 100 - 49 - 18 = 33 came with the treatment."""
    parts = {b["measure"]: b for b in table("benchmarks") if b["shown"] == "three_parts"}
    assert sorted(float(b["estimate"]) for b in parts.values()) == [0.18, 0.49]
    for one in shown("caveat"):
        told = one.state.show == "split" and bool(one.rendering.table.rows)
        measured = "49 came untreated, 18 more with placebo and 33 more with the treatment that they tested."
        assert (measured in one.rendering.aside) == ("Pedersen 2024" in one.rendering.aside) == told, one.state


def test_a_split_bar_names_what_the_control_group_gained(shown, arms, gain, numbers):
    for one in (one for one in shown("caveat") if one.state.show == "split"):
        rows = {row.key: row for row in one.rendering.table.rows}
        labels = [label for panel in one.rendering.chart.panels for label in panel.rows] if rows else []
        assert len(labels) == len(rows)
        told = [numbers(label.detail.rpartition("; control: ")[2])[0] for label in labels]
        by_hand = {(row, gain(row.split(".")[0], arm["arm_id"])) for row in rows for arm in arms(row, "control")}
        gains = sorted(value for _, value in by_hand if value is not None)
        assert len(told) == len(gains)
        assert all(abs(a - b) <= 0.5 * 10**-d + 1e-9 for (a, d), b in zip(sorted(told), gains, strict=True)), one.state


@each_view
def test_no_cause_is_given(key, said):
    assert hits(CAUSES, said(key)) == []


@each_view
def test_no_verdict_and_no_advice_is_given(key, said):
    assert hits(VERDICTS, said(key)) == []


@each_view
def test_nothing_is_exclaimed(key, said):
    assert hits("!", said(key)) == []


@each_view
def test_people_were_better_after_prolotherapy_and_prolotherapy_did_nothing_to_them(key, said):
    assert hits(r"prolotherapy (?:made|helped|relieved|reduced|healed|improved)", said(key)) == []


@each_view
def test_the_questions_to_readers_and_classes_keep_the_same_rules(key):
    view = VIEW_BY_KEY[key]
    asked = [("question", view.question), ("for_class", view.for_class)]
    assert hits(f"{CAUSES}|{VERDICTS}|placebo effect|!", asked) == []


@pytest.mark.parametrize("key", [k for k in VIEWS if k != "claim"])
def test_a_percentage_of_a_trial_stands_beside_absolute_numbers(key, said):
    """A statement with a percentage also has numbers of people or points. Averages of research print none."""
    alone = [
        part
        for _, text in said(key, ("sentence",))
        for part in re.split(r"(?<=\.) (?=[A-Z])", text)
        if PERCENT.search(part) and not ABSOLUTE.search(part) and not part.startswith("In placebo research")
    ]
    assert alone[:3] == []


def test_the_article_s_percentages_stand_beside_the_counts_of_the_trial(shown):
    for one in shown("claim"):
        if "%" in one.rendering.sentence:
            assert any(re.search(r"\d+ of \d+", box.strong) for box in one.rendering.chain)


def test_where_an_interval_is_missing_the_difference_sentence_says_so(shown):
    for one in (one for one in shown("gain") if one.state.show == "difference" and one.rendering.table.rows):
        column = one.rendering.table.columns.index("Difference")
        cells = [row.cells[column].text for row in one.rendering.table.rows]
        without = sum(len(re.findall(" against ", c)) - len(INTERVAL.findall(c)) for c in cells)
        assert (UNCERTAIN in one.rendering.sentence) == (without > 0), one.state
        if without and any(map(INTERVAL.search, cells)):
            assert re.search(rf"For {without} others?, the {UNCERTAIN}", one.rendering.sentence), one.state


def test_where_an_interval_is_missing_the_left_sentence_says_so(shown):
    for one in (one for one in shown("caveat") if one.state.show == "left" and one.rendering.table.rows):
        column = one.rendering.table.columns.index("Further gain after prolotherapy")
        cells = [row.cells[column].text for row in one.rendering.table.rows]
        without = sum(not INTERVAL.search(c) for c in cells)
        assert (UNCERTAIN in one.rendering.sentence) == (without > 0), one.state
        if 0 < without < len(cells):
            assert re.search(rf"For {without} others?, the {UNCERTAIN}", one.rendering.sentence), one.state


@pytest.mark.parametrize("key", ["gain", "caveat", "caveat_share"])
def test_groups_no_longer_as_randomised_stand_beside_the_randomised_figures_of_the_same_measure(key, shown, table):
    reasons = {f["outcome_id"]: f["reason"] for f in table("flags") if f["kind"] == "not_as_randomised"}
    measure = {o["outcome_id"]: (o["study_id"], o["name"].partition(" at ")[0]) for o in table("outcomes")}
    met = set()
    for one in shown(key):
        rows = {row.key.split(".")[0]: row for row in one.rendering.table.rows}
        for late in rows.keys() & reasons.keys():
            met.add(late)
            same = [i for i in rows.keys() - reasons.keys() if measure.get(i) == measure[late]]
            assert same, one.state
            assert reasons[late] == rows[late].flags[0], "the gravest warning comes first"
            label = [a["text"] for a in one.labels]
            assert sum("groups not as randomised" in text for text in label) == len(rows.keys() & reasons.keys())
    assert met == set(reasons)


@pytest.mark.parametrize("key", ["gain", "caveat", "caveat_share"])
def test_a_sentence_over_groups_no_longer_as_randomised_says_so(key, shown, table):
    """84 of 100 at 1 year is never told without it."""
    changed = {f["outcome_id"] for f in table("flags") if f["kind"] == "not_as_randomised"}
    for one in shown(key):
        n = sum(row.key.split(".")[0] in changed for row in one.rendering.table.rows)
        assert ("not as randomised" in one.rendering.sentence) == (n > 0), one.state
        if n:
            assert re.search(rf"\b{n} [^.]*\*\*not as randomised", one.rendering.sentence), one.state


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        ("topol2011_asymptomatic_52w", "14 of 21; 5 of 22; 3 of 22"),
        ("topol2011_unaltered_52w", "21 of 21; 20 of 22; 13 of 22"),
    ],
)
def test_a_trial_read_alone_says_it_too_and_gives_the_randomised_counts_of_the_same_measure(outcome, counts):
    view = VIEW_BY_KEY["caveat_trial"]
    for suppose in (0, 50, 100):
        told = view.render(FROZEN, replace(view.default_state(FROZEN), trial=f"{outcome}.dextrose", suppose=suppose))
        assert "**not as randomised**. As randomised, at 3 months: " + counts in told.sentence
        assert "no longer as randomised" in told.listed[0].text


def test_the_article_s_1_year_claim_says_it_too():
    told = VIEW_BY_KEY["claim"].render(
        FROZEN, replace(VIEW_BY_KEY["claim"].default_state(FROZEN), claim="osgood_painfree")
    )
    assert "84%" in told.sentence
    assert "**no longer as randomised**" in told.sentence
    assert "As randomised, at 3 months" in told.chain[-1].text
    assert "14 of 21" in told.chain[-1].text
    assert "5 of 22" in told.chain[-1].text


@each_view
def test_no_text_has_a_hole_where_a_word_or_a_number_was_meant(key, whole):
    words = r"\bnan\b|\bNone\b(?! of)|\binf\b|\bFalse\b|\bTrue\b|[{}]|\(\)"
    holes = words + r"|(?<!\w)[-−]0(?:\.0+)?(?![\d.])|  |\.\.| [.,;:](?!\d)"
    assert hits(holes, [("", text) for text in whole(key)], flags=0) == []


@each_view
def test_no_text_has_a_computer_s_minus_before_a_number(key, whole):
    """A hyphen before a digit is a range or part of a word; a minus is a minus."""
    assert hits(r"(?:^|[\s(])-\d", [("", text) for text in whole(key)]) == []


@each_view
def test_every_statement_begins_with_a_capital_or_a_number_and_ends_with_a_stop(key, said):
    places = ("sentence", "alt", "how_to_read")
    whole_statement = r"^[\dA-Z“*].*[.?]”?$"
    assert [text for place, text in said(key, places) if not re.match(whole_statement, text, re.DOTALL)][:3] == []
    begun = [text for place, text in said(key, places) if re.search(r"[a-z)]\. [a-z]", text)]
    assert begun[:3] == []


@each_view
def test_one_thing_has_one_name(key, said):
    """The group that got an injection without the sugar is the control injection group, nothing else."""
    assert hits(r"placebo group|placebo arm|sham group|dummy group|control arm", said(key)) == []


@each_view
def test_strong_words_are_marked_in_pairs(key, shown):
    assert [one.state for one in shown(key) if one.rendering.sentence.count("**") % 2][:3] == []
    assert [one.state for one in shown(key) if "****" in one.rendering.sentence][:3] == []


@each_view
def test_one_is_one_and_more_are_more(key, said):
    """Neither "1 have", "1 of these are" and "2 is", nor "1 of the 1"."""
    plain = [(place, text.replace("**", "")) for place, text in said(key)]
    one = r"\b1 (?:of (?:these|them) )?(?:are|have|hold|lie|include|were)\b"
    many = r"\b(?:[02-9]|\d\d+) (?:of (?:these|them) )?(?:is|has|holds|lies|includes|was)\b"
    assert hits(one, plain) == []
    assert hits(many, plain) == []
    assert hits(r"\b[01] of (?:the )?1 ", plain) == []
