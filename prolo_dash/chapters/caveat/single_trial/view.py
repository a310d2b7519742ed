"""One trial, read slowly: its gain, its own control groups, and what if part of the gain would have come anyway."""

from prolo_dash.chapters.caveat.single_trial import words
from prolo_dash.chapters.caveat.single_trial.chart import chart
from prolo_dash.chapters.caveat.single_trial.facts import Facts, TrialState, facts
from prolo_dash.evidence.judged import protection_of
from prolo_dash.evidence.library import Library
from prolo_dash.kit import smallest_change_words, trial_labels
from prolo_dash.kit.protection_words import protection_strong, protection_words
from prolo_dash.kit.view import Box, Rendering, SourceLink, View


def render(library: Library, state: TrialState) -> Rendering:
    """One comparison under one supposition."""
    known = facts(library, state)
    found = protection_of(library, known.comparison.study)
    protection = Box("What protects the result", protection_strong(found), protection_words(found))
    return Rendering(
        sentence=words.sentence(known),
        chart=chart(known),
        table=words.table(known),
        alt=words.alt(known),
        how_to_read=words.how_to_read(known),
        sources=(
            *trial_labels.source_links(library, [known.comparison]),
            *_benchmark_sources(library, known),
            *smallest_change_words.source_links(library, [known.smallest] if known.smallest else []),
        ),
        key=words.key(known),
        chain=words.chain(known),
        listed_title="Warnings for this trial, and what protects its result",
        listed=(*trial_labels.warnings(known.comparison), protection),
    )


def _benchmark_sources(library: Library, known: Facts) -> tuple[SourceLink, ...]:
    note = "average share of the gain that control groups reached"
    return tuple(trial_labels.source_link(library.source(b.source_id), note) for b in known.averages)


VIEW = View(
    key="caveat_trial",
    question="One trial, read slowly: how much would have come anyway?",
    state=TrialState,
    render=render,
    facts=facts,
    for_class="What would you need to know about a trial to replace the guess on the slider by a measurement?",
)
