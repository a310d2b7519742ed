"""What a course of it costs: the reader's number of procedures and sessions at published prices."""

from dataclasses import dataclass

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.positions import Payers, payers
from prolo_dash.evidence.prices import (
    CoursePrice,
    OtherPrice,
    PriceRange,
    article_price,
    course_prices,
    currency,
    other_prices,
    session_price,
    sessions_given,
)
from prolo_dash.evidence.records import Claim, Position
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit.charts import ChartRow, Panel, Ticks, bars, notes, stack
from prolo_dash.kit.controls import Option, choice, steps
from prolo_dash.kit.references import article, links
from prolo_dash.kit.scales import span
from prolo_dash.kit.theme import Fill
from prolo_dash.kit.topic_words import indefinite
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table, View
from prolo_dash.kit.wording import capitalised, count, listing, uncapitalised


def _price_options(known: Library) -> tuple[Option, ...]:
    each = article_price(known)
    told = "no price" if each is None else f"{each:,.0f} {currency(known)} per {known.topic.procedure}"
    return (
        Option("article", f"The article: {told}"),
        Option("pages", "Clinic and consumer pages: per session"),
    )


@dataclass(frozen=True)
class CostState:
    """How many procedures and sessions, and whose price."""

    injections: int = steps(lambda known: f"{capitalised(known.topic.procedures)} in each session", 1, 10, 1, 3)
    sessions: int = steps("Sessions", 1, 8, 1, 4)
    price: str = choice("Price", _price_options, "article")


@dataclass(frozen=True)
class Course:
    """The reader's course: so many procedures in each of so many sessions."""

    procedures: int
    sessions: int


@dataclass(frozen=True)
class Facts:
    """A reader's course at the article's price and at that of pages, courses as published, and who pays.

    A price is None where nobody tells one. ``insurance`` is what the article says of it.
    """

    topic: Topic
    currency: str
    course: Course
    each: float | None
    session: PriceRange | None
    published: tuple[CoursePrice, ...]
    other: tuple[OtherPrice, ...]
    payers: Payers
    insurance: Claim | None
    sessions_given: tuple[int, ...]

    @property
    def at_article_price(self) -> float | None:
        """The reader's course at the article's price."""
        return None if self.each is None else self.each * self.course.procedures * self.course.sessions

    @property
    def at_session_price(self) -> PriceRange | None:
        """The reader's course at the session prices of pages."""
        return self.session.times(self.course.sessions) if self.session else None


def facts(library: Library, state: CostState) -> Facts:
    """What the reader's course costs, and what others say of costs."""
    priced = {price.claim_id for price in library.package.prices}
    claims = (c for c in library.package.claims if c.topic == "cost" and c.claim_id not in priced)
    return Facts(
        library.topic,
        currency(library),
        Course(state.injections, state.sessions),
        article_price(library),
        session_price(library),
        course_prices(library),
        other_prices(library),
        payers(library),
        next(claims, None),
        sessions_given(library),
    )


@dataclass(frozen=True)
class Line:
    """One row in words and amounts. ``chosen`` is the row that the reader's price leads to."""

    key: str
    label: str
    detail: str
    price: PriceRange
    chosen: bool = False


def lines(library: Library, state: CostState, found: Facts) -> tuple[Line, ...]:
    """The reader's course at both prices, and the courses that pages publish."""
    own = []
    if found.each is not None and found.at_article_price is not None:
        total = PriceRange(found.at_article_price, found.at_article_price)
        detail = f"{_procedures(found)} in {_each(found)}, {_money(found.each, found)} each"
        own.append(Line("article", "Your course, the article's price", detail, total, state.price == "article"))
    if found.session and found.at_session_price:
        detail = f"{count(found.course.sessions, 'session')}, {_amounts(found.session, found)} each"
        price = found.at_session_price
        own.append(Line("pages", "Your course, session prices of pages", detail, price, state.price == "pages"))
    return (*own, *(_published(library, course) for course in found.published))


