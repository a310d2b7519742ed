"""Icon arrays: for each group 100 squares, filled for those counted as better, hollow for the rest."""

from dataclasses import dataclass

from prolo_dash.kit.view import Chart

SIDE = 10  # squares in a row, and rows


@dataclass(frozen=True)
class Group:
    """One grid. ``colour`` names a token of the theme; ``notes`` are written under the two counts."""

    key: str
    title: str
    colour: str
    hatched: bool
    filled: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class IconArray(Chart):
    """Grids side by side; on a narrow screen below each other, with their words to the right."""

    groups: tuple[Group, ...]

    @property
    def is_empty(self) -> bool:
        """Whether it has no grid."""
        return not self.groups
