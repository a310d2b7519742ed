"""What a course of it costs: the reader's number of injections and sessions at published prices."""

import re
from dataclasses import dataclass

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Position, Price
from prolo_dash.kit.charts import ChartRow, Panel, bars, notes, stack
from prolo_dash.kit.controls import Option, choice, steps
from prolo_dash.kit.references import article, claim, links, payers
from prolo_dash.kit.scales import span
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table, View
from prolo_dash.kit.wording import count


@dataclass(frozen=True)
class CostState:
    """How many injections and sessions, and whose price."""

    injections: int = steps("Injections in each session", 1, 10, 1, 3)
    sessions: int = steps("Sessions", 1, 8, 1, 4)
    price: str = choice(
        "Price",
        (
            Option("article", "The article: 150 USD per injection"),
            Option("pages", "Clinic and consumer pages: per session"),
        ),
        "article",
    )


@dataclass(frozen=True)
class Cost:
    """One row: from low to high, in US dollars. ``chosen`` is the row that the reader's price leads to."""

    key: str
    label: str
    detail: str
    low: float
    high: float
    chosen: bool = False
    note: str = ""


def article_price(library: Library) -> int:
    """The article's price of one injection."""
    found = re.match(r"(\d+) USD per injection", claim(library, "cost_injection").value or "")
    assert found is not None
    return int(found[1])


def published(library: Library, per: str) -> list[Price]:
    """Published prices for a session or a course, without those for platelet-rich plasma."""
    return [p for p in library.package.prices if p.per == per and not is_plasma(p)]


def is_plasma(price: Price) -> bool:
    """Whether a price is for platelet-rich plasma, a different treatment."""
    return "PRP" in price.item


_OWN = 2  # rows that the reader's course has


def costs(library: Library, state: CostState) -> tuple[Cost, ...]:
    """The reader's course at both prices, and the courses that pages publish."""
    each = article_price(library)
    total = float(each * state.injections * state.sessions)
    session = [p.amount for p in published(library, "session")]
    sessions = count(state.sessions, "session")
    by_article = f"{count(state.injections, 'injection')} in {_each(state.sessions)}, {each} USD each"
    by_pages = f"{sessions}, {min(session):,.0f} to {usd(max(session))} each"
    own = (
        Cost("article", "Your course, the article's price", by_article, total, total, state.price == "article"),
        Cost(
            "pages",
            "Your course, session prices of pages",
            by_pages,
            min(session) * state.sessions,
            max(session) * state.sessions,
            state.price == "pages",
        ),
    )
    return own + tuple(_course(library, i) for i in dict.fromkeys(p.source_id for p in published(library, "course")))


def _course(library: Library, source_id: str) -> Cost:
    own = [p for p in published(library, "course") if p.source_id == source_id]
    amounts = [p.amount for p in own]
    size = next((p.notes.rstrip(".").replace("-", " to ") for p in own if p.notes), "number of sessions not told")
    page = library.source(source_id).citation
    return Cost(f"course_{source_id}", "A whole course, as published", f"{page}: {size}", min(amounts), max(amounts))


def _each(sessions: int) -> str:
    return "one session" if sessions == 1 else f"each of {sessions} sessions"


def usd(amount: float) -> str:
    """``1,800 USD``."""
    return f"{amount:,.0f} USD"


def amount_words(cost: Cost) -> str:
    """One amount, or from low to high."""
    return usd(cost.high) if cost.low == cost.high else f"{cost.low:,.0f} to {usd(cost.high)}"


def render(library: Library, state: CostState) -> Rendering:
    """One course at the chosen price, beside the others."""
    found = costs(library, state)
    unpaid, paid = payers(library)
    payer_sources = links(library, (p.source_id for p in (*unpaid, *paid)), "whether it is paid for")
    prices = links(library, (p.source_id for p in library.package.prices), "prices")
    return Rendering(
        sentence=f"{_LEAD[state.price](library, state, found)} {_insurance(library)}",
        chart=_chart(found),
        table=_table(found),
        alt=_alt(found),
        how_to_read=(*_HOW_TO_READ, _in_trials(library)),
        sources=(article(library), *prices, *payer_sources),
        listed_title="Not counted here: platelet-rich plasma. And who says who pays",
        listed=(
            *_plasma(library),
            *(Box(p.organisation, "does not pay", _rule(p)) for p in unpaid),
            *(Box(p.organisation, "pays under conditions", _rule(p)) for p in paid),
        ),
    )


_HOW_TO_READ = (
    "An injection is not a session: one session can hold several injections. The article prices an injection, the "
    "other pages price a session. To compare the two, you have to set how many injections a session has.",
    "The dark part of a bar is the lowest price, the outline reaches to the highest. The bar of the price you chose is "
    "black, the others are grey.",
    "Prices are in US dollars, from the article, a clinic and consumer pages. One of these pages cites a health site "
    "for its price, so they are not independent. Most do not say when a price held.",
)


