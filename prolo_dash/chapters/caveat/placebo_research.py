"""The contextual share of each trial beside benchmarks from placebo research."""

from dataclasses import dataclass, replace

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library, selection
from prolo_dash.evidence.records import Benchmark
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, notes, points, stack, with_room
from prolo_dash.kit.contextual_share import share_percent, why_no_interval
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.theme import SHAPES
from prolo_dash.kit.view import Cell, Chart, KeyEntry, Rendering, Row, Table, View, plain
from prolo_dash.kit.wording import count, flag_reasons, interval, per_hundred, plural, switched_note, verb
from prolo_dash.stats.effects import Estimate

_MAIN = ("zou2016_overall_pain", "zou2016_ia_corticosteroid", "haflidadottir2021_overall", "oa_prr2019_pain")
_NEEDLE = ("linde2010fkm_sham", "linde2010fkm_other_physical", "madsen2009", "hg2010_patient_reported")
_LONGEST = 1.5  # the axes end at 150%; what lies beyond is cut there, and the table has it whole


@dataclass(frozen=True)
class ShareState:
    """Which trials, which result, and how many benchmarks."""

    conditions: tuple[str, ...] = trial_labels.conditions()
    outcome: str = choice("Result", trial_labels.DOMAIN_OPTIONS, "better")
    benchmarks: str = choice(
        "Placebo research", (Option("main", "The nearest averages"), Option("all", "All averages we found")), "main"
    )


def render(library: Library, state: ShareState) -> Rendering:
    """Shares of trials and of placebo research, for one state."""
    found = selection(library, state.conditions, state.outcome, "latest")
    drawn = [c for own in found.values() for c in own if c.share]
    rest = [(study, own) for study, own in found.items() if not any(c.share for c in own)]
    shares = _benchmarks(library, state.benchmarks)
    needles = [b for b in library.package.benchmarks if b.benchmark_id in _NEEDLE]
    return Rendering(
        sentence=_sentence(drawn, library),
        chart=_chart(library, drawn, shares, needles),
        table=_table(library, drawn, shares, needles),
        alt=_alt(drawn, shares),
        how_to_read=_HOW_TO_READ,
        sources=(
            *trial_labels.source_links(library, drawn),
            *(
                trial_labels.source_link(library.source(s), "")
                for s in dict.fromkeys(b.source_id for b in (*shares, *needles))
            ),
        ),
        key=(KeyEntry("trials of prolotherapy, control injection", "control"), KeyEntry("placebo research", "ink")),
        listed_title=f"Listed, not drawn: {count(len(rest), 'trial')} without a share" if rest else "",
        listed=trial_labels.listed(library, rest, state.outcome),
    )


_HOW_TO_READ = (
    "The contextual share is the control group's gain divided by the gain after prolotherapy. At 75%, the control "
    "group gained three quarters as much. It can pass 100%.",
    "It is not the share of a placebo effect: natural course and regression to the mean are inside it. Some trials on "
    "chronic low back pain also had a group without treatment. Of the gain soon after, 49% came without treatment, 18% "
    "more with placebo and 33% more with the treatment (Pedersen 2024).",
    "Averages of placebo research come from other treatments and other people. They are a rough guide, not a "
    "correction.",
    "The last panel is from randomised trials too. It shows how much better people did with a sham needle or another "
    "dummy than without treatment. The unit is one standard deviation.",
    "An arrow marks what lies beyond 150%. It is drawn at 150%; the digits beside it are the true ones.",
)


def _benchmarks(library: Library, which: str) -> list[Benchmark]:
    kind = "proportion_contextual_effect"
    return [
        b
        for b in library.package.benchmarks
        if b.measure == kind and b.estimate is not None and (which == "all" or b.benchmark_id in _MAIN)
    ]


def _sentence(drawn: list[Comparison], library: Library) -> str:
    of = {b.benchmark_id: b for b in library.package.benchmarks}
    wide = of["haflidadottir2021_overall"]
    research = (
        f"In placebo research, averages run from **{_percent(of['oa_prr2019_pain'])} to "
        f"{_percent(of['zou2016_overall_pain'])}** in osteoarthritis and are **{_percent(wide)}** over many "
        "conditions. "
        "Such a share alone does not tell whether a treatment works."
    )
    if not drawn:
        return f"{_NO_SHARE} {research}"
    first = next((c for c in drawn if c.share and c.share.value < 1), None)
    example = f" (in {trial_labels.who(library, first)}, {_pair(first)})" if first else ""
    return f"{_found(drawn, example)}{switched_note(drawn)} {research}"


_NO_SHARE = "No trial chosen here has a share for this result."


def _found(drawn: list[Comparison], example: str = "") -> str:
    """What the control groups gained, with an ``example`` in brackets."""
    values = [share.value for c in drawn if (share := c.share)]
    below = [value for value in values if value < 1]
    beyond = len(values) - len(below)
    parts = []
    if below:
        low, high = per_hundred(min(below)), per_hundred(max(below))
        span = f"**{low}%**" if low == high else f"**{low}% to {high}%**"
        parts.append(
            f"In {count(len(below), 'comparison')}, the control injection group gained {span} of the whole gain"
            f"{example}."
        )
    if beyond:
        parts.append(f"In {beyond} it gained as much as the prolotherapy group or more.")
    return " ".join(parts)


def _pair(comparison: Comparison) -> str:
    """The two gains behind a share, as "23 and 67 of 100 knees"."""
    assert comparison.control is not None
    scale = scale_of(comparison)
    texts = [scale.text(f.gain or 0.0) for f in (comparison.control, comparison.intervention)]
    return f"{texts[0]} and {texts[1]} {f'of 100 {plural(comparison)}' if comparison.is_share else scale.unit}"


