"""The claim: what the article says, and what stands behind each sentence."""

from dataclasses import dataclass

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Claim
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, bars, notes, stack
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, SourceLink, Table, View
from prolo_dash.kit.wording import count, flag_reasons, listing, printed, weeks_words

TOPICS = {
    "outcomes": "Results",
    "placebo": "Placebo",
    "certainty": "How sure",
    "testimony": "What people say",
    "safety": "Safety",
    "positions": "Who recommends it",
    "mechanism": "How it might work",
    "cost": "Cost",
    "what_it_is": "What it is",
    "history": "History",
    "alternatives": "Alternatives",
    "advice": "Advice",
    "contraindications": "Who should not",
}


def _claims(known: Library) -> list[Claim]:
    order = list(TOPICS)
    return sorted(known.package.claims, key=lambda claim: order.index(claim.topic))


def _options(known: Library) -> tuple[Option, ...]:
    return tuple(Option(c.claim_id, c.paraphrase, group=TOPICS[c.topic]) for c in _claims(known))


@dataclass(frozen=True)
class ClaimState:
    """Which claim of the article is followed back."""

    claim: str = choice(
        "Claims of the article, by topic", _options, lambda known: known.default("claim"), style="cards"
    )


def render(known: Library, state: ClaimState) -> Rendering:
    """One claim followed back to its trials, and how well the article's claims are backed as a whole."""
    claim = next(c for c in known.package.claims if c.claim_id == state.claim)
    behind = _behind(known, claim)
    counts = _counts(known.package.claims)
    return Rendering(
        sentence=_sentence(claim, behind),
        chart=_chart(counts, len(known.package.claims)),
        table=_table(counts, len(known.package.claims)),
        alt=_alt(counts, len(known.package.claims)),
        how_to_read=_HOW_TO_READ,
        sources=(_ARTICLE, *trial_labels.source_links(known, behind)),
        chain=_chain(known, claim, behind),
    )


_ARTICLE = SourceLink(
    "What to Know About Prolotherapy, medically reviewed by David Zelman, MD, 13 September 2023",
    None,
    "the article explained here; its claims are told in our words",
)

_HOW_TO_READ = (
    "Choose a claim. The four boxes follow it back: what the article says, what was counted, what it was compared "
    "with, and what was left out.",
    "The article names no trial. Where its figures fit a trial, or else its description, that trial stands behind the "
    "claim; where several fit, all of them do.",
    "The bars count all claims of the article. How many come with a figure? How many say what it was compared with, or "
    "name who says so?",
)


def _behind(known: Library, claim: Claim) -> list[Comparison]:
    """The first comparison of each outcome behind the claim."""
    return [next(c for c in known.comparisons if c.outcome.outcome_id == o) for o in claim.outcomes]


def _sentence(claim: Claim, behind: list[Comparison]) -> str:
    said = _said(claim)
    if not behind:
        return f"{said} {_bare(claim)}"
    trials = len({c.study.study_id for c in behind})
    switched = [c for c in behind if not c.as_randomised]
    tail = " Its groups were **no longer as randomised**." if switched else ""
    told = claim.comparator_as_told
    compared = _compared(behind[0])
    match = f"It names no trial. {_matched(claim)}"
    if trials > 1:
        return f"{said} {match} **{trials} trials** fit. In each, {_control_word(behind)}.{tail}"
    if told and told != "none":
        return f"{said} {match} one trial fits. There the other group got **{compared}**, not just “{told}”.{tail}"
    return f"{said} {match} one trial fits. There the other group got **{compared}**.{tail}"


def _matched(claim: Claim) -> str:
    """How the trials behind a claim were found: a claim that tells no figure can only be matched by description."""
    return "By its figures" if claim.value else "By its description"


def _said(claim: Claim) -> str:
    """The claim as a sentence; a heading such as "Theory:" becomes "as a theory"."""
    head, colon, tail = claim.paraphrase.partition(": ")
    if not colon:
        return f"The article says: {head[0].lower()}{head[1:]}."
    kind = head.lower().removesuffix(" according to the article")
    return f"The article says, as {kind if kind.startswith('possible') else f'a {kind}'}: {tail[0].lower()}{tail[1:]}."


def _control_word(behind: list[Comparison]) -> str:
    if all(c.control for c in behind):
        return "the other group got **another injection**"
    return "there was another group"


def _bare(claim: Claim) -> str:
    missing = [word for word, there in (("figure", claim.value), ("source", claim.source_as_told)) if not there]
    if not missing:
        return "The claim comes with a figure and names its source."
    return f"The claim comes with **no {listing(missing, 'and no')}**."


def _compared(comparison: Comparison) -> str:
    if comparison.control:
        label = comparison.control.arm.label
    else:
        label = comparison.comparators[0].arm.label if comparison.comparators else "nothing"
    numbing = ", a numbing drug without the sugar" if "idocaine" in label else ""
    return label[0].lower() + label[1:].removesuffix(" (done the same way)") + numbing


def _chain(known: Library, claim: Claim, behind: list[Comparison]) -> tuple[Box, ...]:
    hedge = f" Softened by: “{claim.hedge}”." if claim.hedge else ""
    told = claim.comparator_as_told
    comparator = f" Compared, as told: {told}." if told else ""
    strong = claim.value.replace(" v ", " against ") if claim.value else "No figure"
    told_box = Box("What the article says", strong, f"{claim.paraphrase}.{comparator}{hedge}")
    left_out = _left_out(known, claim, behind)
    if not behind:
        return (told_box, left_out)
    return (told_box, _counted(known, behind), _compared_box(known, behind), left_out)


