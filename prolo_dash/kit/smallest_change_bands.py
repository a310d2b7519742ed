"""The smallest change that people notice, drawn in the rows of a chart of differences."""

from collections.abc import Iterable, Mapping, Sequence

from prolo_dash.evidence.smallest_changes import SmallestChange
from prolo_dash.kit.charts import Bands, bands
from prolo_dash.kit.smallest_change_words import NAME, range_words
from prolo_dash.kit.view import KeyEntry

BAND_KEY = KeyEntry(NAME, "band", "band")


def noticed_bands(rows: Sequence[str], smallest: Mapping[str, SmallestChange]) -> tuple[Bands, ...]:
    """A band in each row, named by its key, whose score has such a change; nothing where none has."""
    found = [(y, key, one) for y, key in enumerate(rows) if (one := smallest.get(key))]
    if not found:
        return ()
    drawn = bands(
        [y for y, _, _ in found],
        [(one.low, one.high) for _, _, one in found],
        [f"{NAME}: about {range_words(one)}" for _, _, one in found],
        ids=[key for _, key, _ in found],
    )
    return (drawn,)


def ends(drawn: Iterable[Bands]) -> list[float]:
    """What an axis has to hold of them."""
    return [end for each in drawn for band in each.marks for end in (band.low, band.high)]
