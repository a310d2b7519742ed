"""Choices: who recommends it, who should not have it, what else there is, and what to ask."""

from dataclasses import dataclass

from prolo_dash.chapters.risks.choices import alternatives, contraindications, positions
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import stack
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.references import article
from prolo_dash.kit.topic_words import indefinite
from prolo_dash.kit.view import Box, Rendering, Table, View


@dataclass(frozen=True)
class ChoicesState:
    """What is asked."""

    topic: str = choice(
        "Show",
        (
            Option("who", "Who recommends it"),
            Option("not", "Who should not have it"),
            Option("other", "Other options"),
            Option("ask", "Questions to take along"),
        ),
        "who",
    )


@dataclass(frozen=True)
class Questions:
    """Questions to take to a doctor. Each asks for facts and takes no side."""

    asked: tuple[str, ...]


Facts = positions.Facts | contraindications.Facts | alternatives.Facts | Questions


def facts(library: Library, state: ChoicesState) -> Facts:
    """What is known of one topic."""
    match state.topic:
        case "who":
            return positions.facts(library)
        case "not":
            return contraindications.facts(library)
        case "other":
            return alternatives.facts(library)
    return questions(library)


def questions(library: Library) -> Questions:
    """The questions, in the order of the chapters."""
    words = library.topic
    return Questions(
        (
            "What is my problem called, and how sure are you of that?",
            "What usually happens to it in a year if I wait?",
            "What other options are there, and what did trials find for each?",
            words.ask_what,
            "Of 100 people like me, how many were better after it, and how many were better after "
            f"{indefinite(words.control)}?",
            "What has gone wrong for people you treated, and do you keep count?",
            words.ask_against,
            f"Where did you learn to give these {words.procedures}, and how many have you given for my problem?",
            "What will all of it cost me, and will my insurance pay any of it?",
            "How will we tell whether I am better, and when would we stop?",
        )
    )


def render(library: Library, state: ChoicesState) -> Rendering:
    """One topic."""
    topics = {
        "who": positions.render,
        "not": contraindications.render,
        "other": alternatives.render,
        "ask": _questions,
    }
    return topics[state.topic](library)


def _questions(library: Library) -> Rendering:
    """The sheet. It has no figures, so nothing is drawn."""
    asked = questions(library).asked
    return Rendering(
        sentence=(
            f"The article says to talk to a doctor first. Here are **{len(asked)}** questions to take along. They "
            "ask for facts and take no side. They stand below, and “Print this view” makes a sheet of them."
        ),
        chart=stack(()),
        table=Table("No figures are shown here.", ("Question",), ()),
        alt="No chart: a list of questions to take to a doctor.",
        how_to_read=(
            "The questions go through this page in order. What was found, and compared with what? How sure is that? "
            "What went wrong, what does it cost, and what else is there?",
            "They are not medical advice. The answers belong to you and your doctor.",
        ),
        sources=(article(library),),
        listed_title=f"{len(asked)} questions to take along",
        listed=tuple(Box("", "", question) for question in asked),
        listed_open=True,
    )


VIEW = View(
    key="risks_choices",
    question="Who is for it, who is against it, and what else is there?",
    state=ChoicesState,
    render=render,
    facts=facts,
    for_class="Two sources can both be right and still differ in how strongly they speak. Find an example here.",
)
