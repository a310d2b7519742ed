"""What a course costs: published prices by what they buy, and the article's price of one procedure."""

from dataclasses import dataclass

from prolo_dash.evidence.conditions import Treatment
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Price


@dataclass(frozen=True)
class PriceRange:
    """From the lowest to the highest amount."""

    low: float
    high: float

    def times(self, n: int) -> "PriceRange":
        """The price of so many."""
        return PriceRange(n * self.low, n * self.high)


@dataclass(frozen=True)
class CoursePrice:
    """A whole course as one page prices it, and how many sessions it says that a course has."""

    source_id: str
    price: PriceRange
    sessions: tuple[int, int] | None


@dataclass(frozen=True)
class OtherPrice:
    """What pages ask for a session of another treatment."""

    treatment: Treatment
    source_id: str
    price: PriceRange


def currency(library: Library) -> str:
    """What prices are in; the package has one currency."""
    return next((price.currency for price in library.package.prices), "")


def article_price(library: Library) -> float | None:
    """The article's price of one procedure, such as an injection."""
    return next((price.amount for price in library.package.prices if price.claim_id), None)


def session_price(library: Library) -> PriceRange | None:
    """What pages ask for a session."""
    found = _published(library, "session")
    return _range(found) if found else None


def course_prices(library: Library) -> tuple[CoursePrice, ...]:
    """What each page asks for a whole course."""
    grouped: dict[str, list[Price]] = {}
    for price in _published(library, "course"):
        grouped.setdefault(price.source_id or "", []).append(price)
    return tuple(_course(source_id, own) for source_id, own in grouped.items())


def _course(source_id: str, own: list[Price]) -> CoursePrice:
    sessions = next(((p.sessions_low, p.sessions_high) for p in own if p.sessions_low and p.sessions_high), None)
    return CoursePrice(source_id, _range(own), sessions)


def other_prices(library: Library) -> tuple[OtherPrice, ...]:
    """Prices of treatments that are not the intervention, one entry a treatment and page."""
    known = {treatment.treatment_id: treatment for treatment in library.package.treatments}
    grouped: dict[tuple[str, str], list[Price]] = {}
    for price in library.package.prices:
        if price.source_id and price.treatment_id not in _given(library):
            grouped.setdefault((price.treatment_id, price.source_id), []).append(price)
    return tuple(
        OtherPrice(known[treatment_id], source_id, _range(own)) for (treatment_id, source_id), own in grouped.items()
    )


def _published(library: Library, per: str) -> list[Price]:
    """Pages' prices of the intervention for a session or a course."""
    given = _given(library)
    return [p for p in library.package.prices if p.per == per and p.source_id and p.treatment_id in given]


def _given(library: Library) -> set[str]:
    """What intervention groups of trials were given."""
    return {arm.treatment_id for arm in library.package.arms if arm.role == "intervention"}


def _range(prices: list[Price]) -> PriceRange:
    amounts = [price.amount for price in prices]
    return PriceRange(min(amounts), max(amounts))


def sessions_given(library: Library) -> tuple[int, ...]:
    """How many sessions intervention groups of trials had, from few to many."""
    treated = {study.study_id for study in library.trials}
    return tuple(
        sorted(
            round(arm.n_injection_sessions)
            for arm in library.package.arms
            if arm.role == "intervention" and arm.n_injection_sessions and arm.study_id in treated
        )
    )
