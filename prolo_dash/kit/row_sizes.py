"""How high rows and panels of a chart are, in pixels, on wide screens (and paper) and on phones."""

from dataclasses import dataclass
from functools import lru_cache

from wcwidth import wrap

from prolo_dash.kit.charts import ChartRow, Panel

LABEL_WIDTH = 300  # pixels left of the plot, wide screens
HEADING = 28  # height of a heading above the rows of its panel
_GAP, _AXIS = 6, 52  # above a panel, and below its rows
_TITLE_CHARS, _CHARS = 33, 37  # a line of the label, strong and plain
_AXIS_CHARS, _PHONE_CHARS = 90, 38  # an axis title
_LINE = 18


@dataclass(frozen=True)
class Size:
    """One kind of screen; ``bar`` is the height of a row's bar."""

    wide: bool
    bar: int

    def row(self, row: ChartRow) -> int:
        """Room for the label beside the bar (wide) or above it."""
        lines = sum(map(len, label_lines(row))) + bool(row.marks)
        if self.wide:
            return max(self.bar + 18 + 2 * row.below, _LINE * lines + 16)
        return _LINE * lines + self.bar + 20 + row.below

    def middle(self, row: ChartRow) -> float:
        """The middle of a row's bar: pixels from the row's upper edge."""
        height = self.row(row)
        return height / 2 if self.wide else height - 10 - row.below - self.bar / 2

    def label_foot(self, row: ChartRow) -> float:
        """Where a label above its bar ends: pixels from the row's upper edge."""
        return self.middle(row) - self.bar / 2 - 1

    def middles(self, panel: Panel) -> list[float]:
        """The middle of each row's bar: pixels from the top of the panel's plot."""
        out, top = [], 0
        for row in panel.rows:
            out.append(top + self.middle(row))
            top += self.row(row)
        return out

    def plot(self, panel: Panel) -> int:
        """Height of a panel's plot."""
        return sum(map(self.row, panel.rows))

    def axis_title(self, panel: Panel) -> tuple[str, ...]:
        """The lines of the title of a panel's axis."""
        return _lines(panel.axis_title, _AXIS_CHARS if self.wide else _PHONE_CHARS)

    def around(self, panel: Panel) -> int:
        """Height of a panel's heading and axis."""
        more_lines = 0 if self.wide else max(1, len(self.axis_title(panel))) - 1
        return head(panel) + _AXIS + _LINE * more_lines

    def height(self, panel: Panel) -> int:
        """Height of a panel with its heading and axis."""
        return self.plot(panel) + self.around(panel)


def head(panel: Panel) -> int:
    """The height of a panel above its rows."""
    return _GAP + (HEADING if panel.heading else 0)


@lru_cache(maxsize=1024)
def _lines(text: str, width: int) -> tuple[str, ...]:
    return tuple(wrap(text, width))


@lru_cache(maxsize=4096)
def label_lines(row: ChartRow) -> tuple[list[str], list[str], list[str]]:
    """The lines of a label: title, detail, warning."""
    return wrap(row.title, _TITLE_CHARS), wrap(row.detail, _CHARS), wrap(row.flag, _CHARS)