def _percent(benchmark: Benchmark) -> str:
    return f"{per_hundred(benchmark.estimate or 0.0)}%"


def _estimate(b: Benchmark) -> Estimate:
    """A benchmark with its interval; sham against none is turned so that higher = better."""
    assert b.estimate is not None
    printed = Estimate(b.estimate, b.ci_low, b.ci_high)
    return printed.negated() if b.measure == "smd_vs_no_treatment" else printed


def _chart(library: Library, drawn: list[Comparison], shares: list[Benchmark], needles: list[Benchmark]) -> Chart:
    axis = "control group's gain, in % of the whole"
    panels = []
    if drawn:
        own = [share for c in drawn if (share := c.share)]
        traces = _points(own, [SHAPES[c.condition.symbol] for c in drawn], "control", [c.comparison_id for c in drawn])
        labels = tuple(trial_labels.chart_row(library, c) for c in drawn)
        panels.append(Panel("Trials of prolotherapy", axis, (0.0, 150.0), labels, traces))
    research = [_estimate(b) for b in shares]
    traces = _points(research, ["x"] * len(shares), "ink", [b.benchmark_id for b in shares])
    labels = tuple(_label(library, b) for b in shares)
    panels.append(Panel("Averages of placebo research", axis, (0.0, 150.0), labels, traces))
    sham = [_estimate(b) for b in needles]
    traces = _points(sham, ["x"] * len(needles), "ink", [b.benchmark_id for b in needles], percent=False)
    labels = tuple(_label(library, b) for b in needles)
    panels.append(Panel("A sham against no treatment", "standard deviations", (0.0, 0.6), labels, traces))
    *percent, sham_panel = panels
    widest = max(_widened(panel)[1] for panel in percent)  # both panels of shares keep one axis
    same = [replace(panel, span=(0.0, widest)) for panel in percent]
    return stack((*same, replace(sham_panel, span=_widened(sham_panel))))


def _widened(panel: Panel) -> tuple[float, float]:
    _, label = panel.traces
    return with_room(panel.span, label["x"], label["text"])


def _cut(estimate: Estimate) -> Estimate:
    if estimate.value > _LONGEST:
        return Estimate(_LONGEST)
    if estimate.high is None or estimate.high <= _LONGEST:
        return estimate
    return Estimate(estimate.value, estimate.low, _LONGEST)


def _points(
    estimates: list[Estimate], symbols: list[str], colour: str, ids: list[str], percent: bool = True
) -> tuple[dict[str, object], ...]:
    """Marks with their value in digits; a share beyond the axis is a mark at its end, with an arrow."""
    y = list(range(len(estimates)))
    shown = [_cut(e).scaled(100) for e in estimates] if percent else estimates
    texts = [share_percent(e) if percent else interval(e, 2) for e in estimates]
    marks = points(y, shown, symbols, colour, texts, [0.0] * len(y))
    ends = [e.value if e.high is None else e.high for e in shown]
    digits = [f"→ {text}" if percent and _cut(e) != e else text for e, text in zip(estimates, texts, strict=True)]
    label = notes(y, ends, digits)
    return (marks | {"ids": ids}, label | {"ids": ids})


def _label(library: Library, benchmark: Benchmark) -> ChartRow:
    trials = f", {benchmark.n_trials} trials" if benchmark.n_trials else ""
    return ChartRow(trial_labels.short(library, benchmark.source_id), f"{benchmark.population}{trials}")


def _table(library: Library, drawn: list[Comparison], shares: list[Benchmark], needles: list[Benchmark]) -> Table:
    trials = tuple(
        Row(
            c.comparison_id,
            (
                Cell(trial_labels.who(library, c), trial_labels.what(c)),
                Cell(share_percent(share), why_no_interval(c)),
                Cell(
                    "; ".join(
                        f"{f.arm.label}: {trial_labels.gain_text(f, c)}" for f in (c.intervention, c.control) if f
                    )
                ),
            ),
            flag_reasons(c),
        )
        for c in drawn
        if (share := c.share)
    )
    return Table(
        "Contextual shares with 95% intervals where they can be computed or were printed.",
        ("Where", "Share or effect", "From what"),
        trials + tuple(_benchmark_row(library, b) for b in (*shares, *needles)),
    )


def _benchmark_row(library: Library, b: Benchmark) -> Row:
    estimate = _estimate(b)
    is_share = b.measure == "proportion_contextual_effect"
    text = share_percent(estimate) if is_share else f"{interval(estimate, 2)} standard deviations"
    where = Cell(trial_labels.short(library, b.source_id), b.population)
    return Row(b.benchmark_id, (where, Cell(text), Cell(b.notes or "")))


def _alt(drawn: list[Comparison], shares: list[Benchmark]) -> str:
    found = plain(_found(drawn) + switched_note(drawn)) if drawn else _NO_SHARE
    lowest, highest = (_percent(pick(shares, key=_share)) for pick in (min, max))
    return (
        f"{found} {count(len(shares), 'average')} of placebo research {verb(len(shares), 'stands', 'stand')} beside "
        f"them, from {lowest} to {highest}. Each is a point, with an interval where there is one."
    )


def _share(benchmark: Benchmark) -> float:
    return benchmark.estimate or 0.0


VIEW = View(
    key="caveat_share",
    question="Is that a lot? The share beside placebo research",
    state=ShareState,
    render=render,
    for_class="A drug for the same pain has a share of 75% too. What does that say about prolotherapy, and what not?",
)
