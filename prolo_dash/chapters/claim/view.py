"""The claim: what the article says, and the evidence behind each sentence."""

from prolo_dash.chapters.claim import words
from prolo_dash.chapters.claim.chart import chart
from prolo_dash.chapters.claim.facts import ClaimState, facts
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.view import Rendering, SourceLink, View


def render(library: Library, state: ClaimState) -> Rendering:
    """One claim followed back to its trials, and how well the article's claims are backed as a whole."""
    known = facts(library, state)
    article = SourceLink(library.topic.article, None, library.topic.article_note)
    return Rendering(
        sentence=words.sentence(known),
        chart=chart(known.backing),
        table=words.table(known.backing),
        alt=words.alt(known.backing),
        how_to_read=words.HOW_TO_READ,
        sources=(article, *trial_labels.source_links(library, [b.comparison for b in known.behind])),
        chain=words.chain(known),
    )


VIEW = View(
    key="claim",
    question="What does the article say, and what stands behind it?",
    state=ClaimState,
    render=render,
    facts=facts,
    for_class="Pick one claim. Which box of the chain would you have liked to see in the article?",
    stands_open=True,
)