def _counted(known: Library, behind: list[Comparison]) -> Box:
    if len(behind) == 1:
        (one,) = behind
        groups = [one.intervention, *([one.control] if one.control else [])]
        when = weeks_words(one.outcome.weeks)
        text = f"{known.name(one.study)}, {when}: {one.outcome.name}. Counted in {one.study.unit}s."
        if not one.is_share:
            text = f"{known.name(one.study)}, {when}: {one.outcome.name}."
        return Box("What was counted", ", ".join(printed(f) for f in groups), text)
    lines = [f"{trial_labels.who(known, c)}, {_measured(c)}: {listing(printed(f) for f in c.arms)}" for c in behind]
    return Box("What was counted", count(len(behind), "trial"), "; ".join(lines) + ".")


def _measured(comparison: Comparison) -> str:
    """What was measured; for a gain with its unit, since points and percent look alike."""
    unit = f", {comparison.outcome.unit}" if comparison.outcome.kind == "change_mean" else ""
    return trial_labels.what(comparison) + unit


def _compared_box(known: Library, behind: list[Comparison]) -> Box:
    if len(behind) > 1:
        groups = [
            f"{known.name(c.study)}: {listing(figure.arm.label for figure in c.comparators)}"
            for c in behind
            if c.comparators
        ]
        uninjected = any(c.untreated for c in behind)
        strong = "Other injections, or none" if uninjected else "Other injections"
        return Box("Compared with what", strong, "; ".join(groups) + ".")
    (one,) = behind
    strong = "Another injection" if one.control else "No injection"
    lines = [f"{f.arm.label}: {printed(f)}" for f in one.comparators]
    return Box("Compared with what", strong, "; ".join(lines) + ".")


def _left_out(known: Library, claim: Claim, behind: list[Comparison]) -> Box:
    changed = [c for c in behind if not c.as_randomised]
    adds = claim.what_the_evidence_adds
    text = (
        f"{_named(known, adds)}."
        if adds
        else "The article gives no study for this claim, and the pages we read have nothing to add."
    )
    strong = "Groups had changed" if changed else ("There is more to it" if adds else "Nothing to add")
    reasons = [reason for c in changed for reason in flag_reasons(c)[:1]]
    beside = [_as_randomised(known, c) for c in changed]
    return Box("What was left out", strong, " ".join([*reasons, *beside] or [text]))


def _named(known: Library, text: str) -> str:
    """Ids of studies in a text become their names."""
    for study in known.package.studies:
        text = text.replace(f"({study.study_id})", f"({known.name(study)})")
    return text


def _as_randomised(known: Library, comparison: Comparison) -> str:
    same = next(
        c
        for c in known.comparisons_of(comparison.study)
        if c.as_randomised and c.outcome.instrument == comparison.outcome.instrument
    )
    figures = "; ".join(f"{f.arm.label}: {printed(f)}" for f in same.arms)
    return f"As randomised, at {weeks_words(same.outcome.weeks)}: {figures}."


@dataclass(frozen=True)
class _Counts:
    key: str
    label: str
    detail: str
    n: int


def _counts(claims: tuple[Claim, ...]) -> tuple[_Counts, ...]:
    figure = {c.claim_id for c in claims if c.value}
    comparator = {c.claim_id for c in claims if c.comparator_as_told not in (None, "none")}
    source = {c.claim_id for c in claims if c.source_as_told}
    none = {c.claim_id for c in claims} - figure - comparator - source
    return (
        _Counts("figure", "Come with a figure", "an amount, a share or a date", len(figure)),
        _Counts("comparator", "Say compared with what", "even if loosely", len(comparator)),
        _Counts("source", "Name who says so", "an organisation; no study is named", len(source)),
        _Counts("none", "None of these three", "", len(none)),
    )


def _chart(counts: tuple[_Counts, ...], total: int) -> Chart:
    y = list(range(len(counts)))
    values = [float(c.n) for c in counts]
    texts = [f"{c.n} of {total}" for c in counts]
    ids = {"ids": [c.key for c in counts]}
    fill = {"color": LIGHT["ink"], "line": {"width": 0}}
    traces = (
        bars(y, [0.0] * len(y), values, [""] * len(y), fill, texts) | ids,
        notes(y, values, texts) | ids,
    )
    labels = tuple(ChartRow(c.label, c.detail) for c in counts)
    return stack((Panel("", f"claims, of {total} in the article", (0.0, total * 1.16), labels, traces),))


def _table(counts: tuple[_Counts, ...], total: int) -> Table:
    rows_ = tuple(Row(c.key, (Cell(c.label, c.detail), Cell(f"{c.n} of {total}"))) for c in counts)
    return Table("How the article's claims are backed.", ("Claims that", "How many"), rows_)


def _alt(counts: tuple[_Counts, ...], total: int) -> str:
    parts = "; ".join(f"{c.label.lower()}: {c.n}" for c in counts)
    return f"Bars that count the {total} claims of the article: {parts}."


VIEW = View(
    key="claim",
    question="What does the article say, and what stands behind it?",
    state=ClaimState,
    render=render,
    for_class="Pick one claim. Which box of the chain would you have liked to see in the article?",
)
