"""The chart of published reviews: what each found, from worse to better, and pooled values that share a scale."""

import re
from dataclasses import dataclass, replace
from typing import Any

from prolo_dash.evidence.judged_records import Review
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import ChartRow, Panel, named_places, points, stack
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import Chart
from prolo_dash.kit.wording import MINUS, count
from prolo_dash.stats.effects import Estimate

_PLACE = {
    "favours_comparator": 0.0,
    "no_difference": 1.0,
    "mixed": 2.0,
    "favours_intervention": 3.0,
    "not_stated": 4.0,
}
WORDS = {
    "favours_comparator": "worse after prolotherapy",
    "no_difference": "no clear difference",
    "mixed": "not the same for all results",
    "favours_intervention": "better after prolotherapy",
    "not_stated": "no clear statement seen",
}
_PLACES = {
    0.0: "worse",
    1.0: "no clear<br>difference",
    2.0: "mixed",
    3.0: "better",
    4.0: "not<br>told",
}
_SHORT = _PLACES | {1.0: "not<br>clear"}
SMD = "smd"  # the only pooled values that share a scale


@dataclass(frozen=True)
class Told:
    """One result of a review under one of the conditions that it is about."""

    condition: str
    review: Review

    @property
    def key(self) -> str:
        """A name that no other row has: a review of two conditions stands there twice."""
        return f"{self.review.review_id}.{self.condition}"


def name_of(library: Library, condition: str) -> str:
    """A condition in plain words."""
    return library.conditions[condition].label if condition in library.conditions else "Across conditions"


def upper(text: str) -> str:
    """The text with a capital letter first."""
    return text[0].upper() + text[1:]


def lower(text: str) -> str:
    """The text with a small letter first, unless it begins with a name in capitals."""
    return text if text[1:2].isupper() else text[0].lower() + text[1:]


def figure(library: Library, found: dict[str, list[Told]]) -> Chart:
    """A panel for each condition, and one for the pooled values that are standardised differences."""
    panels = [_panel(name_of(library, key), own) for key, own in found.items()]
    places: list[dict[float, str]] = [_PLACES] * len(panels)
    pooled = [one for own in found.values() for one in own if one.review.measure == SMD]
    if pooled:
        panels.append(_pooled(pooled))
    drawn = named_places(stack(tuple(panels), bar=22), tuple(places))
    return replace(drawn, narrow=_shortened(drawn.narrow, places))


def _shortened(layout: dict[str, Any], places: list[dict[float, str]]) -> dict[str, Any]:
    """Shorter words at the places, so that they have room on a phone."""
    axes = [f"xaxis{'' if i == 0 else i + 1}" for i in range(len(places))]
    return layout | {axis: layout[axis] | {"ticktext": list(_SHORT.values())} for axis in axes}


def _panel(title: str, own: list[Told]) -> Panel:
    marks = {
        "type": "scatter",
        "mode": "markers+text",
        "y": list(range(len(own))),
        "offsets": [0.0] * len(own),
        "x": [_PLACE[one.review.finding] for one in own],
        "ids": [one.key for one in own],
        "text": [f"\u2002{one.review.certainty}" if one.review.certainty else "" for one in own],
        "textfont": {"size": 14, "color": LIGHT["ink"]},
        "hovertext": [WORDS[one.review.finding] for one in own],
        "marker": {
            "symbol": ["circle" if one.review.certainty else "circle-open" for one in own],
            "size": 15,
            "color": LIGHT["ink"],
            "line": {"width": 2, "color": LIGHT["ink"]},
        },
    }
    return Panel(title, "", (-0.5, 4.7), tuple(_label(one.review) for one in own), (marks,))


def _label(review: Review) -> ChartRow:
    size = [count(review.n_trials, "trial")] if review.n_trials else []
    people = [f"{review.n_people} people"] if review.n_people else []
    detail = ", ".join([review.compared, *size, *people])
    return ChartRow(upper(review.citation), detail, "with a doubt, told below" if review.doubt else "")


def _pooled(pooled: list[Told]) -> Panel:
    estimates = [_turned(one.review) for one in pooled]
    ends = [limit for e in estimates for limit in (e.low, e.high) if limit is not None]
    span = (min(-0.5, *ends) - 0.2, max(0.5, *ends) + 0.2)
    marks = points(
        list(range(len(pooled))),
        estimates,
        ["circle"] * len(pooled),
        "ink",
        [signs(one.review.printed or "") for one in pooled],
        [0.0] * len(pooled),
    ) | {"ids": [one.key for one in pooled]}
    labels = tuple(ChartRow(upper(one.review.citation), signs(one.review.printed or "")) for one in pooled)
    title = "standard deviations; right of 0 is better after prolotherapy"
    return Panel("Pooled values on one scale", title, span, labels, (marks,))


def _turned(review: Review) -> Estimate:
    """The pooled value with higher as better."""
    assert review.estimate is not None
    return Estimate(review.estimate, review.ci_low, review.ci_high).scaled(float(review.sign or 1))


def signs(printed: str) -> str:
    """Printed figures with true minus signs."""
    return re.sub(r"(?<![\w.])-(?=[\d.])", MINUS, printed)
