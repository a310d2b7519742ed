"""What was found for each condition: directions of all trials, what is left after the control, reviews, and doubts."""

from prolo_dash.chapters.answer import row_words, words
from prolo_dash.chapters.answer.facts import AnswerState, Facts, facts
from prolo_dash.chapters.answer.how_to_read import how_to_read
from prolo_dash.chapters.answer.plot import COLUMNS, direction_words, people_words, plot
from prolo_dash.evidence.directions import DirectionMark
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import smallest_change_words, trial_labels
from prolo_dash.kit.blinding_words import COULD_TELL
from prolo_dash.kit.charts import stack
from prolo_dash.kit.topic_words import role_name
from prolo_dash.kit.view import Cell, Rendering, Row, SourceLink, Table, View, plain
from prolo_dash.kit.wording import capitalised, count, grave_flag, weeks_words


def render(library: Library, state: AnswerState) -> Rendering:
    """The answers for the chosen conditions."""
    known = facts(library, state)
    unmarked = [study for answer in known.answers for study in answer.unmarked]
    return Rendering(
        sentence=words.sentence(known),
        chart=stack(()),
        plot=plot(known),
        table=_table(known),
        alt=_alt(known),
        how_to_read=how_to_read(known),
        listed_title=row_words.unmarked_title(len(unmarked)),
        listed=trial_labels.listed(library, [(s, library.comparisons_of(s)) for s in unmarked], "better"),
        sources=_sources(library, known),
    )


_TRIAL, _OUTCOME = ("Trial", "People"), ("Outcome", "Compared with", "What the trial states", "Could people tell")


def _table(known: Facts) -> Table:
    rows = tuple(_row(known.topic, mark) for answer in known.answers for mark in answer.marks)
    return Table("Every mark of the plot.", (*_TRIAL, *_OUTCOME), rows)


def _row(topic: Topic, mark: DirectionMark) -> Row:
    comparison = mark.comparison
    flag = grave_flag(comparison)
    cells = (
        Cell(mark.trial, comparison.condition.label),
        Cell(capitalised(people_words(mark)), sort=mark.people),
        Cell(COLUMNS[mark.domain], f"{trial_labels.what(comparison)}, {weeks_words(comparison.outcome.weeks)}"),
        Cell(capitalised(role_name(topic, mark.role)), mark.versus.arm.label),
        Cell(capitalised(direction_words(mark.direction)), _p(mark)),
        Cell(capitalised(COULD_TELL[mark.could_tell])),
    )
    return Row(f"{mark.study.study_id}.{mark.domain}", cells, (capitalised(flag),) if flag else ())


def _p(mark: DirectionMark) -> str:
    contrast = mark.comparison.contrast(mark.versus)
    return f"p {contrast.p}" if contrast and contrast.p else ""


def _sources(library: Library, known: Facts) -> tuple[SourceLink, ...]:
    drawn = [mark.comparison for answer in known.answers for mark in answer.marks]
    left = [left.comparison for answer in known.answers for left in answer.left]
    smallest = [s for answer in known.answers for left in answer.left if (s := left.smallest)]
    reviews = dict.fromkeys(review for answer in known.answers for review in answer.reviews)
    return (
        *trial_labels.source_links(library, [*drawn, *left]),
        *smallest_change_words.source_links(library, smallest),
        *(SourceLink(r.citation, f"https://doi.org/{r.doi}" if r.doi else r.url, "review") for r in reviews),
    )


def _alt(known: Facts) -> str:
    if not known.answers:
        return "No marks: no condition is chosen."
    marks = sum(len(answer.marks) for answer in known.answers)
    if len(known.answers) == 1:
        return f"{count(marks, 'mark')} of trials. {plain(words.in_short(known, known.answers[0]))}"
    said = plain(words.sentence(known))
    return f"{count(marks, 'mark')} of trials. {said}"


VIEW = View(
    key="answer",
    question="What was found, and how sure is that?",
    state=AnswerState,
    render=render,
    for_class="Choose one condition. Which reason to doubt would you want settled first, and what trial would do it?",
    facts=facts,
    stands_open=True,
    counts_trials=True,
)
