"""The finding sentence of a state counts and spans what its table has."""

import re

INTERVAL = re.compile(r"−?[\d.]+ \(−?[\d.]+ to −?[\d.]+\)")
STRONG = re.compile(r"\*\*(.+?)\*\*")


def cell(rendering, row, column):
    return row.cells[rendering.table.columns.index(column)].text


def first(rendering, column, numbers):
    """The first number of each row's cell in a column, where it has one."""
    cells = [cell(rendering, row, column) for row in rendering.table.rows]
    return [numbers(text)[0][0] for text in cells if numbers(text)]


def spoken(values):
    """``a`` or ``a to b``, as whole numbers."""
    low, high = (f"{value:.0f}".replace("-", "−") for value in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"


def strong(sentence):
    """The strong words of a sentence that are figures."""
    return [part for part in STRONG.findall(sentence) if re.match(r"[\d−]", part)]


def control_gain(rendering, row, arms):
    """What the column of the other groups has for the control injection; None where not reported."""
    (control,) = arms(row.key, "injection_control") or [None]
    if control is None:
        return None
    found = re.search(re.escape(control["label"]) + r": (−?[\d.]+)", cell(rendering, row, "Other groups"))
    return float(found[1].replace("−", "-")) if found else None


def test_the_gain_sentence_counts_and_spans_what_the_table_has(shown, table, numbers):
    study_of = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    for one in (one for one in shown("gain") if one.state.show == "gain" and one.rendering.table.rows):
        r = one.rendering
        said = strong(r.sentence)
        gains = first(r, "After prolotherapy", numbers)
        alone = {
            study_of[row.key.split(".")[0]]
            for row in r.table.rows
            if cell(r, row, "Other groups") == "no comparison group"
        }
        if one.state.outcome == "better":
            studies = len({study_of[row.key.split(".")[0]] for row in r.table.rows})
            assert re.match(rf"In {studies} (study|studies), ", r.sentence), one.state
            expected = [spoken(gains)]
        else:
            assert f"of {len(r.table.rows)} prolotherapy group" in r.sentence
            expected = [str(sum(value > 0 for value in gains))]
        assert said == expected + ([str(len(alone))] if alone else []), one.state


def test_the_groups_sentence_counts_and_spans_what_the_table_has(shown, arms, numbers):
    for one in (one for one in shown("gain") if one.state.show == "groups" and one.rendering.table.rows):
        r = one.rendering
        both = [
            (numbers(cell(r, row, "After prolotherapy"))[0][0], control)
            for row in r.table.rows
            if (control := control_gain(r, row, arms)) is not None
        ]
        assert re.match(rf"{len(r.table.rows)} comparisons? of ", r.sentence)
        if not both:
            assert strong(r.sentence) == []
        elif one.state.outcome == "better":
            assert f"In the {len(both)} with figures" in r.sentence
            assert strong(r.sentence) == [spoken([p for p, _ in both]), spoken([c for _, c in both])], one.state
        else:
            gained, ahead = sum(c > 0 for _, c in both), sum(p > c for p, c in both)
            assert f"In the {len(both)} with figures" in r.sentence, one.state
            assert strong(r.sentence) == [str(gained), str(ahead)], one.state


def test_the_difference_sentence_counts_what_the_table_has(shown):
    for one in (one for one in shown("gain") if one.state.show == "difference" and one.rendering.table.rows):
        r = one.rendering
        cells = [cell(r, row, "Difference") for row in r.table.rows]
        found = [INTERVAL.findall(text) for text in cells]
        intervals = [[float(n.replace("−", "-")) for n in re.findall(r"−?[\d.]+", i)] for own in found for i in own]
        total = sum(len(re.findall(r" against ", text)) for text in cells)
        assert re.match(rf"{total} differences? shown", r.sentence), one.state
        if intervals:
            better = sum(low > 0 for _, low, _ in intervals)
            worse = sum(high < 0 for *_, high in intervals)
            counts = [len(intervals), better, worse, len(intervals) - better - worse]
            assert strong(r.sentence) == [str(n) for n in counts], one.state


def test_the_caveat_sentence_spans_the_shares_the_table_has(shown, numbers):
    column = "Control gain as share of the whole"
    for one in (one for one in shown("caveat") if one.state.show == "split" and one.rendering.table.rows):
        r = one.rendering
        followed = len(first(r, "After no injection", numbers))
        shares = first(r, column, numbers)
        if one.state.outcome == "better":
            expected = [spoken(shares)]
        else:
            part = spoken([share for share in shares if share < 100]) if min(shares, default=100) < 100 else ""
            expected = [f"between {part.replace(' to ', '% and ')}%" if " to " in part else f"{part}%"] if part else []
        said = [p for p in STRONG.findall(r.sentence) if re.search(r"\d", p)]
        assert said == expected + ([str(followed)] if followed else []), one.state


def test_the_comparisons_a_caveat_sentence_speaks_of_add_up_to_the_rows(shown, numbers):
    for one in (one for one in shown("caveat") if one.rendering.table.rows):
        sentence = one.rendering.sentence.replace("the one comparison", "the 1 comparison").replace("**", "")
        lead = re.search(r"(\d+) comparisons?", sentence)
        more = re.search(r"In (\d+) more ", sentence)
        assert lead, one.state
        rows = len(one.rendering.table.rows)
        assert int(lead[1]) + (int(more[1]) if more else 0) == rows, sentence


def test_the_reported_and_the_left_sentence_span_what_the_table_has(shown, numbers):
    for show, column in (("reported", "After prolotherapy"), ("left", "Added by prolotherapy")):
        for one in (one for one in shown("caveat") if one.state.show == show and one.rendering.table.rows):
            values = first(one.rendering, column, numbers)
            counted = one.state.outcome == "better"
            expected = spoken(values) if counted else str(sum(value > 0 for value in values))
            assert strong(one.rendering.sentence) == [expected], one.state


def test_the_share_sentence_spans_the_shares_of_the_trials_drawn(shown, table, numbers):
    outcomes = {o["outcome_id"] for o in table("outcomes")}
    for one in shown("caveat_share"):
        r = one.rendering
        rows = [row for row in r.table.rows if row.key.split(".")[0] in outcomes]
        shares = [numbers(cell(r, row, "Share or effect"))[0][0] for row in rows]
        said = strong(r.sentence)
        assert said[-2:] == ["75%", "54%"]  # Zou 2016, osteoarthritis; Hafliðadóttir 2021, many conditions
        text = spoken(shares).replace(" to ", "% to ") + "%" if shares else ""
        assert said[:-2] == ([text] if shares else []), one.state


def test_the_trial_sentence_says_the_gain_its_parts_and_the_control_group_of_the_table(shown, arms, gain, numbers):
    for one in shown("caveat_trial"):
        outcome = one.state.trial.split(".")[0]
        (prolo,) = arms(one.state.trial, "prolotherapy")
        whole = gain(outcome, prolo["arm_id"])
        said = [numbers(part)[0] for part in strong(one.rendering.sentence)]
        (total, _), (percent, _), (anyway, digits), (left, _) = said[:4]
        assert percent == one.state.suppose
        for value, written in ((whole, total), (whole * percent / 100, anyway), (whole * (100 - percent) / 100, left)):
            assert abs(value - written) <= 0.5 * 10**-digits + 1e-9, one.state
        controls = [gain(outcome, arm["arm_id"]) for arm in arms(one.state.trial, "injection_control")]
        seen = [value for value in controls if value is not None]
        assert len(said[4:]) == len(seen)
        assert all(
            abs(value - written) <= 0.5 * 10**-digits + 1e-9 for value, (written, _) in zip(seen, said[4:], strict=True)
        )
