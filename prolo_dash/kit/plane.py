"""Charts with a scale on both sides: marks, and upright bars that count, alone or in pairs."""

from dataclasses import dataclass

from prolo_dash.kit.view import Chart


@dataclass(frozen=True)
class Dot:
    """One mark. ``label`` is written above it, empty for none, to the left where there is no room to the right.

    ``colour`` and ``rim`` name tokens of the theme.
    """

    key: str
    x: float
    y: float
    symbol: str
    colour: str
    label: str
    hover: str
    label_left: bool = False
    rim: str = "paper"


@dataclass(frozen=True)
class Plane(Chart):
    """Marks over a logarithmic x axis with named ticks and a linear y axis from 0."""

    dots: tuple[Dot, ...]
    x_title: str
    y_title: str
    x_ticks: dict[int, str]

    @property
    def is_empty(self) -> bool:
        """Whether it has no mark."""
        return not self.dots


def plane(dots: list[Dot], x_title: str, y_title: str, x_ticks: dict[int, str]) -> Plane:
    """Marks over a logarithmic x axis with named ticks and a linear y axis from 0."""
    return Plane(tuple(dots), x_title, y_title, x_ticks)


@dataclass(frozen=True)
class Bin:
    """One bar of a histogram: its range, how many, and how many of them are marked."""

    key: str
    low: float
    high: float
    count: int
    significant: int


@dataclass(frozen=True)
class Histogram(Chart):
    """Upright bars, the marked part of each below the rest."""

    bins: tuple[Bin, ...]
    x_title: str
    y_title: str

    @property
    def is_empty(self) -> bool:
        """Whether it has no bar."""
        return not self.bins


def histogram(bins: list[Bin], x_title: str, y_title: str) -> Histogram:
    """Upright bars, the marked part of each below the rest."""
    return Histogram(tuple(bins), x_title, y_title)


@dataclass(frozen=True)
class Pair:
    """Two counts at one place: the first and the second time."""

    key: str
    at: int
    before: int
    after: int


@dataclass(frozen=True)
class Pairs(Chart):
    """Two upright bars at each place of ``span``, the second one before the first."""

    counted: tuple[Pair, ...]
    span: tuple[int, int]
    x_title: str
    y_title: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted."""
        return not self.counted


def pairs(counted: list[Pair], span: tuple[int, int], x_title: str, y_title: str) -> Pairs:
    """Two upright bars at each place of ``span``, the second one before the first."""
    return Pairs(tuple(counted), span, x_title, y_title)
