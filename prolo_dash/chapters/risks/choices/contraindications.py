"""Who should not have it, according to the pages that were read."""

from dataclasses import dataclass

from prolo_dash.evidence.contraindications import Reason, reasons, unseen_lists
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Contraindication
from prolo_dash.kit.charts import ChartRow, Panel, Ticks, bars, notes, stack
from prolo_dash.kit.references import article, links
from prolo_dash.kit.theme import Fill
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table
from prolo_dash.kit.wording import capitalised, count, listing, verb

_STRENGTH = {"absolute": "not at all", "relative": "with caution", "not_stated": "not told how strongly"}
# What kind of page it is, for one and for several.
_PAGE = {
    "guideline": ("a guideline", "guidelines"),
    "review": ("a review", "reviews"),
    "health_site": ("a health site", "health sites"),
    "clinic": ("a clinic that sells the treatment", "clinics that sell the treatment"),
    "consent_form": ("a consent form", "consent forms"),
}


@dataclass(frozen=True)
class Facts:
    """Reasons that pages name, the kind of each page by its id, and lists that were not seen."""

    reasons: tuple[Reason, ...]
    pages: dict[str, str]
    page_names: dict[str, str]
    unseen: tuple[Contraindication, ...]
    article_lacks_its_list: bool

    @property
    def against(self) -> tuple[str, ...]:
        """What speaks against a reason, in sentences of the data."""
        return tuple(row.against for reason in self.reasons for row in reason.named if row.against)

    @property
    def no_guideline(self) -> bool:
        """Whether no page is a guideline."""
        return "guideline" not in self.pages.values()


def facts(library: Library) -> Facts:
    """Every reason that a page names."""
    found, unseen = reasons(library), unseen_lists(library)
    pages = {row.source_id: row.page_kind for reason in found for row in reason.named}
    lacks = any(c.topic == "contraindications" and c.kind == "absence" for c in library.package.claims)
    names = {source_id: library.source(source_id).name for source_id in (*pages, *(row.source_id for row in unseen))}
    return Facts(found, dict(pages), names, unseen, lacks)


def render(library: Library) -> Rendering:
    """Every reason that a page names."""
    found = facts(library)
    return Rendering(
        sentence=_sentence(found),
        chart=_chart(found),
        table=_table(found),
        alt=_alt(found),
        how_to_read=_how_to_read(found),
        sources=(article(library), *links(library, found.page_names)),
        listed_title=f"{count(len(found.unseen), 'published list')} that we could not see" if found.unseen else "",
        listed=tuple(Box(found.page_names[row.source_id], row.item, row.notes or "") for row in found.unseen),
    )


def _how_to_read(found: Facts) -> tuple[str, ...]:
    kinds = list(found.pages.values())
    named = listing(_PAGE[kind][0 if kinds.count(kind) == 1 else 1] for kind in dict.fromkeys(kinds))
    guideline = "None of these pages is a guideline. " if found.no_guideline else ""
    differ = " They do not agree with each other." if _disagree(found) else ""
    return (
        "A bar counts the pages that name a reason. More pages do not make a reason more certain: pages copy each "
        "other.",
        f"{guideline}They are {named}.{differ}",
        "A reason that is missing here may still count. This list is not complete, and it is not medical advice.",
    )


def _disagree(found: Facts) -> bool:
    """Whether pages name the same reason with another strength."""
    strengths = ({row.absolute_or_relative for row in reason.named} for reason in found.reasons)
    return any({"absolute", "relative"} <= own for own in strengths)


def _sentence(found: Facts) -> str:
    pages, lists = len(found.pages), count(len(found.unseen), "published list")
    lacking = (
        "The article says that some people are not to have it, but **its list is missing** from the copy we read."
        if found.article_lacks_its_list
        else ""
    )
    others = f"{'other ' if lacking else ''}{verb(pages, 'page names', 'pages name')}"
    named = f"**{pages}** {others} {count(len(found.reasons), 'reason')}."
    most = (
        f"{capitalised(found.reasons[0].name)} is named by **{len(found.reasons[0].pages)}** of them."
        if found.reasons
        else ""
    )
    guideline = "None of the pages is a guideline" if found.no_guideline else ""
    unopened = f"{lists} could not be opened" if found.unseen else ""
    last = f"{', and '.join(part for part in (guideline, unopened) if part)}."
    return " ".join(part for part in (lacking, named, most, *found.against, capitalised(last)) if part.strip("."))


def _chart(found: Facts) -> Chart:
    pages = len(found.pages)
    y = list(range(len(found.reasons)))
    values = [float(len(r.pages)) for r in found.reasons]
    texts = [f"{len(r.pages)} of {pages}" for r in found.reasons]
    ids = [r.key for r in found.reasons]
    fill = Fill("ink")
    traces = (bars(y, [0.0] * len(y), values, [""] * len(y), fill, texts, ids=ids), notes(y, values, texts, ids=ids))
    labels = tuple(ChartRow(capitalised(r.name), "") for r in found.reasons)
    title, ticks = f"pages that name it, of {pages}", Ticks(at=tuple(range(pages + 1)))
    return stack((Panel("", title, (0.0, 1.4 * pages), labels, traces, ticks),), bar=20)


def _table(found: Facts) -> Table:
    columns = ("Reason", "Pages", "Who says so, and how strongly", "To know")
    own_rows = tuple(_row(found, reason) for reason in found.reasons)
    return Table("Who is not to have it, according to other pages.", columns, own_rows)


def _row(found: Facts, reason: Reason) -> Row:
    said = (
        f"{found.page_names[row.source_id]}: {row.item}, {_STRENGTH[row.absolute_or_relative]}" for row in reason.named
    )
    known = dict.fromkeys(row.notes for row in reason.named if row.notes)
    cells = (
        Cell(capitalised(reason.name)),
        Cell(f"{len(reason.pages)} of {len(found.pages)}"),
        Cell("; ".join(said)),
        Cell(" ".join(known)),
    )
    return Row(reason.key, cells)


def _alt(found: Facts) -> str:
    parts = "; ".join(f"{reason.name}: {len(reason.pages)}" for reason in found.reasons)
    return f"Bars of how many of {len(found.pages)} pages name a reason: {parts}."
