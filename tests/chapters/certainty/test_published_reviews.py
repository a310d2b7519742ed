"""What published reviews conclude: somebody who asks finds the newest, how sure it is, and our doubts."""

from prolo_dash.chapters.certainty.published_reviews.facts import ReviewsState, facts
from prolo_dash.chapters.certainty.published_reviews.view import VIEW, render
from prolo_dash.chapters.certainty.published_reviews.words import sentence
from prolo_dash.evidence.judged_records import ACROSS
from prolo_dash.evidence.library import library
from prolo_dash.kit.charts import Points


def of(condition):
    return facts(library(), ReviewsState(condition=condition))


def reviewed(condition):
    return next(one for one in of(condition).conditions if one.key == condition)


def every():
    return [(facts(library(), state), render(library(), state)) for state in VIEW.states(library())]


def test_somebody_finds_what_the_newest_review_of_plantar_fascia_says_and_how_sure_it_is():
    one = reviewed("plantar_fascia")
    assert {result.citation for result in one.newest} == {"Fong 2023"}
    assert {result.certainty for result in one.newest} == {"low", "moderate"}
    assert one.same_year == ("Chutumstid 2023", "Ahadi 2023")
    shown = render(library(), ReviewsState(condition="tendons"))
    (box,) = [box for box in shown.chain if box.title == "Heel pain (plantar fascia): newest review"]
    assert box.strong == "Fong 2023"
    assert "Less pain after dextrose than after saline (certainty low)." in box.text
    assert "Less pain after steroid than after dextrose (certainty moderate)." in box.text
    assert "Of the same year: Chutumstid 2023 and Ahadi 2023." in box.text
    (row,) = [row for row in shown.table.rows if row.key == "fong2023_pain.plantar_fascia"]
    assert row.cells[3].text == "WMD −41.72 (−62.36 to −21.08)"
    assert row.cells[4].text == "low (GRADE)"
    assert any("hard to believe" in listed.text for listed in shown.listed)
    assert shown.listed_open


def test_every_result_stands_under_each_of_its_conditions_newest_first(table):
    by_hand = {}
    for review in table("reviews"):
        for key in filter(None, review["conditions"].split(";")):
            by_hand.setdefault(key, []).append(review["review_id"])
    singles = {one.key: one for known, _ in every() for one in known.conditions}
    assert {key: sorted(r.review_id for r in one.results) for key, one in singles.items() if one.results} == {
        key: sorted(ids) for key, ids in by_hand.items()
    }
    for one in singles.values():
        years = [result.year or 0 for result in one.results]
        assert years == sorted(years, reverse=True)


def test_own_trials_and_what_they_report_stand_beside_the_reviews(table):
    own = [s for s in table("studies") if s["condition"] == "low_back_pain" and s["design"] != "survey"]
    one = reviewed("low_back_pain")
    assert one.trials == len(own)
    assert sorted(one.stated) == ["favours_intervention"] * 2 + ["no_difference"] * 2
    boxes = {box.title: box for box in render(library(), ReviewsState(condition="low_back")).chain}
    said = "Our own data: 5 trials; 4 report a result against a control injection: 2 better than the control injection"
    assert said in boxes["Low back pain: newest review"].text


def test_the_sentence_counts_reviews_results_and_findings():
    for known, _ in every():
        if not known.results:
            assert sentence(known).startswith("We saw no published review on this: ")
            continue
        n = len(known.results)
        assert f"we saw {len(known.reviews)} published review" in sentence(known)
        assert f" with {n} result{'s' if n > 1 else ''}." in sentence(known)
        assert all(name in sentence(known) for name in known.graded)
        for finding, words in {"mixed": "mixed", "no_difference": "with no clear difference"}.items():
            assert (f"**{known.number(finding)}** {words}" in sentence(known)) == bool(known.number(finding))


def test_every_review_is_told_with_its_figures_and_its_doubts(table):
    shown = [rendering for _, rendering in every()]
    rows = {row.key.split(".")[0]: row for one in shown for row in one.table.rows}
    outside = " ".join(box.text for one in shown for box in one.listed)
    for review in table("reviews"):
        if not review["conditions"]:
            assert review["conclusion"] in outside
            assert review["printed"] in outside
            continue
        told = rows[review["review_id"]]
        text = " ".join(part for cell in told.cells for part in (cell.text, cell.note))
        assert review["conclusion"] in text
        assert review["printed"].replace("-", "−") in text.replace("-", "−")
        assert review["doubt"] == "" or review["doubt"] in told.flags


def test_pooled_values_are_turned_so_that_right_is_better(table):
    smds = {r["review_id"]: r for r in table("reviews") if r["measure"] == "smd" and r["conditions"]}
    met = set()
    for known, rendering in every():
        drawn = [
            (point.key.split(".")[0], point.estimate.value)
            for panel in rendering.chart.panels
            for marks in panel.marks
            if isinstance(marks, Points)
            for point in marks.marks
        ]
        assert len(drawn) == known.pooled
        for key, value in drawn:
            met.add(key)
            assert value == float(smds[key]["estimate"]) * int(smds[key]["sign"])
            better = {"favours_intervention": value > 0, "favours_comparator": value < 0}
            assert better.get(smds[key]["finding"], True)
    assert met == set(smds)


def test_reviews_on_the_jaw_are_counted_and_not_drawn(table):
    outside = {r["review_id"] for r in table("reviews") if not r["conditions"]}
    for known, rendering in every():
        assert {review.review_id for review in known.uncovered} == outside
        assert f"{len(outside)} reviews on what the article does not speak of" in rendering.how_to_read[-1]
        assert not {row.key.split(".")[0] for row in rendering.table.rows} & outside
    listed = {box.strong for box in render(library(), ReviewsState(condition=ACROSS)).listed}
    assert "jaw joint" in listed