def _published(library: Library, course: CoursePrice) -> Line:
    size = (
        f"{course.sessions[0]} to {course.sessions[1]} treatments" if course.sessions else "number of sessions not told"
    )
    page = library.source(course.source_id).citation
    return Line(f"course_{course.source_id}", "A whole course, as published", f"{page}: {size}", course.price)


def _procedures(found: Facts) -> str:
    return count(found.course.procedures, found.topic.procedure, found.topic.procedures)


def _each(found: Facts) -> str:
    return "one session" if found.course.sessions == 1 else f"each of {found.course.sessions} sessions"


def _money(amount: float, found: Facts) -> str:
    """``1,800 USD``."""
    return f"{amount:,.0f} {found.currency}"


def _amounts(price: PriceRange, found: Facts) -> str:
    """One amount, or from low to high."""
    high = _money(price.high, found)
    return high if price.low == price.high else f"{price.low:,.0f} to {high}"


def render(library: Library, state: CostState) -> Rendering:
    """One course at the chosen price, next to the others."""
    found = facts(library, state)
    own = lines(library, state, found)
    who = links(library, (payer.source_id for payer in found.payers.all), "whether it is paid for")
    prices = links(library, (price.source_id for price in library.package.prices), "prices")
    said = (*_LEAD[state.price](found), *_insurance(found))
    return Rendering(
        sentence=" ".join(said) or "We saw no price, and nobody who tells whether it is paid for.",
        chart=_chart(found, own),
        table=_table(found, own),
        alt=_alt(found, own),
        how_to_read=_how_to_read(found),
        sources=(article(library), *prices, *who),
        listed_title=_listed_title(found),
        listed=(
            *(_other(library, found, price) for price in found.other),
            *(Box(payer.organisation, "does not pay", _rule(payer)) for payer in found.payers.unpaid),
            *(Box(payer.organisation, "pays under conditions", _rule(payer)) for payer in found.payers.paid),
        ),
    )


def _listed_title(found: Facts) -> str:
    apart = listing(price.treatment.in_words or uncapitalised(price.treatment.label) for price in found.other)
    paying = "Who says who pays" if found.payers.all else ""
    if not apart:
        return paying
    return f"Not counted here: {apart}.{' And ' + uncapitalised(paying) if paying else ''}".removesuffix(".")


def _how_to_read(found: Facts) -> tuple[str, ...]:
    one, many = found.topic.procedure, found.topic.procedures
    article_the = indefinite(one)
    return (
        f"{capitalised(article_the)} is not a session: one session can hold several {many}. The article prices "
        f"{article_the}, the other pages price a session. To compare the two, you have to set how many {many} a "
        "session has.",
        "The dark part of a bar is the lowest price, the outline reaches to the highest. The bar of the price you "
        "chose is black, the others are grey.",
        *found.topic.price_notes,
        *_in_trials(found),
    )


def _rule(position: Position) -> str:
    return f"As told in {position.year}." if position.year else "We did not see from when this is."


def _in_trials(found: Facts) -> tuple[str, ...]:
    """How many sessions the trials gave, as a measure for the slider."""
    given = found.sessions_given
    if not given:
        return ()
    usual = max(dict.fromkeys(given), key=given.count)
    return (
        f"In the {len(given)} {found.topic.intervention} groups whose sessions we saw, people had {given[0]} to "
        f"{given[-1]} sessions, most often {usual}.",
    )


def _price_each(found: Facts) -> str:
    return f"the article's price of about {_money(found.each or 0.0, found)} {indefinite(found.topic.procedure)}"


def _by_article(found: Facts) -> tuple[str, ...]:
    said = []
    if found.at_article_price is not None:
        total = _money(found.at_article_price, found)
        said.append(f"{_procedures(found)} in {_each(found)} come to **{total}** at {_price_each(found)}.")
    if found.at_session_price:
        sessions, amounts = count(found.course.sessions, "session"), _amounts(found.at_session_price, found)
        said.append(f"At the session prices of other pages, {sessions} would be {amounts}.")
    return tuple(said)


