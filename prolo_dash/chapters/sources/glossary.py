"""Words: the terms of the field that stay on the page, explained."""

from dataclasses import dataclass

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Term
from prolo_dash.kit.charts import stack
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.view import Cell, Rendering, Row, SourceLink, Table, View
from prolo_dash.kit.wording import count, listing


@dataclass(frozen=True)
class WordsState:
    """In which order."""

    order: str = choice("Order", (Option("a_z", "A to Z"), Option("together", "Words that belong together")), "a_z")


def facts(library: Library, state: WordsState) -> tuple[Term, ...]:
    """The terms of the glossary in the chosen order."""
    terms = library.package.glossary
    return tuple(sorted(terms, key=lambda term: term.term.lower())) if state.order == "a_z" else terms


def render(library: Library, state: WordsState) -> Rendering:
    """The glossary. It has no figures, so nothing is drawn."""
    terms = facts(library, state)
    return Rendering(
        sentence=(
            f"**{count(len(terms), 'word')}** of medicine and statistics could not be left out. Each is explained here "
            "in a sentence or two."
        ),
        chart=stack(()),
        table=Table("Words, and what they mean on this page.", _COLUMNS, tuple(map(_row, terms)), anchors=True),
        alt="No chart: a list of words and what they mean.",
        how_to_read=_HOW_TO_READ,
        sources=(_OWN,),
    )


_COLUMNS = ("Word", "Also written", "What it means")
_HOW_TO_READ = (
    "The words are explained as this page uses them. In other places, some of them mean a little more or less.",
    "“Also written” has other forms and short forms of the same word, and words that mean nearly the same.",
)
_OWN = SourceLink("The file glossary.csv of this page's data", None, "our own words, free to use (CC0)")


def _row(term: Term) -> Row:
    also = listing(term.also.split(";"), "or") if term.also else "nothing else"
    return Row(f"term-{term.term_id}", (Cell(term.term), Cell(also), Cell(term.meaning)))


VIEW = View(
    key="sources_words",
    question="What does this word mean?",
    state=WordsState,
    render=render,
    facts=facts,
    for_class="Take one word from the list and explain it to someone who is ten, without using the word.",
    reference=True,
)
