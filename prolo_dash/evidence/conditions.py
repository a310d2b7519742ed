"""The rows of conditions.csv and treatments.csv: what trials treated, and what their groups were given."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Condition:
    """What is treated. One without a group is what readers toggle; ``also`` is an earlier id that old links hold.

    ``pooling`` is a sentence on what others said of pooling its trials.
    """

    condition_id: str
    label: str
    in_words: str
    symbol: str
    group_id: str | None
    position: int
    also: str | None
    verdict_ids: str | None
    pooling: str | None

    @property
    def verdicts(self) -> tuple[str, ...]:
        """Ids of the positions that say what was published on it."""
        return tuple(self.verdict_ids.split(";")) if self.verdict_ids else ()


@dataclass(frozen=True)
class Treatment:
    """What groups of trials were given. ``in_words``: its name in a sentence; ``as_told``: the article's."""

    treatment_id: str
    label: str
    named_by_article: bool
    in_words: str | None
    as_told: str | None