def _by_pages(found: Facts) -> tuple[str, ...]:
    said = []
    if found.at_session_price:
        sessions, amounts = count(found.course.sessions, "session"), _amounts(found.at_session_price, found)
        said.append(
            f"At the session prices of clinic and consumer pages, {sessions} would be **{amounts}**, however many "
            f"{found.topic.procedures} a session has."
        )
    if found.at_article_price is not None:
        total = _money(found.at_article_price, found)
        said.append(f"At {_price_each(found)}, {_procedures(found)} in {_each(found)} would be {total}.")
    return tuple(said)


_LEAD = {"article": _by_article, "pages": _by_pages}


def _insurance(found: Facts) -> tuple[str, ...]:
    told = (f"The article says that {uncapitalised(found.insurance.paraphrase)}.",) if found.insurance else ()
    if not found.payers.all:
        return told
    payers, unpaid = len(found.payers.all), len(found.payers.unpaid)
    return (*told, f"Of {payers} payers whose rules we saw told, **{unpaid}** do not pay.")


def _other(library: Library, found: Facts, price: OtherPrice) -> Box:
    page = library.source(price.source_id).citation
    name = price.treatment.in_words or uncapitalised(price.treatment.label)
    return Box(
        f"{capitalised(found.topic.procedures)} of {name} ({page})",
        f"{_amounts(price.price, found)} a session",
        "A different treatment, kept apart.",
    )


def _chart(found: Facts, own: tuple[Line, ...]) -> Chart:
    if not own:
        return stack(())
    y = list(range(len(own)))
    ids = [line.key for line in own]
    zero, none = [0.0] * len(y), [""] * len(y)
    words = [_amounts(line.price, found) for line in own]
    colours = tuple("ink" if line.chosen else "axis" for line in own)
    outline, solid = Fill(colours, hollow=True, rim=2), Fill(colours)
    traces = (
        bars(y, zero, [line.price.high for line in own], none, outline, words, ids=ids),
        bars(y, zero, [line.price.low for line in own], none, solid, words, ids=ids),
        notes(y, [line.price.high for line in own], words, ids=ids),
    )
    labels = tuple(ChartRow(line.label, line.detail) for line in own)
    axis = span([1.75 * max(line.price.high for line in own)])
    return stack((Panel("", _currency_words(found), axis, labels, traces, Ticks(thousands=True)),))


def _currency_words(found: Facts) -> str:
    return {"USD": "US dollars"}.get(found.currency, found.currency)


def _table(found: Facts, own: tuple[Line, ...]) -> Table:
    caption = f"What a course costs, in {_currency_words(found)}."
    return Table(caption, ("Course", "Lowest", "Highest"), tuple(_row(found, line) for line in own))


def _row(found: Facts, line: Line) -> Row:
    cells = (
        Cell(f"{line.label}{' (chosen)' if line.chosen else ''}", line.detail),
        Cell(_money(line.price.low, found)),
        Cell(_money(line.price.high, found)),
    )
    return Row(line.key, cells)


def _alt(found: Facts, own: tuple[Line, ...]) -> str:
    if not own:
        return "No chart: we saw no price."
    first = [line for line in own if line.key in ("article", "pages")]
    rest = own[len(first) :]
    told = [f"{uncapitalised(line.label)} ({line.detail}): {_amounts(line.price, found)}" for line in first]
    if rest:
        all_of_them = PriceRange(min(line.price.low for line in rest), max(line.price.high for line in rest))
        told.append(f"{count(len(rest), 'published course')}: {_whole(all_of_them, found)}")
    return f"{capitalised('; '.join(told))}. A bar for each, from the lowest to the highest amount."


def _whole(price: PriceRange, found: Facts) -> str:
    return f"{price.low:,.0f} to {_money(price.high, found)}"


VIEW = View(
    key="risks_cost",
    question="What does it cost, and who pays?",
    state=CostState,
    render=render,
    facts=facts,
    for_class="The article gives the price of one {procedure}. What is missing before you know the price of a course?",
)
