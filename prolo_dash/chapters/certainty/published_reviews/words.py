"""Published reviews in words: the sentence, the table, and what each concludes."""

import re
from collections.abc import Iterable

from prolo_dash.chapters.certainty.published_reviews.facts import Facts
from prolo_dash.evidence.judged_records import Finding, Review
from prolo_dash.evidence.reviews import ReviewedCondition
from prolo_dash.evidence.topic import Topic
from prolo_dash.evidence.verdicts import Stated
from prolo_dash.kit.review_words import NOT_GRADED, finding_words
from prolo_dash.kit.topic_words import indefinite
from prolo_dash.kit.view import Box, Cell, Row, Table, plain
from prolo_dash.kit.wording import MINUS, capitalised, count, listing, uncapitalised, verb


def name_of(one: ReviewedCondition) -> str:
    """A condition in plain words."""
    return one.condition.label if one.condition else "Across conditions"


def how_to_read(known: Facts) -> tuple[str, ...]:
    """What a row, a mark and a grade mean, and which reviews are left out."""
    intervention, uncovered = known.topic.intervention, known.uncovered
    names = listing(f"{review.citation} ({review.about})" for review in uncovered)
    return (
        "Each row is one result of a review that somebody published, the newest first for each condition. What it "
        "concludes is told in our words.",
        f"The upper charts show what the review found of {intervention} beside what it was compared with. “Mixed” "
        "stands for results of one review that differ. Two reviews may hold the same trials, so that two marks are not "
        "twice the evidence.",
        "The lowest chart has pooled values that are standardised differences. They are turned so that right is better "
        f"after {intervention}. Other pooled values have scales of their own. They stand in the table as printed.",
        "Certainty is the grade that the review itself gave by GRADE, from very low to high. Most gave none. Our "
        "doubts are ours; each says what it rests on.",
        f"{count(len(uncovered), 'review')} on what the article does not speak of "
        f"{verb(len(uncovered), 'is', 'are')} not drawn: {names}. What they say stands under “Several conditions”.",
    )


def sentence(known: Facts) -> str:
    """How many reviews there are, what they find, who graded it, and the newest."""
    if not known.results:
        return f"We saw no published review on this: {_where(known)}."
    return f"{_counted(known)} {_graded(known.graded)} The newest: {'; '.join(map(_newest, known.reviewed))}."


def _where(known: Facts) -> str:
    return known.chosen.label if known.chosen else "several conditions at once"


def _counted(known: Facts) -> str:
    words: dict[Finding, str] = {
        "favours_intervention": f"better after {known.topic.intervention}",
        "no_difference": "with no clear difference",
        "favours_comparator": f"worse after {known.topic.intervention}",
        "mixed": "mixed",
        "not_stated": "with nothing clear that we saw",
    }
    found = listing(f"**{n}** {said}" for finding, said in words.items() if (n := known.number(finding)))
    return (
        f"{capitalised(_where(known))}: we saw {count(len(known.reviews), 'published review')} with "
        f"{count(len(known.results), 'result')}. Found by these: {found}."
    )


def _graded(names: list[str]) -> str:
    if not names:
        return "How sure these are was not graded where we looked."
    return f"How sure they are was graded by {listing(names)} only, as far as we saw."


def _newest(one: ReviewedCondition) -> str:
    """Which review of a condition is the newest, with the grades that it gave."""
    sure = listing(f"**{grade}**" for grade in dict.fromkeys(r.certainty for r in one.newest) if grade)
    return f"{name_of(one)}, {one.newest[0].citation}" + (f", certainty {sure}" if sure else "")


_COLUMNS = ("Review", "What was compared", "Size", "Pooled, as printed", "How sure it is", "What it concludes")


def table(known: Facts) -> Table:
    """Every result of every review, a row each."""
    rows = tuple(_row(known.topic, one, result) for one in known.reviewed for result in one.results)
    return Table("Published reviews, the newest first for each condition.", _COLUMNS, rows)


