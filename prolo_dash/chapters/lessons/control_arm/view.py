"""Only the control: what its groups gained, as an article would tell it that leaves the other groups out."""

from prolo_dash.chapters.lessons.control_arm import words
from prolo_dash.chapters.lessons.control_arm.chart import chart
from prolo_dash.chapters.lessons.control_arm.facts import ControlArmState, facts
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.view import Rendering, View
from prolo_dash.kit.wording import count


def render(library: Library, state: ControlArmState) -> Rendering:
    """The control groups of a few trials or of all, for one kind of result."""
    known = facts(library, state)
    unseen = len(known.unseen)
    return Rendering(
        sentence=words.sentence(known),
        chart=chart(library, known),
        table=words.table(library, known),
        alt=words.alt(known),
        how_to_read=words.how_to_read(known),
        sources=trial_labels.source_links(library, known.drawn),
        key=words.key(known.topic),
        listed_title=f"Listed, not drawn: {count(unseen, 'trial')} without such figures" if unseen else "",
        listed=words.listed(library, known),
    )


VIEW = View(
    key="lesson_dummy",
    question="Only the {control}: why did these people improve?",
    state=ControlArmState,
    render=render,
    facts=facts,
    for_class="An article shows you this chart and says that the {procedure} is good. What would you ask for first?",
)