def _rule(position: Position) -> str:
    return f"As told in {position.year}." if position.year else "We did not see from when this is."


def _in_trials(library: Library) -> str:
    """How many sessions the trials gave, as a measure for the slider."""
    treated = {study.study_id for study in library.trials}
    given = sorted(
        arm.n_injection_sessions
        for arm in library.package.arms
        if arm.role == "intervention" and arm.n_injection_sessions and arm.study_id in treated
    )
    usual = max(set(given), key=given.count)
    return (
        f"In the {len(given)} prolotherapy groups whose sessions we saw, people had {given[0]:.0f} to {given[-1]:.0f} "
        f"sessions, most often {usual:.0f}."
    )


def _by_article(library: Library, state: CostState, found: tuple[Cost, ...]) -> str:
    own, pages = found[0], found[1]
    return (
        f"{count(state.injections, 'injection')} in {_each(state.sessions)} come to **{usd(own.high)}** at the "
        f"article's price of about {article_price(library)} USD an injection. At the session prices of other pages, "
        f"{count(state.sessions, 'session')} would be {amount_words(pages)}."
    )


def _by_pages(library: Library, state: CostState, found: tuple[Cost, ...]) -> str:
    own, pages = found[0], found[1]
    each = f"the article's price of about {article_price(library)} USD an injection"
    return (
        f"At the session prices of clinic and consumer pages, {count(state.sessions, 'session')} would be "
        f"**{amount_words(pages)}**, however many injections a session has. At {each}, "
        f"{count(state.injections, 'injection')} in {_each(state.sessions)} would be {usd(own.high)}."
    )


_LEAD = {"article": _by_article, "pages": _by_pages}


def _insurance(library: Library) -> str:
    unpaid, paid = payers(library)
    return (
        "The article says that insurance usually does not pay. Of "
        f"{len(unpaid) + len(paid)} payers whose rules we saw told, **{len(unpaid)}** do not pay."
    )


def _plasma(library: Library) -> tuple[Box, ...]:
    found = [p for p in library.package.prices if is_plasma(p)]
    if not found:
        return ()
    amounts = [p.amount for p in found]
    page = library.source(found[0].source_id).citation
    told = f"{min(amounts):,.0f} to {usd(max(amounts))} a session"
    return (Box(f"Injections of platelet-rich plasma ({page})", told, "A different treatment, kept apart."),)


def _chart(found: tuple[Cost, ...]) -> Chart:
    y = list(range(len(found)))
    ids = {"ids": [c.key for c in found]}
    zero, none = [0.0] * len(y), [""] * len(y)
    words = [amount_words(c) for c in found]
    colours = [LIGHT["ink"] if c.chosen else LIGHT["axis"] for c in found]
    outline = {"color": "rgba(0,0,0,0)", "line": {"width": 2, "color": colours}}
    solid = {"color": colours, "line": {"width": 0}}
    traces = (
        bars(y, zero, [c.high for c in found], none, outline, words) | ids,
        bars(y, zero, [c.low for c in found], none, solid, words) | ids,
        notes(y, [c.high for c in found], words) | ids,
    )
    labels = tuple(ChartRow(c.label, c.detail) for c in found)
    axis = span([1.75 * max(c.high for c in found)])
    figure = stack((Panel("", "US dollars", axis, labels, traces),))
    figure.layout["xaxis"] |= {"tickformat": ","}
    return figure


def _table(found: tuple[Cost, ...]) -> Table:
    columns = ("Course", "Lowest", "Highest")
    cells = tuple(
        Row(c.key, (Cell(f"{c.label}{' (chosen)' if c.chosen else ''}", c.detail), Cell(usd(c.low)), Cell(usd(c.high))))
        for c in found
    )
    return Table("What a course costs, in US dollars.", columns, cells)


def _alt(found: tuple[Cost, ...]) -> str:
    own = "; ".join(f"{c.label.lower()} ({c.detail}): {amount_words(c)}" for c in found[:_OWN])
    pages = found[_OWN:]
    spans = f"; {count(len(pages), 'published course')}: {_span(pages)}" if pages else ""
    return f"{own[0].upper()}{own[1:]}{spans}. A bar for each, from the lowest to the highest amount."


def _span(found: tuple[Cost, ...]) -> str:
    return f"{min(c.low for c in found):,.0f} to {usd(max(c.high for c in found))}"


VIEW = View(
    key="risks_cost",
    question="What does it cost, and who pays?",
    state=CostState,
    render=render,
    for_class="The article gives the price of one injection. What is missing before you know the price of a course?",
)
