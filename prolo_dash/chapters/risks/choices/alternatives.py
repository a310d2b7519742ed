"""Other options: those the article names, and how many trials compared one with the intervention."""

from dataclasses import dataclass

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.options import Tested, TestedOption, tested_options
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, bars, notes, stack
from prolo_dash.kit.references import article, links
from prolo_dash.kit.theme import Fill
from prolo_dash.kit.view import Cell, Chart, Rendering, Row, Table
from prolo_dash.kit.wording import count, listing, weeks_words


@dataclass(frozen=True)
class Facts:
    """Every other option with its trials, and whether the article compares the intervention with them."""

    topic: Topic
    options: tuple[TestedOption, ...]
    ranked_by_article: bool

    @property
    def named(self) -> tuple[TestedOption, ...]:
        """Options that the article names."""
        return tuple(option for option in self.options if option.treatment.named_by_article)

    @property
    def named_trials(self) -> tuple[Tested, ...]:
        """Trials of them, one entry a trial and option."""
        return tuple(trial for option in self.named for trial in option.trials)


def facts(library: Library) -> Facts:
    """Every kind of option and the trials that tested it."""
    ranked = any(claim.topic == "alternatives" for claim in library.package.claims)
    return Facts(library.topic, tested_options(library), ranked)


def render(library: Library) -> Rendering:
    """Every kind of option and the trials that tested it."""
    found = facts(library)
    studies = (trial.study.source_id for option in found.options for trial in option.trials)
    return Rendering(
        sentence=_sentence(found),
        chart=_chart(found),
        table=_table(library, found),
        alt=_alt(found),
        how_to_read=_how_to_read(found),
        sources=(article(library), *links(library, studies)),
    )


def _how_to_read(found: Facts) -> tuple[str, ...]:
    treated = found.topic.intervention
    hopes = (
        f"Whoever gets {_in_words(found.named)} knows that no {found.topic.shared} is used. Hopes may then differ "
        "between the groups, too."
    )
    return (
        f"A bar counts trials in which one group got {treated} and another group got this option. It does not rank "
        f"the options: each has a research of its own, and this page has read only that of {treated}.",
        "What a trial found is its main outcome, or else its longest follow-up, while the groups were as randomised. "
        "The table names each trial.",
        f"“On top” means that the {treated} group got this option too, so that the trial compares both with one alone.",
        *((hopes,) if found.named else ()),
    )


def _in_words(options: tuple[TestedOption, ...]) -> str:
    return listing((option.treatment.in_words or option.treatment.label for option in options), "or")


def _words(topic: Topic) -> dict[str, str]:
    return {
        "favours_intervention": f"better after {topic.intervention}",
        "no_difference": "no clear difference",
        "favours_comparator": "better after the other option",
        "not_stated": "not told",
    }


def _tally(topic: Topic, trials: tuple[Tested, ...]) -> str:
    tally = {words: sum(trial.direction == key for trial in trials) for key, words in _words(topic).items()}
    return listing(f"{n} {words}" for words, n in tally.items() if n)


def _sentence(found: Facts) -> str:
    if not found.named:
        return f"Trials set **{len(found.options)}** other options beside {found.topic.intervention}."
    told = listing(option.treatment.as_told or option.treatment.label for option in found.named)
    trials, topic = found.named_trials, found.topic
    added = sum(trial.added for trial in trials)
    ranked = (
        " as options with better research, and says that a doctor may think of "
        f"{topic.intervention} only when nothing else is enough"
        if found.ranked_by_article
        else ""
    )
    return (
        f"The article names **{told}**{ranked}. **{len(trials)}** of the trials here set it beside "
        f"{_in_words(found.named)}. What they report: {_tally(topic, trials)}. In {added} of them, the "
        f"{topic.intervention} group got that too. The other groups got no {topic.shared}, so these figures can't tell "
        f"the {topic.active} from the {topic.shared}."
    )


def _chart(found: Facts) -> Chart:
    y = list(range(len(found.options)))
    values = [float(len(option.trials)) for option in found.options]
    texts = [count(len(option.trials), "trial") for option in found.options]
    ids = [option.treatment.treatment_id for option in found.options]
    fill = Fill("ink")
    traces = (bars(y, [0.0] * len(y), values, [""] * len(y), fill, texts, ids=ids), notes(y, values, texts, ids=ids))
    labels = tuple(ChartRow(option.treatment.label, _by_article(option)) for option in found.options)
    axis = (0.0, 1.4 * max(values, default=1.0))
    return stack((Panel("", "trials that tested it beside " + found.topic.intervention, axis, labels, traces),))


def _by_article(option: TestedOption) -> str:
    return "named by the article" if option.treatment.named_by_article else ""


def _table(library: Library, found: Facts) -> Table:
    columns = ("Option", "Trials", "What they report", "Trial by trial")
    own_rows = tuple(_row(library, found.topic, option) for option in found.options)
    return Table(f"Options that trials set beside {found.topic.intervention}.", columns, own_rows)


def _row(library: Library, topic: Topic, option: TestedOption) -> Row:
    cells = (
        Cell(option.treatment.label, _by_article(option)),
        Cell(str(len(option.trials))),
        Cell(_tally(topic, option.trials)),
        Cell("; ".join(_trial(library, trial) for trial in option.trials)),
    )
    return Row(option.treatment.treatment_id, cells)


def _trial(library: Library, trial: Tested) -> str:
    words = _words(library.topic)
    start = f"{library.name(trial.study)}, {trial_labels.condition_name(library, trial.study)}"
    on_top = ", on top" if trial.added else ""
    if trial.stated is None:
        return f"{start}{on_top}: {words['not_stated']}"
    comparison, contrast = trial.stated
    when = weeks_words(comparison.outcome.weeks)
    return f"{start}{on_top}: {words[contrast.direction]}, {trial_labels.what(comparison)}, {when}"


_MOST = 4  # options that a text alternative names


def _alt(found: Facts) -> str:
    ranked = sorted(found.options, key=lambda option: -len(option.trials))
    parts = "; ".join(f"{option.treatment.label}: {len(option.trials)}" for option in ranked[:_MOST])
    others = [len(option.trials) for option in ranked[_MOST:]]
    more = f"; {count(len(others), 'other')}: {min(others)} to {max(others)} each" if others else ""
    return (
        f"How many trials set an option beside {found.topic.intervention}, the most first. {parts}{more}. "
        "A bar for each."
    )
