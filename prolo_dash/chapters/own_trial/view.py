"""Your own trial: what a reader types in or loads, shown as the built-in trials are."""

from dataclasses import replace

from prolo_dash.chapters.own_trial import final_scores, split
from prolo_dash.chapters.own_trial.facts import Facts, OwnState, Refused, Unread, facts
from prolo_dash.chapters.own_trial.loading import LOADER
from prolo_dash.chapters.own_trial.remarks import remark_words
from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.own import (
    MOST_REPLAYED,
)
from prolo_dash.kit import fragility, replication, trial_labels
from prolo_dash.kit.charts import stack
from prolo_dash.kit.view import Box, Rendering, SourceLink, Table, View, plain
from prolo_dash.kit.wording import count, uncapitalised, verb


def render(known: Library, state: OwnState) -> Rendering:
    """What was typed, split, replayed or tested for fragility; or what is wrong with it."""
    found = facts(known, state)
    if isinstance(found, Unread):
        return _unread(tuple((fault.field, fault.sentence) for fault in found.faults))
    told = _told(found)
    odd = tuple(Box("", "", remark_words(remark)) for remark in found.remarks)
    warned = trial_labels.warnings(found.example) if found.example else ()
    see = f" See the {'remark' if len(odd) == 1 else 'remarks'} below." if odd else ""
    return replace(
        told,
        sentence=told.sentence + see,
        sources=_sources(known, state, found.example),
        how_to_read=(*_HOW_TO_READ, *told.how_to_read),
        listed_title="Remarks on these figures" if odd else "Warnings for this trial" if warned else "",
        listed=(*odd, *warned),
        listed_open=bool(odd),
    )


_REFUSED = {
    Refused.TOO_MANY: f"**Over {MOST_REPLAYED:,}** in a group are too many to be played again here. The rest works.",
    Refused.NO_INDEX: "Scores have **no fragility index**. It counts people whose result would have to change.",
}


def _told(found: Facts) -> Rendering:
    """The answer in words and as a chart."""
    match found.answer:
        case Refused():
            return _nothing(_REFUSED[found.answer])
        case replication.Facts():
            played = replication.rendering(found.own, found.answer)
            return replace(played, sentence=played.sentence + _turned(found))
        case fragility.Facts():
            return fragility.rendering(found.own, found.answer)
        case split.Facts():
            return split.rendering(found.own, found.answer)
    return final_scores.rendering(found.own, found.answer)


def _turned(found: Facts) -> str:
    """A sentence where lower scores are better, so that a difference is the other way round than the means."""
    if found.comparison.is_share or found.comparison.outcome.better != "lower":
        return ""
    return f" Differences are turned so that above zero means better after {found.own.topic.intervention}."


_HOW_TO_READ = (
    "What you type goes to the computer that shows this page, which draws it and "
    "forgets it. It also stands in the address of the page, so that a link or a reload brings it back.",
    "Nobody has checked these figures. The page can't know whether chance made the groups, or how many people left.",
)


def _unread(problems: tuple[tuple[str, str], ...]) -> Rendering:
    n = len(problems)
    return Rendering(
        sentence=(f"**{count(n, 'field')}** can't be read yet. The words under {verb(n, 'it', 'each')} say what fits."),
        chart=stack(()),
        table=Table("Nothing to show yet.", ("Group",), ()),
        alt="No chart: a field can't be read yet.",
        how_to_read=_HOW_TO_READ,
        sources=(_TYPED,),
        problems=problems,
    )


def _nothing(why: str) -> Rendering:
    """A sentence in the place of a chart."""
    return Rendering(
        sentence=why,
        chart=stack(()),
        table=Table("Nothing to show.", ("Group",), ()),
        alt=f"No chart: {uncapitalised(plain(why)).split('.')[0]}.",
        how_to_read=(),
        sources=(),
    )


_TYPED = SourceLink("What is typed in above", None, "your own figures, not checked by anybody")


def _sources(known: Library, state: OwnState, example: Comparison | None) -> tuple[SourceLink, ...]:
    """Where the figures come from: the reader, or the trial whose figures the fields came with."""
    if example is None:
        return (_TYPED,)
    (link,) = trial_labels.source_links(known, [example])
    errors = "; standard deviations are worked out from the standard errors printed there"
    return (replace(link, note=link.note + errors) if state.kind == "scores" else link,)


VIEW = View(
    key="own_trial",
    question="Your own trial: what would this page say of it?",
    state=OwnState,
    render=render,
    facts=facts,
    for_class="Invent a trial in which the control group did as well. What does each number do, and why?",
    loader=LOADER,
)
