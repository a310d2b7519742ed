"""What published reviews concluded, by condition and newest first, beside what our own data give; with our doubts."""

from dataclasses import dataclass

from prolo_dash.chapters.certainty.published_reviews_chart import SMD, WORDS, Told, figure, lower, name_of, signs, upper
from prolo_dash.evidence.judged import not_covered, reviews_of
from prolo_dash.evidence.judged_records import ACROSS, Review
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.verdicts import verdicts
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.view import Box, Cell, KeyEntry, Rendering, Row, SourceLink, Table, View, plain
from prolo_dash.kit.wording import count, listing, verb

NOT_GRADED = "not graded, or the grade was not seen"


def _keys(library: Library, chosen: str) -> tuple[str, ...]:
    """The single conditions that are chosen, as reviews.csv writes them."""
    return (ACROSS,) if chosen == ACROSS else tuple(c.condition_id for c in library.single(chosen))


def _most_reviewed(known: Library) -> str:
    """What most reviews that we saw are about."""
    groups = [group.condition_id for group in known.groups]
    return max(groups, key=lambda group: sum(len(reviews_of(known, key)) for key in _keys(known, group)))


@dataclass(frozen=True)
class ReviewsState:
    """Which group of conditions, or reviews across conditions."""

    condition: str = choice(
        "Condition",
        lambda known: (*trial_labels.condition_options(known), Option(ACROSS, "Several conditions")),
        _most_reviewed,
        style="menu",
    )


def told(library: Library, state_condition: str) -> dict[str, list[Told]]:
    """Results of reviews by condition, the newest first; conditions without any are left out."""
    keys = _keys(library, state_condition)
    found = {key: [Told(key, review) for review in reviews_of(library, key)] for key in keys}
    return {key: own for key, own in found.items() if own}


def render(library: Library, state: ReviewsState) -> Rendering:
    """The reviews of one group of conditions."""
    found = told(library, state.condition)
    every = [one for own in found.values() for one in own]
    doubts = _doubts(every)
    outside = _outside(library) if state.condition == ACROSS else ()
    title = f"What does not fit, as we see it: {len(doubts)}" if doubts else ""
    return Rendering(
        sentence=_sentence(library, found, state.condition),
        chart=figure(library, found),
        table=_table(library, every),
        alt=_alt(library, found, state.condition),
        how_to_read=(*_HOW_TO_READ, _left_out(library)),
        sources=tuple(dict.fromkeys(_source(one.review) for one in every)),
        key=(KeyEntry("filled: graded how sure it is; hollow: not graded, or the grade not seen", "ink"),),
        chain=_beside(library, found, state.condition),
        listed_title=title + (" (and reviews on what the article does not speak of)" if outside else ""),
        listed=(*doubts, *outside),
        listed_open=True,
    )


_HOW_TO_READ = (
    "Each row is one result of a review that somebody published, the newest first for each condition. What it "
    "concludes is told in our words.",
    "The upper charts show what the review found of prolotherapy beside what it was compared with. “Mixed” stands for "
    "results of one review that differ. Two reviews may hold the same trials, so that two marks are not twice the "
    "evidence.",
    "The lowest chart has pooled values that are standardised differences. They are turned so that right is better "
    "after prolotherapy. Other pooled values have scales of their own. They stand in the table as printed.",
    "Certainty is the grade that the review itself gave by GRADE, from very low to high. Most gave none. Our doubts "
    "are ours; each says what it rests on.",
)


def _left_out(library: Library) -> str:
    outside = not_covered(library)
    names = listing(f"{review.citation} ({lower(review.about)})" for review in outside)
    return (
        f"{count(len(outside), 'review')} on what the article does not speak of {verb(len(outside), 'is', 'are')} not "
        f"drawn: {names}. What they say stands under “Several conditions”."
    )


def _sentence(library: Library, found: dict[str, list[Told]], condition: str) -> str:
    if not found:
        return f"We saw no published review on this: {_where(library, condition)}."
    reviews = list(dict.fromkeys(one.review for own in found.values() for one in own))
    graded = list(dict.fromkeys(review.citation for review in reviews if review.certainty))
    return (
        f"{_counted(library, reviews, condition)} {_graded(graded)} The newest: "
        f"{'; '.join(_newest(library, key, own) for key, own in found.items())}."
    )


def _where(library: Library, condition: str) -> str:
    return "several conditions at once" if condition == ACROSS else library.conditions[condition].label


def _counted(library: Library, reviews: list[Review], condition: str) -> str:
    titles = dict.fromkeys(review.citation for review in reviews)
    counts = [(sum(review.finding == finding for review in reviews), words) for finding, words in _COUNTED.items()]
    told_of = listing(f"**{n}** {words}" for n, words in counts if n)
    return (
        f"{upper(_where(library, condition))}: we saw {count(len(titles), 'published review')} with "
        f"{count(len(reviews), 'result')}. Found by these: {told_of}."
    )


# Findings as the sentence counts them.
_COUNTED = {
    "favours_intervention": "better after prolotherapy",
    "no_difference": "with no clear difference",
    "favours_comparator": "worse after prolotherapy",
    "mixed": "mixed",
    "not_stated": "with nothing clear that we saw",
}


def _graded(names: list[str]) -> str:
    if not names:
        return "How sure these are was not graded where we looked."
    return f"How sure they are was graded by {listing(names)} only, as far as we saw."


