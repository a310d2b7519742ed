"""What organisations say, in the strength of their own words, beside how the article tells it; and who pays."""

from collections import Counter

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Claim, Position
from prolo_dash.kit.charts import ChartRow, Panel, named_places, stack
from prolo_dash.kit.position_words import position_words
from prolo_dash.kit.references import article, claim, is_payer, links, payers
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table

# Places on the axis, and the words of the table: the kind of position as the organisation words it. A position that
# only others tell of has no place of its own.
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

# How the article tells an organisation's position: the claim, and its place on the same axis.
_AS_TOLD = {
    "acr_af": (("acr_position", -2.0), ("af_try", 1.0)),
    "arthritis_foundation": (("af_try", 1.0),),
    "aaom": (("aaom_position", 2.0),),
}
_ALSO_TOLD = ("doctors_not_in_favor", "not_regulated")


def render(library: Library) -> Rendering:
    """All positions, bodies that speak of the treatment first, payers after them."""
    found = library.package.positions
    bodies = sorted((p for p in found if not is_payer(p)), key=lambda p: p.source_id is None)
    unpaid, paid = payers(library)
    ordered = [*bodies, *unpaid, *paid]
    return Rendering(
        sentence=_sentence(library, bodies),
        chart=_chart(bodies, [*unpaid, *paid]),
        table=_table(library, ordered),
        alt=_alt(library, bodies),
        how_to_read=_HOW_TO_READ,
        sources=(article(library), *links(library, (p.source_id for p in ordered))),
        listed_title="What else the article says of doctors",
        listed=tuple(Box("", "", f"{claim(library, i).paraphrase}.") for i in _ALSO_TOLD),
    )


_HOW_TO_READ = (
    "A filled mark is what an organisation says in its own words, or that it says nothing. A hollow mark is how the "
    "article tells it. Where the two lie apart, the strength or the scope was lost on the way.",
    "“Weakly against” stands for a conditional verdict of a guideline. Its makers also have a strong one, and did not "
    "use it here.",
    "Payers are drawn apart. Not paying is a rule about money, not a verdict on what is good for a patient.",
    "“Silent” means that we found nothing, or that a body takes no side. It does not mean that nothing exists.",
)


def _sentence(library: Library, bodies: list[Position]) -> str:
    unpaid, paid = payers(library)
    silent = sum(1 for p in bodies if p.position == "no_statement")
    return (
        "The article has one college against it and one foundation that lets people try it. The two wrote **one "
        "guideline together**. It is against prolotherapy **conditionally**, the weaker of its two grades, and only in "
        "knee and hip osteoarthritis. The association that is for it, in selected cases, is one whose members give it. "
        f"**{silent}** of {len(bodies)} bodies take no side or are silent where we looked, and **{len(unpaid)}** of "
        f"{len(unpaid) + len(paid)} payers do not pay."
    )


def _chart(bodies: list[Position], paying: list[Position]) -> Chart:
    panels = (
        Panel("Filled: own; hollow: article's", "", _SPAN, *_drawn(bodies)),
        Panel("Who pays (US)", "", _SPAN, *_drawn(paying)),
    )
    return named_places(stack(panels, bar=20), (_PLACES, _PAYS))


def _drawn(positions: list[Position]) -> tuple[tuple[ChartRow, ...], tuple[dict[str, object], ...]]:
    labels = tuple(ChartRow(p.organisation, f"{_side(p)}: {_scope(p)}") for p in positions)
    placed = [(y, p) for y, p in enumerate(positions) if p.position in _PLACE]
    own = [(y, _PLACE[p.position], p.position_id, position_words(p)) for y, p in placed]
    told = [
        (y, place, p.position_id, "as the article tells it")
        for y, p in enumerate(positions)
        for _, place in _AS_TOLD.get(p.position_id, ())
    ]
    return labels, tuple(_marks(part, open_) for part, open_ in _by_place(told, own))


def _by_place(
    told: list[tuple[int, float, str, str]], own: list[tuple[int, float, str, str]]
) -> list[tuple[list[tuple[int, float, str, str]], bool]]:
    """One trace for each place of the hollow marks: within a trace, Plotly draws an id only once."""
    places = sorted({mark[1] for mark in told})
    return [*(([mark for mark in told if mark[1] == place], True) for place in places), (own, False)]


def _marks(marks: list[tuple[int, float, str, str]], hollow: bool) -> dict[str, object]:
    symbol = "circle-open" if hollow else "circle"
    line = {"width": 2, "color": LIGHT["ink"]}
    return {
        "type": "scatter",
        "mode": "markers",
        "y": [mark[0] for mark in marks],
        "offsets": [0.0] * len(marks),
        "x": [mark[1] for mark in marks],
        "ids": [mark[2] for mark in marks],
        "marker": {"symbol": symbol, "size": 19 if hollow else 11, "color": LIGHT["ink"], "line": line},
        "hovertext": [mark[3] for mark in marks],
    }


def _scope(position: Position) -> str:
    """What the position is about, as its words limit it."""
    if position.source_id is None:
        return "nothing seen where we looked"
    year = f", {position.year}" if position.year else ""
    about = "all conditions" if position.condition == "all" else position.condition
    return f"{about}{year}"


def _table(library: Library, positions: list[Position]) -> Table:
    columns = ("Organisation", "In its own strength", "About", "As the article tells it", "To know")
    return Table("Who says what.", columns, tuple(_row(library, p) for p in positions))


def _row(library: Library, position: Position) -> Row:
    told = [claim(library, i) for i, _ in _AS_TOLD.get(position.position_id, ())]
    cells = (
        Cell(position.organisation),
        Cell(position_words(position)),
        Cell(_scope(position)),
        Cell("; ".join(_hedged(c) for c in told) or "not named"),
        Cell(position.notes or ""),
    )
    return Row(position.position_id, cells)


def _hedged(told: Claim) -> str:
    hedge = f" (“{told.hedge}”)" if told.hedge else ""
    return f"{told.paraphrase}{hedge}, named as {told.source_as_told}"


def _alt(library: Library, bodies: list[Position]) -> str:
    unpaid, paid = payers(library)
    sides = Counter(map(_side, bodies))
    said = "; ".join(f"{side}: {n}" for side, n in sides.items())
    told = sum(1 for p in bodies if p.position_id in _AS_TOLD)
    return (
        f"{len(bodies)} bodies. {said[0].upper()}{said[1:]}. {len(unpaid)} of {len(unpaid) + len(paid)} payers do not "
        f"pay. A row for each, with a mark from against to for; hollow marks show how the article tells {told} of them."
    )


def _side(position: Position) -> str:
    if is_payer(position):
        return position_words(position)
    if position.position not in _PLACE:
        return "own words not seen"
    return _PLACES[_PLACE[position.position]].replace("<br>", " ")
