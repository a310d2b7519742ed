"""The measures of a reader's own trial that a class knows by name, each in a box where it is defined."""

from collections.abc import Iterator

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.significance import significance_test
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit.contextual_share import share_percent, why_no_interval
from prolo_dash.kit.scales import STANDARD
from prolo_dash.kit.significance import TEST, contradiction
from prolo_dash.kit.view import Box
from prolo_dash.kit.wording import interval, p_words
from prolo_dash.stats.effects import Estimate, number_needed


def measures(topic: Topic, comparison: Comparison) -> tuple[Box, ...]:
    """The contextual share, the number needed or Hedges g, and the p-value."""
    return tuple(_measures(topic, comparison))


def _measures(topic: Topic, comparison: Comparison) -> Iterator[Box]:
    control, split = comparison.control, comparison.split
    assert control is not None
    if split is not None:
        yield _share(topic, comparison)
    if split is not None and comparison.is_share:
        yield _number_needed(split.added_by_intervention)
    elif g := comparison.standardised(control):
        yield Box("Hedges g", interval(g, STANDARD.digits), "The difference in standard deviations.")
    if test := significance_test(comparison, control):
        p = p_words(test.p).removeprefix("p ").removeprefix("= ")
        yield Box("p-value", p, f"{TEST[test.test]}. {contradiction(comparison, test)}".strip())


def _share(topic: Topic, comparison: Comparison) -> Box:
    share = comparison.share
    if share is None:
        gone = "got worse" if (comparison.intervention.gain or 0.0) < 0 else "gained nothing"
        said = f"The {topic.intervention} group {gone}, so there is no whole to share."
        return Box("Contextual share", "undefined", said)
    why = why_no_interval(comparison)
    meaning = f"The control gain as a share of the gain after {topic.intervention}."
    return Box("Contextual share", share_percent(share), f"{meaning} {why}".strip())


def _number_needed(difference: Estimate) -> Box:
    needed = number_needed(difference)
    return Box(
        "Number needed to treat",
        needed.text if needed else "undefined",
        "NNTB: for one more better, NNTH: for one fewer. Limits are rounded outwards.",
    )
