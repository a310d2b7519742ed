"""The finding sentence of a state counts and spans what its table has.

Figures are compared, not words: the strong figures of a sentence in their order, and its plain counts.
"""

import re

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library

NUMBER = re.compile(r"−?\d+(?:\.\d+)?")
INTERVAL = re.compile(r"−?[\d.]+ \(−?[\d.]+ to −?[\d.]+\)")
STRONG = re.compile(r"\*\*(.+?)\*\*")
AVERAGES = ("oa_prr2019_pain", "zou2016_overall_pain", "haflidadottir2021_overall")
SHARE = "Control gain as share of the whole"
LEFT = "Further gain after prolotherapy"


def read(number):
    return float(number.replace("−", "-"))


def strong(sentence):
    """The figures in a sentence's strong words."""
    return [read(n) for part in STRONG.findall(sentence) for n in NUMBER.findall(part)]


def counted(sentence, noun):
    """The number before a noun, ``one`` and strong numbers included; None where there is none."""
    found = re.search(rf"(\d+|\bone) (?:{noun})", sentence.replace("**", ""), re.IGNORECASE)
    return None if found is None else 1 if found[1].lower() == "one" else int(found[1])


def cell(rendering, row, column):
    return row.cells[rendering.table.columns.index(column)].text


def first(rendering, column):
    """The first number of each row's cell in a column, where it has one."""
    cells = [cell(rendering, row, column) for row in rendering.table.rows]
    return [read(found[0]) for text in cells if (found := NUMBER.search(text))]


def span(values):
    """The lowest and the highest value; once if both are the same."""
    return sorted({min(values), max(values)}) if values else []


def drawn(shown, key, show):
    """States with a table, each with what it shows."""
    return [(one.state, one.rendering) for one in shown(key) if one.state.show == show and one.rendering.table.rows]


@pytest.fixture(scope="session")
def studies(table):
    """The studies of a table's rows."""
    study_of = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    return lambda rows: {study_of[row.key.split(".")[0]] for row in rows}


@pytest.fixture(scope="session")
def control_gain(arms):
    """What the column of the other groups has for the control injection; None where not reported."""

    def found(rendering, row):
        for control in arms(row.key, "control"):
            label = re.escape(control["label"])
            if match := re.search(rf"{label}: ({NUMBER.pattern})", cell(rendering, row, "Other groups")):
                return read(match[1])
        return None

    return found


# The gain.


def test_only_prolotherapy_the_sentence_spans_the_gains_and_counts_the_studies(shown, studies):
    for state, r in drawn(shown, "gain", "gain"):
        gains = first(r, "After prolotherapy")
        alone = studies(row for row in r.table.rows if cell(r, row, "Other groups") == "no comparison group")
        if state.outcome == "better":
            assert counted(r.sentence, "stud") == len(studies(r.table.rows)), state
            expected = span(gains)
        else:
            assert counted(r.sentence, "prolotherapy group") == len(r.table.rows), state
            expected = [sum(gain > 0 for gain in gains)]
        if "the one prolotherapy group" in r.sentence:
            assert ("not better" in r.sentence) == (expected == [0]), state
            expected = []
        assert strong(r.sentence) == expected + ([len(alone)] if alone else []), state


def test_all_groups_the_sentence_sets_prolotherapy_beside_the_control_injection(shown, control_gain):
    for state, r in drawn(shown, "gain", "groups"):
        pairs = [(first(r, "After prolotherapy")[i], control_gain(r, row)) for i, row in enumerate(r.table.rows)]
        both = [(prolo, control) for prolo, control in pairs if control is not None]
        assert counted(r.sentence, "row") == len(r.table.rows), state
        if not both:
            assert strong(r.sentence) == [], state
        elif state.outcome == "better":
            assert counted(r.sentence, "with figures") == len(both), state
            assert strong(r.sentence) == span([p for p, _ in both]) + span([c for _, c in both]), state
        else:
            gained, ahead = sum(c > 0 for _, c in both), sum(p > c for p, c in both)
            assert strong(r.sentence) == [gained, ahead], state


def test_differences_the_sentence_counts_intervals_by_side(shown, studies):
    for state, r in drawn(shown, "gain", "difference"):
        cells = [cell(r, row, "Difference") for row in r.table.rows]
        intervals = [[read(n) for n in NUMBER.findall(i)] for text in cells for i in INTERVAL.findall(text)]
        assert counted(r.sentence, "difference") == sum(text.count(" against ") for text in cells), state
        assert counted(r.sentence, "stud") in (None, len(studies(r.table.rows))), state
        if intervals:
            better = sum(low > 0 for _, low, _ in intervals)
            worse = sum(high < 0 for *_, high in intervals)
            assert strong(r.sentence) == [len(intervals), better, worse, len(intervals) - better - worse], state


# The caveat.


def test_the_split_sentence_spans_the_shares_and_counts_who_followed_no_injection(shown):
    for state, r in drawn(shown, "caveat", "split"):
        shares = first(r, SHARE)
        told = shares if state.outcome == "better" else [share for share in shares if share < 100]
        followed = len(first(r, "After no injection"))
        assert strong(r.sentence) == span(told) + ([followed] if followed else []), state