def _row(topic: Topic, one: ReviewedCondition, review: Review) -> Row:
    size = [count(review.n_trials, "trial")] if review.n_trials else []
    size += [f"{review.n_people} people"] if review.n_people else []
    cells = (
        Cell(review.citation, f"{name_of(one)}, {review.year or 'year not seen'}", review.url, review.year),
        Cell(capitalised(review.compared), capitalised(review.about)),
        Cell(", ".join(size) or "not seen", review.note or "", sort=review.n_people),
        Cell(_pooled_as_printed(review), review.heterogeneity or ""),
        Cell(f"{review.certainty} (GRADE)" if review.certainty else NOT_GRADED),
        Cell(capitalised(finding_words(topic, review.finding)), review.conclusion),
    )
    return Row(one.row_key(review), cells, tuple(text for text in (review.doubt, review.own_authors) if text))


def _pooled_as_printed(review: Review) -> str:
    return true_signs(review.printed) if review.printed else "no pooled value seen"


def beside(known: Facts) -> tuple[Box, ...]:
    """For each condition: what its newest review concludes, and beside it what our own data give."""
    return tuple(_own_beside(known.topic, one) for one in known.conditions if one.results or one.trials)


def _own_beside(topic: Topic, one: ReviewedCondition) -> Box:
    trials = count(one.trials, "trial")
    own = f"Our own data: {trials}; {_verdicts(topic, one.stated)}" if one.trials else ""
    said = _newest_said(one) if one.results else "No review was seen."
    strong = one.newest[0].citation if one.results else trials
    return Box(f"{name_of(one)}: newest review", strong, f"{said} {own}".strip())


def _newest_said(one: ReviewedCondition) -> str:
    """What the newest review of a condition concludes, with its grades, and which others are of its year."""
    said = " ".join(f"{r.conclusion.rstrip('.')}{_sure(r)}." for r in one.newest)
    doubts = dict.fromkeys(r.doubt for r in one.newest if r.doubt)
    said += "".join(f" We doubt it: {uncapitalised(doubt)}" for doubt in doubts)
    return f"{said} Of the same year: {listing(one.same_year)}." if one.same_year else said


def _sure(review: Review) -> str:
    return f" (certainty {review.certainty})" if review.certainty else ""


def _verdicts(topic: Topic, stated: tuple[Stated, ...]) -> str:
    result = f"result against {indefinite(topic.control)}"
    if not stated:
        return f"no {result} is reported where we looked."
    words: dict[Stated, str] = {
        "favours_intervention": f"better than the {topic.control}",
        "no_difference": "no clear difference",
        "favours_comparator": "worse",
    }
    parts = [f"{stated.count(direction)} {text}" for direction, text in words.items() if direction in stated]
    return f"{len(stated)} {verb(len(stated), 'reports', 'report')} a {result}: {listing(parts)}."


def doubts(known: Facts) -> tuple[Box, ...]:
    """Why a result of a review may say less than it seems, each doubt once."""
    found = dict.fromkeys(
        Box(review.citation, review.compared, text)
        for review in known.results
        for text in (review.doubt, review.own_authors)
        if text
    )
    return tuple(found)


def uncovered(review: Review) -> Box:
    """What a review of a condition says that the article does not speak of."""
    spread = f", {review.heterogeneity}" if review.heterogeneity else ""
    pooled = f"{capitalised(review.compared)}: {_pooled_as_printed(review)}{spread}."
    return Box(review.citation, review.about, _joined((pooled, review.conclusion, review.note, review.own_authors)))


def _joined(parts: Iterable[str | None]) -> str:
    return " ".join(part for part in parts if part)


def alt(known: Facts) -> str:
    """The chart in words."""
    if not known.results:
        return "No marks: no review was seen."
    n = known.pooled
    below = f" Below, {count(n, 'pooled value')} with {verb(n, 'its interval', 'their intervals')}." if n else ""
    return f"{plain(_counted(known))} A row for each, with a mark from worse to better; filled marks are graded.{below}"


def true_signs(printed: str) -> str:
    """Printed figures with true minus signs."""
    return re.sub(r"(?<![\w.])-(?=[\d.])", MINUS, printed)
