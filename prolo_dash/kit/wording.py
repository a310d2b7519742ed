"""Numbers in words. These rules hold here: counts before shares, intervals with estimates, no causes."""

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from prolo_dash.evidence.comparison import ArmFigure, Comparison, Completeness, combined_n
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.records import Flag
from prolo_dash.stats.effects import Estimate
from prolo_dash.stats.robustness import SIGNIFICANT

MINUS = "−"
_NOISE = 1e-9  # rounding noise around zero
NOT_REPORTED = "not reported where we looked"

COMPLETENESS = {
    Completeness.COMPLETE: "counts, or means with spread and group size",
    Completeness.ARM_FIGURES: "figures of each group, no interval can be computed",
    Completeness.DIFFERENCE: "only the difference between groups",
    Completeness.DIRECTION: "only which group did better",
    Completeness.NOT_SEEN: "no figures seen",
    Completeness.NO_COMPARATOR: "no comparison group",
}

FLAG_LABEL = {
    "not_as_randomised": "groups not as randomised",
    "not_randomised": "not randomised",
    "randomisation_unclear": "randomised? unclear",
    "uncontrolled": "no comparison group",
    "co_intervention_differed": "other care differed too",
    "not_plain_dextrose": "not plain sugar solution",
    "inconsistent_interval": "printed figures do not fit together",
    "doubtful_spread": "printed spread in doubt",
    "assignment_inferred": "which group is which is inferred",
    "arms_swapped": "groups had swapped",
    "doubtful_figure": "a figure is hard to explain",
    "arm_size_not_seen": "group sizes not seen",
    "spread_not_reported": "spread not reported",
    "gain_spread_not_reported": "spread of gains not reported",
    "harms_disagree": "reports of harm disagree",
    "open_label": "not blinded",
    "active_control": "control may not be inert",
    "sources_disagree": "sources disagree",
    "direction_unclear": "direction unclear",
    "n_as_randomised": "group sizes as at the start",
    "completers_only": "drop-outs left out",
    "rounded_figure": "figure rounded in print",
    "adjusted": "figures adjusted",
    "secondary_source": "read in a second source",
    "different_injections": "unequal number of injections",
    "outcome_not_validated": "scale not validated",
    "time_not_stated": "time not stated",
    "double_counting": "same people counted twice",
    "partial_report": "figures seen only in part",
    "count_derived": "count worked out from a percentage",
    "units_not_people": "counts joints, not people",
    "combined_outcomes": "several outcomes in one",
    "joint_p_value": "p value covers all groups",
    "co_intervention": "other care in all groups",
    "time_varies": "follow-up time varied",
    "no_denominator": "no denominator",
}


_GRAVE = tuple(FLAG_LABEL)[: list(FLAG_LABEL).index("gain_spread_not_reported") + 1]


@lru_cache(maxsize=16384)
def number(value: float, digits: int = 0) -> str:
    """A number with a true minus sign, trailing zeros kept; halves go away from zero, a rounded zero has no sign."""
    # Nine decimals first, so that 100 x 0.525 counts as the half it is.
    exact = Decimal(f"{value:.9f}")
    rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:f}".replace("-", MINUS)


def signed(value: float, digits: int = 0) -> str:
    """A number with its sign, + or −; zero alone has none."""
    text = told_apart(value, digits)
    return text if text.startswith(MINUS) or float(text) == 0 else f"+{text}"


def per_hundred(share: float) -> str:
    """A share as a count of 100."""
    return number(100 * share)


def interval(estimate: Estimate, digits: int = 0, factor: float = 1, marks: tuple[float, ...] = (0,)) -> str:
    """``4 (1 to 7)``, or the value alone.

    What is near one of ``marks``, as the value of no difference, keeps the decimals that tell it from there. The ends
    keep those that tell them from each other.
    """
    if estimate.low is None or estimate.high is None:
        return told_apart(factor * estimate.value, digits, *marks)
    low, high = factor * estimate.low, factor * estimate.high
    digits = digits_apart(low, high, digits)
    value, first, last = (told_apart(part, digits, *marks) for part in (factor * estimate.value, low, high))
    return f"{value} ({first} to {last})"


def digits_apart(low: float, high: float, digits: int) -> int:
    """The decimals, at least ``digits``, that tell one number from another."""
    if abs(high - low) < _NOISE or number(low, digits) != number(high, digits):
        return digits
    return max(digits, -math.floor(math.log10(abs(high - low))))


def told_apart(value: float, digits: int, *marks: float) -> str:
    """A number, with more decimals where it would be rounded to one of ``marks``, or else 0, without being that."""
    return number(value, max(digits_apart(value, mark, digits) for mark in marks or (0,)))


def plural(comparison: Comparison) -> str:
    """What a comparison counts: ``people``, ``knees``."""
    return "people" if comparison.study.unit == "person" else f"{comparison.study.unit}s"


def counted_in(comparisons: Iterable[Comparison]) -> str:
    """All that comparisons count: ``people``, ``knees``, ``people or knees``."""
    units = {plural(comparison) for comparison in comparisons}
    return listing(sorted(units, key=lambda unit: (unit != "people", unit)), "or")


def p_words(p: float) -> str:
    """``p = 0.06``; a p-value is never rounded to the 0.05 that it is measured by."""
    if p < 0.001:
        return "p below 0.001"
    digits = 2 if p >= 0.1 else 3
    while p != SIGNIFICANT and float(number(p, digits)) == SIGNIFICANT and digits < 9:
        digits += 1
    return f"p = {number(p, digits)}"