def test_the_comparisons_that_the_split_sentence_speaks_of_add_up_to_the_rows(shown):
    for state, r in drawn(shown, "caveat", "split"):
        assert counted(r.sentence, "comparison") == len(r.table.rows), state
        others = counted(r.sentence, "more the control|others? the control")
        if others:
            below = counted(r.sentence, "control injection groups") or 1
            assert below + others == len(r.table.rows), r.sentence


def test_the_reported_and_the_left_sentence_span_the_gains_and_what_is_left(shown):
    for show, column in (("reported", "After prolotherapy"), ("left", LEFT)):
        for state, r in drawn(shown, "caveat", show):
            values = first(r, column)
            expected = span(values) if state.outcome == "better" else [sum(value > 0 for value in values)]
            assert strong(r.sentence) == expected, state
            assert counted(r.sentence, "comparison") == len(r.table.rows), state


def test_the_left_sentence_counts_the_intervals_that_leave_out_no_difference(shown):
    for state, r in drawn(shown, "caveat", "left"):
        cells = [cell(r, row, LEFT) for row in r.table.rows]
        intervals = [[read(n) for n in NUMBER.findall(i[0])] for text in cells if (i := INTERVAL.search(text))]
        if intervals:
            clear = sum(low > 0 or high < 0 for _, low, high in intervals)
            assert f"computed for {len(intervals)}" in r.sentence, state
            assert re.search(rf"\b{clear} of (?:these|them)|in {clear}\b", r.sentence), state


# The share.


def test_the_share_sentence_spans_the_shares_of_the_trials_drawn(shown, table):
    """Averages of placebo research: the lowest and the highest in osteoarthritis, and one over many conditions."""
    estimate = {b["benchmark_id"]: float(b["estimate"]) for b in table("benchmarks") if b["benchmark_id"] in AVERAGES}
    averages = [round(100 * estimate[average]) for average in AVERAGES]
    outcomes = {o["outcome_id"] for o in table("outcomes")}
    for one in shown("caveat_share"):
        r = one.rendering
        rows = [row for row in r.table.rows if row.key.split(".")[0] in outcomes]
        shares = [read(NUMBER.search(cell(r, row, "Share or effect"))[0]) for row in rows]
        below = [share for share in shares if share < 100]
        said = strong(r.sentence)
        assert said == [*span(below), *averages], one.state
        if below:
            assert counted(r.sentence, "comparison") == len(below), one.state
        if len(shares) > len(below):
            assert f"In {len(shares) - len(below)} it gained as much" in r.sentence, one.state


# One trial.


def test_the_trial_sentence_says_the_gain_its_parts_and_the_control_group_s_gain(shown, arms, gain, numbers):
    for one in shown("caveat_trial"):
        outcome = one.state.trial.split(".")[0]
        (prolo,) = arms(one.state.trial, "intervention")
        whole, percent = gain(outcome, prolo["arm_id"]), one.state.suppose
        controls = [gain(outcome, arm["arm_id"]) for arm in arms(one.state.trial, "control")]
        parts = [percent, whole * percent / 100, whole * (100 - percent) / 100] if whole > 0 else []
        expected = [whole, *parts, *(value for value in controls if value is not None)]
        said = [n for part in STRONG.findall(one.rendering.sentence) for n in numbers(part)]
        assert len(said) == len(expected), one.state
        for value, (written, digits) in zip(expected, said, strict=True):
            assert abs(value - written) <= 0.5 * 10**-digits + 1e-9, one.state


# What every sentence over trials says at its end.


@pytest.mark.parametrize("key", ["gain", "caveat"])
def test_conditions_without_any_count_are_named_and_no_others(key, shown, table):
    condition = {s["study_id"]: s["condition"] for s in table("studies")}
    study = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    control = VIEW_BY_KEY[key].controls(library())["conditions"]
    options = {o.value: o.label for o in (*control.options, *control.alone)}
    group_of = {row["condition_id"]: row["group_id"] for row in table("conditions")}
    for one in (one for one in shown(key) if one.state.outcome == "better" and one.rendering.table.rows):
        rows = [condition[study[row.key.split(".")[0]]] for row in one.rendering.table.rows]
        seen = {key for name in rows for key in (name, group_of[name])}
        missing = {label for value, label in options.items() if value in set(one.state.conditions) - seen}
        compared = key == "caveat" or one.state.show == "difference"
        start = f"No such {'pairs of counts' if compared else 'counts'} were seen for "
        tail = one.rendering.sentence.partition(start)[2]
        assert {label for label in options.values() if label in tail} == missing, one.state


@pytest.mark.parametrize("key", ["gain", "caveat", "caveat_share"])
def test_studies_that_were_never_randomised_are_counted(key, shown, table):
    never = {f["study_id"] for f in table("flags") if f["kind"] == "not_randomised"}
    study = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    for one in shown(key):
        n = sum(study.get(row.key.split(".")[0]) in never for row in one.rendering.table.rows)
        said = re.search(r"(\d+) rows? (?:is|are) of studies that were never randomised", one.rendering.sentence)
        assert (int(said[1]) if said else 0) == n, one.state
