"""What published reviews concluded, by condition and newest first, beside what our own data give; with our doubts."""

from prolo_dash.chapters.certainty.published_reviews import words
from prolo_dash.chapters.certainty.published_reviews.chart import chart
from prolo_dash.chapters.certainty.published_reviews.facts import ReviewsState, facts
from prolo_dash.evidence.judged_records import Review
from prolo_dash.evidence.library import Library
from prolo_dash.kit.view import KeyEntry, Rendering, SourceLink, View


def render(library: Library, state: ReviewsState) -> Rendering:
    """The reviews of one group of conditions."""
    known = facts(library, state)
    doubts = words.doubts(known)
    outside = tuple(map(words.uncovered, known.uncovered)) if known.chosen is None else ()
    title = f"What does not fit, as we see it: {len(doubts)}" if doubts else ""
    return Rendering(
        sentence=words.sentence(known),
        chart=chart(known.topic, known.reviewed),
        table=words.table(known),
        alt=words.alt(known),
        how_to_read=words.how_to_read(known),
        sources=tuple(dict.fromkeys(map(_source, known.results))),
        key=(KeyEntry("filled: graded how sure it is; hollow: not graded, or the grade not seen", "ink"),),
        chain=words.beside(known),
        listed_title=title + (" (and reviews on what the article does not speak of)" if outside else ""),
        listed=(*doubts, *outside),
        listed_open=True,
    )


def _source(review: Review) -> SourceLink:
    return SourceLink(review.citation, f"https://doi.org/{review.doi}" if review.doi else review.url, "")


VIEW = View(
    key="certainty_reviews",
    question="What did published reviews conclude?",
    state=ReviewsState,
    render=render,
    for_class="Two reviews of one illness disagree. Which of the things listed here could be why?",
    facts=facts,
)
