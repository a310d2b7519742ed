"""Group beside group: the control group beside the intervention group, and both beside a group without either."""

from prolo_dash.chapters.lessons.group_bars import group_bars, row_label
from prolo_dash.chapters.lessons.groups import words
from prolo_dash.chapters.lessons.groups.facts import (
    ApartState,
    Facts,
    GroupsState,
    apart_facts,
    group_facts,
)
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.view import Rendering, View


def _render_groups(library: Library, state: GroupsState) -> Rendering:
    known = group_facts(library, state)
    return _rendering(library, known, words.sentence(known))


def _render_apart(library: Library, state: ApartState) -> Rendering:
    known = apart_facts(library, state)
    return _rendering(library, known, words.sentence_apart(known))


def _rendering(library: Library, known: Facts, sentence: str) -> Rendering:
    return Rendering(
        sentence=sentence,
        chart=group_bars(known.drawn, known.groups_of, lambda c: row_label(library, c)),
        table=words.table(library, known),
        alt=words.alt(known),
        how_to_read=words.how_to_read(known),
        sources=trial_labels.source_links(library, known.drawn),
        key=words.key(known),
    )


GROUPS = View(
    key="lesson_groups",
    question="Group beside group: who gained more?",
    state=GroupsState,
    render=_render_groups,
    facts=group_facts,
    for_class="Which of these rows would you trust most, and what do you look at to say so?",
)
APART = View(
    key="lesson_apart",
    question="Which group tells them apart?",
    state=ApartState,
    render=_render_apart,
    facts=apart_facts,
    for_class="The group with {untreated} knew that. What else may differ between these groups?",
)
