"""The chart of published reviews: what each found, from worse to better, and pooled values that share a scale."""

from prolo_dash.chapters.certainty.published_reviews.facts import SMD
from prolo_dash.chapters.certainty.published_reviews.words import name_of, true_signs
from prolo_dash.evidence.judged_records import Review
from prolo_dash.evidence.reviews import ReviewedCondition
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit.charts import ChartRow, Panel, named_places, points, stack, symbols
from prolo_dash.kit.review_words import finding_words
from prolo_dash.kit.view import Chart
from prolo_dash.kit.wording import capitalised, count
from prolo_dash.stats.effects import Estimate

_PLACE = {
    "favours_comparator": 0.0,
    "no_difference": 1.0,
    "mixed": 2.0,
    "favours_intervention": 3.0,
    "not_stated": 4.0,
}
_PLACES = {
    0.0: "worse",
    1.0: "no clear<br>difference",
    2.0: "mixed",
    3.0: "better",
    4.0: "not<br>told",
}
_SHORT = _PLACES | {1.0: "not<br>clear"}


def chart(topic: Topic, found: list[ReviewedCondition]) -> Chart:
    """A panel for each condition, and one for the pooled values that are standardised differences."""
    panels = [_panel(topic, one) for one in found]
    pooled = [(one.row_key(result), result) for one in found for result in one.results if result.measure == SMD]
    if pooled:
        panels.append(_pooled(topic, pooled))
    return named_places(stack(tuple(panels), bar=22), [_PLACES] * len(found), [_SHORT] * len(found))


def _panel(topic: Topic, one: ReviewedCondition) -> Panel:
    own = one.results
    marks = symbols(
        list(range(len(own))),
        [_PLACE[result.finding] for result in own],
        ["circle" if result.certainty else "circle-open" for result in own],
        [finding_words(topic, result.finding) for result in own],
        size=15,
        ids=[one.row_key(result) for result in own],
        text=[result.certainty or "" for result in own],
        rim=2,
    )
    return Panel(name_of(one), "", (-0.5, 4.7), tuple(map(_label, own)), (marks,))


def _label(review: Review) -> ChartRow:
    size = [count(review.n_trials, "trial")] if review.n_trials else []
    people = [f"{review.n_people} people"] if review.n_people else []
    detail = ", ".join([review.compared, *size, *people])
    return ChartRow(capitalised(review.citation), detail, "with a doubt, told below" if review.doubt else "")


def _pooled(topic: Topic, pooled: list[tuple[str, Review]]) -> Panel:
    """Pooled values with their intervals, by the keys of their rows."""
    estimates = [_turned(review) for _, review in pooled]
    ends = [limit for e in estimates for limit in (e.low, e.high) if limit is not None]
    span = (min(-0.5, *ends) - 0.2, max(0.5, *ends) + 0.2)
    printed = [true_signs(review.printed or "") for _, review in pooled]
    rows = list(range(len(pooled)))
    shapes, ids = ["circle"] * len(pooled), [key for key, _ in pooled]
    marks = points(rows, estimates, shapes, "ink", printed, [0.0] * len(pooled), ids=ids)
    labels = tuple(_pooled_label(review, text) for (_, review), text in zip(pooled, printed, strict=True))
    title = f"standard deviations; right of 0 is better after {topic.intervention}"
    return Panel("Pooled values on one scale", title, span, labels, (marks,))


def _pooled_label(review: Review, printed: str) -> ChartRow:
    """What was compared, and the value as printed, with what the drawing turned."""
    turned = ". There, lower is better" if review.sign == -1 else ""
    return ChartRow(f"{capitalised(review.citation)}: {review.compared}", f"{printed}{turned}")


def _turned(review: Review) -> Estimate:
    """The pooled value with higher as better."""
    assert review.estimate is not None
    return Estimate(review.estimate, review.ci_low, review.ci_high).scaled(float(review.sign or 1))
