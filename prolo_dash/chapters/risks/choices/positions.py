"""What organisations say, as strongly as they say it, next to the article's version; and who pays."""

from collections import Counter
from dataclasses import dataclass

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.positions import Payers, Told, bodies, payers, told_by_article
from prolo_dash.evidence.records import Claim, Position
from prolo_dash.kit.charts import ChartRow, Panel, Symbols, named_places, stack, symbols
from prolo_dash.kit.position_words import position_words
from prolo_dash.kit.references import article, links
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table
from prolo_dash.kit.wording import capitalised, listing

# Places on the axis: the kind of position as the organisation words it. A position that only others tell of has no
# place of its own.
_PLACE = {
    "does_not_recommend": -2.0,
    "against_conditional": -1.0,
    "no_statement": 0.0,
    "allows": 1.0,
    "conditionally_recommends": 2.0,
    "recommends": 2.0,
}
_PLACES = {
    -2.0: "against",
    -1.0: "weakly<br>against",
    0.0: "no side,<br>or silent",
    1.0: "may<br>try",
    2.0: "for, in<br>some cases",
}
_PAYS = {-2.0: "does<br>not pay", 1.0: "pays under<br>conditions"}
_SPAN = (-2.6, 2.6)


@dataclass(frozen=True)
class Facts:
    """Bodies that speak of the treatment, payers, how the article tells each, and what else it says of doctors."""

    bodies: tuple[Position, ...]
    payers: Payers
    as_told: dict[str, tuple[Told, ...]]
    of_doctors: tuple[Claim, ...]

    @property
    def all(self) -> tuple[Position, ...]:
        """All positions, bodies first."""
        return self.bodies + self.payers.all

    @property
    def silent(self) -> int:
        """How many bodies take no side, or say nothing where we looked."""
        return sum(position.position == "no_statement" for position in self.bodies)


def facts(library: Library) -> Facts:
    """All positions, bodies that speak of the treatment first, payers after them."""
    known = {position.position_id: told_by_article(library, position) for position in library.package.positions}
    of_doctors = (claim for claim in library.package.claims if (claim.topic, claim.kind) == ("positions", "statement"))
    return Facts(bodies(library), payers(library), known, tuple(of_doctors))


def render(library: Library) -> Rendering:
    """All positions, each next to the article's version."""
    found = facts(library)
    return Rendering(
        sentence=_sentence(found),
        chart=_chart(found),
        table=_table(found),
        alt=_alt(found),
        how_to_read=_how_to_read(found),
        sources=(article(library), *links(library, (position.source_id for position in found.all))),
        listed_title="What else the article says of doctors" if found.of_doctors else "",
        listed=tuple(Box("", "", f"{claim.paraphrase}.") for claim in found.of_doctors),
    )


def _how_to_read(found: Facts) -> tuple[str, ...]:
    weakly = (
        "“Weakly against” stands for a conditional verdict of a guideline. Its makers also have a strong one, and did "
        "not use it here."
    )
    paying = "Payers are drawn apart. Not paying is a rule about money, not a verdict on what is good for a patient."
    return (
        "A filled mark is what an organisation says in its own words, or that it says nothing. A hollow mark is how "
        "the article tells it. Where the two lie apart, the strength or the scope was lost on the way.",
        *((weakly,) if any(p.position == "against_conditional" for p in found.bodies) else ()),
        *((paying,) if found.payers.all else ()),
        "“Silent” means that we found nothing, or that a body takes no side. It does not mean that nothing exists.",
    )


def _sentence(found: Facts) -> str:
    paying = (
        f", and **{len(found.payers.unpaid)}** of {len(found.payers.all)} payers do not pay" if found.payers.all else ""
    )
    leads = (position.lead for position in found.all if position.lead)
    counted = f"**{found.silent}** of {len(found.bodies)} bodies take no side or are silent where we looked{paying}."
    return " ".join((*leads, counted))