def _newest(library: Library, condition: str, own: list[Told]) -> str:
    """Which review of a condition is the newest, with the grades that it gave."""
    first = own[0].review
    grades = dict.fromkeys(o.review.certainty for o in own if o.review.citation == first.citation)
    sure = listing(f"**{grade}**" for grade in grades if grade)
    return f"{name_of(library, condition)}, {first.citation}" + (f", certainty {sure}" if sure else "")


_COLUMNS = ("Review", "What was compared", "Size", "Pooled, as printed", "How sure it is", "What it concludes")


def _table(library: Library, every: list[Told]) -> Table:
    caption = "Published reviews, the newest first for each condition."
    return Table(caption, _COLUMNS, tuple(_row(library, one) for one in every))


def _row(library: Library, one: Told) -> Row:
    review = one.review
    size = [count(review.n_trials, "trial")] if review.n_trials else []
    size += [f"{review.n_people} people"] if review.n_people else []
    about = name_of(library, one.condition)
    cells = (
        Cell(
            review.citation,
            f"{about}, {review.year or 'year not seen'}",
            review.url,
            review.year,
        ),
        Cell(upper(review.compared), upper(review.about)),
        Cell(", ".join(size) or "not seen", review.note or "", sort=review.n_people),
        Cell(signs(review.printed or "no pooled value seen"), review.heterogeneity or ""),
        Cell(f"{review.certainty} (GRADE)" if review.certainty else NOT_GRADED),
        Cell(upper(WORDS[review.finding]), review.conclusion),
    )
    return Row(one.key, cells, tuple(text for text in (review.doubt, review.own_authors) if text))


def _beside(library: Library, found: dict[str, list[Told]], condition: str) -> tuple[Box, ...]:
    """For each condition: what its newest review concludes, and beside it what our own data give."""
    keys = _keys(library, condition)
    reported = [] if condition == ACROSS else verdicts(library, condition)[0]
    boxes = []
    for key in keys:
        trials = [study for study in library.trials if study.condition == key]
        stated = [str(v.contrast.direction) for v in reported if v.study.condition == key]
        own = f"Our own data: {count(len(trials), 'trial')}; {_verdicts(stated)}" if trials else ""
        if key in found or trials:
            said = _newest_said(found[key]) if key in found else "No review was seen."
            strong = found[key][0].review.citation if key in found else count(len(trials), "trial")
            boxes.append(Box(f"{name_of(library, key)}: newest review", strong, f"{said} {own}".strip()))
    return tuple(boxes)


def _newest_said(own: list[Told]) -> str:
    """What the newest review of a condition concludes, with its grades, and which others are of its year."""
    first = own[0].review
    results = [one.review for one in own if one.review.citation == first.citation]
    said = " ".join(f"{r.conclusion.rstrip('.')}{_sure(r)}." for r in results)
    doubts = dict.fromkeys(r.doubt for r in results if r.doubt)
    said += "".join(f" We doubt it: {lower(doubt)}" for doubt in doubts)
    year = dict.fromkeys(o.review.citation for o in own if o.review.year == first.year and o.review not in results)
    return f"{said} Of the same year: {listing(year)}." if year else said


def _sure(review: Review) -> str:
    return f" (certainty {review.certainty})" if review.certainty else ""


def _verdicts(stated: list[str]) -> str:
    if not stated:
        return "no result against a control injection is reported where we looked."
    words = {
        "favours_intervention": "better than the control injection",
        "no_difference": "no clear difference",
        "favours_comparator": "worse",
    }
    parts = [f"{stated.count(key)} {text}" for key, text in words.items() if key in stated]
    against = "a result against a control injection"
    return f"{len(stated)} {verb(len(stated), 'reports', 'report')} {against}: {listing(parts)}."


def _doubts(every: list[Told]) -> tuple[Box, ...]:
    """Why a result of a review may say less than it seems, each doubt once."""
    found = dict.fromkeys(
        Box(review.citation, lower(review.compared), f"{text}")
        for review in dict.fromkeys(one.review for one in every)
        for text in (review.doubt, review.own_authors)
        if text
    )
    return tuple(found)


def _outside(library: Library) -> tuple[Box, ...]:
    """What reviews of conditions say that the article does not speak of."""
    return tuple(
        Box(
            review.citation,
            lower(review.about),
            " ".join(
                part
                for part in (
                    f"{upper(review.compared)}: {signs(review.printed or 'no pooled value seen')}"
                    f"{f', {review.heterogeneity}' if review.heterogeneity else ''}.",
                    review.conclusion,
                    review.note,
                    review.own_authors,
                )
                if part
            ),
        )
        for review in not_covered(library)
    )


def _source(review: Review) -> SourceLink:
    return SourceLink(review.citation, f"https://doi.org/{review.doi}" if review.doi else review.url, "")


def _alt(library: Library, found: dict[str, list[Told]], condition: str) -> str:
    if not found:
        return "No marks: no review was seen."
    reviews = list(dict.fromkeys(one.review for own in found.values() for one in own))
    pooled = sum(one.review.measure == SMD for own in found.values() for one in own)
    below = (
        f" Below, {count(pooled, 'pooled value')} with {verb(pooled, 'its interval', 'their intervals')}."
        if pooled
        else ""
    )
    return (
        f"{plain(_counted(library, reviews, condition))} A row for each, with a mark from worse to better; filled "
        f"marks are graded.{below}"
    )


VIEW = View(
    key="certainty_reviews",
    question="What did published reviews conclude?",
    state=ReviewsState,
    render=render,
    for_class="Two reviews of one illness disagree. Which of the things listed here could be why?",
)