def capitalised(text: str) -> str:
    """The text for the start of a sentence; only its first letter changes."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """The text for the middle of a sentence; only its first letter changes."""
    return text[:1].lower() + text[1:]


def listing(items: Iterable[str], joint: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


def count(n: int, one: str, many: str = "") -> str:
    """``1 trial``, ``2 trials``."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def verb(n: int, one: str, many: str) -> str:
    """The form of a verb that fits a number."""
    return one if n == 1 else many


NOTHING_CHOSEN = "No condition is chosen. Choose at least one to see its trials."


def none_of(n: int, does: str) -> str:
    """That none of the chosen trials does something; ``does``: what, after "reports"."""
    who = f"None of the {n} trials chosen here reports" if n > 1 else "The one trial chosen here does not report"
    listed = "What is known of each is listed below." if n > 1 else "What is known of it is listed below."
    return f"{who} {does} in the pages we saw. {listed}"


def weeks_words(weeks: int | None) -> str:
    """A follow-up time in the words people use."""
    if weeks is None:
        return "time not stated"
    if weeks < 10:
        return count(weeks, "week")
    if weeks in (52, 51):
        return "1 year"
    months = round(weeks * 12 / 52)
    if months % 12 == 0:
        return count(months // 12, "year")
    return f"{months} months" if months < 24 else f"{number(weeks / 52, 1)} years"


def printed(figure: ArmFigure) -> str:
    """An arm's figure as the paper prints it, sign and all."""
    r = figure.result
    if r.events is not None and r.n is not None:
        return f"{r.events} of {r.n}"
    if r.mean is None:
        return NOT_REPORTED
    if figure.kind == "final_mean" and figure.baseline and figure.baseline.mean is not None:
        return f"{trim(figure.baseline.mean)} at the start, {trim(r.mean)}{spread(figure)} at the end"
    value = f"{number(100 * r.mean)}%" if figure.kind == "responder" else trim(r.mean)
    return value + spread(figure)


def spread(figure: ArmFigure) -> str:
    """The printed spread of a mean, in brackets; empty where there is none."""
    r = figure.result
    if r.sd is not None:
        return f" (SD {trim(r.sd)})"
    if r.se is not None:
        return f" (SE {trim(r.se)})"
    if r.ci_low is not None and r.ci_high is not None:
        factor, unit = (100, "%") if figure.kind == "responder" else (1, "")
        return f" (95% interval {trim(factor * r.ci_low)} to {trim(factor * r.ci_high)}{unit})"
    return ""


def trim(value: float) -> str:
    """A number with as many digits as were printed."""
    # Twelve digits: more than papers print, and too few to show binary rounding.
    digits = f"{Decimal(f'{value:.12g}'):f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits).replace("-", MINUS)


def unit_words(comparison: Comparison, n: int) -> str:
    """``65 knees``, ``110 people``."""
    unit = comparison.study.unit
    return count(n, "person", "people") if unit == "person" else count(n, unit)


def size_words(comparison: Comparison) -> str:
    """How many are in the groups shown, from the figures, else as randomised or analysed in all."""
    total = combined_n(tuple(f for f in comparison.arms if f.gain is not None)) or (
        comparison.study.n_analysed or comparison.study.n_randomised
    )
    if not total:
        return "size not seen"
    began = comparison.study.n_randomised
    return f"{total} of {unit_words(comparison, began)}" if began and began > total else unit_words(comparison, total)


def grave_flag(comparison: Comparison) -> str:
    """The label of the gravest flag, for the chart; empty if none is grave. The table has all of them."""
    kinds = {flag.kind for flag in comparison.flags}
    return next((FLAG_LABEL[kind] for kind in _GRAVE if kind in kinds), "")


def grave_reasons(comparison: Comparison) -> tuple[str, ...]:
    """The reasons of all grave flags of a comparison with the control, but for those of other groups alone."""
    compared = {figure.arm.arm_id for figure in (comparison.intervention, comparison.control) if figure}
    about = [flag for flag in comparison.flags if flag.arm_id is None or flag.arm_id in compared]
    return tuple(dict.fromkeys(flag.reason for kind in _GRAVE for flag in about if flag.kind == kind))


def warned(flags: Iterable[Flag]) -> str:
    """A sentence that names the warnings of a trial, the gravest first; empty if there are none."""
    kinds = {flag.kind for flag in flags}
    return f" Warnings: {'; '.join(label for kind, label in FLAG_LABEL.items() if kind in kinds)}." if kinds else ""


def switched_note(drawn: Iterable[Comparison]) -> str:
    """Sentences that say how many rows are not of groups as randomised; empty if all are."""
    kinds = [{flag.kind for flag in comparison.flags} for comparison in drawn]
    switched = sum("not_as_randomised" in own for own in kinds)
    never = sum("not_randomised" in own for own in kinds)
    said = []
    if switched:
        said.append(f"In {count(switched, 'row')} the groups are **not as randomised**.")
    if never:
        said.append(f"{count(never, 'row')} {'is' if never == 1 else 'are'} of studies that were never randomised.")
    return "".join(f" {sentence}" for sentence in said)


def absent(missing: Iterable[Condition], *, compared: bool) -> str:
    """A sentence that names the conditions without a count of people who were better; empty if there is none.

    ``compared``: only what compares two groups is drawn.
    """
    names = [condition.label for condition in missing]
    counts = "pairs of counts" if compared else "counts"
    return f" No such {counts} were seen for {listing(names, 'or')}. There may be scores." if names else ""


def flag_reasons(comparison: Comparison) -> tuple[str, ...]:
    """The reason of each flag, gravest first, each once."""
    order = list(FLAG_LABEL)
    ranked = sorted(comparison.flags, key=lambda flag: order.index(flag.kind))
    return tuple(dict.fromkeys(flag.reason for flag in ranked))