def _chart(found: Facts) -> Chart:
    countries = sorted({payer.country for payer in found.payers.all if payer.country})
    where = f" ({listing(countries)})" if countries else ""
    panels = [Panel("Filled: own; hollow: article's", "", _SPAN, *_drawn(found, found.bodies))]
    if found.payers.all:
        panels.append(Panel(f"Who pays{where}", "", _SPAN, *_drawn(found, found.payers.all)))
    return named_places(stack(tuple(panels), bar=20), (_PLACES, _PAYS)[: len(panels)])


def _drawn(found: Facts, positions: tuple[Position, ...]) -> tuple[tuple[ChartRow, ...], tuple[Symbols, ...]]:
    labels = tuple(ChartRow(p.organisation, f"{_side(p)}: {_scope(p)}") for p in positions)
    placed = [(y, p) for y, p in enumerate(positions) if p.position in _PLACE]
    own = [(y, _PLACE[p.position], p.position_id, position_words(p)) for y, p in placed]
    told = [
        (y, _PLACE[told.position], p.position_id, "as the article tells it")
        for y, p in enumerate(positions)
        for told in found.as_told[p.position_id]
    ]
    return labels, tuple(_marks(part, open_) for part, open_ in _by_place(told, own))


def _by_place(
    told: list[tuple[int, float, str, str]], own: list[tuple[int, float, str, str]]
) -> list[tuple[list[tuple[int, float, str, str]], bool]]:
    """One trace for each place of the hollow marks: within a trace, Plotly draws an id only once."""
    places = sorted({mark[1] for mark in told})
    return [*(([mark for mark in told if mark[1] == place], True) for place in places), (own, False)]


def _marks(marks: list[tuple[int, float, str, str]], hollow: bool) -> Symbols:
    return symbols(
        [mark[0] for mark in marks],
        [mark[1] for mark in marks],
        ["circle-open" if hollow else "circle"] * len(marks),
        [mark[3] for mark in marks],
        size=19 if hollow else 11,
        ids=[mark[2] for mark in marks],
        rim=2,
    )


def _scope(position: Position) -> str:
    """What the position is about, as its words limit it."""
    if position.source_id is None:
        return "nothing seen where we looked"
    year = f", {position.year}" if position.year else ""
    about = "all conditions" if position.condition == "all" else position.condition
    return f"{about}{year}"


def _table(found: Facts) -> Table:
    columns = ("Organisation", "In its own strength", "About", "As the article tells it", "To know")
    return Table("Who says what.", columns, tuple(_row(p, found.as_told[p.position_id]) for p in found.all))


def _row(position: Position, as_told: tuple[Told, ...]) -> Row:
    cells = (
        Cell(position.organisation),
        Cell(position_words(position)),
        Cell(_scope(position)),
        Cell("; ".join(_hedged(told.claim) for told in as_told) or "not named"),
        Cell(position.notes or ""),
    )
    return Row(position.position_id, cells)


def _hedged(claim: Claim) -> str:
    hedge = f" (“{claim.hedge}”)" if claim.hedge else ""
    return f"{claim.paraphrase}{hedge}, named as {claim.source_as_told}"


def _alt(found: Facts) -> str:
    said = "; ".join(f"{side}: {n}" for side, n in Counter(map(_side, found.bodies)).items())
    told = sum(bool(found.as_told[body.position_id]) for body in found.bodies)
    paying = f" {len(found.payers.unpaid)} of {len(found.payers.all)} payers do not pay." if found.payers.all else ""
    return (
        f"{len(found.bodies)} bodies. {capitalised(said)}.{paying} A row for each, with a mark from against to for; "
        f"hollow marks show how the article tells {told} of them."
    )


def _side(position: Position) -> str:
    if position.kind == "payer":
        return position_words(position)
    if position.position not in _PLACE:
        return "own words not seen"
    return _PLACES[_PLACE[position.position]].replace("<br>", " ")
