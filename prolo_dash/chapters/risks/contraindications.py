"""Who is not to have it: the article's list is missing, so this is what other pages name."""

from dataclasses import dataclass

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Contraindication
from prolo_dash.kit.charts import ChartRow, Panel, bars, notes, stack
from prolo_dash.kit.references import article, links, page_name
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table
from prolo_dash.kit.wording import count

# Reasons that pages word differently: a word of the reason, and what it is called here. First match counts.
_SAME = {
    "bleeding": "A bleeding disorder or a blood thinner",
    "blood thinner": "A bleeding disorder or a blood thinner",
    "infect": "An infection",
    "abscess": "An infection",
    "septic": "An infection",
    "fracture": "A broken bone",
}
_STRENGTH = {"absolute": "not at all", "relative": "with caution", "not_stated": "not told how strongly"}


@dataclass(frozen=True)
class Reason:
    """One reason, and every page's own word for it."""

    key: str
    name: str
    named: tuple[Contraindication, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """Ids of the pages that name it, each once."""
        return tuple(dict.fromkeys(c.source_id for c in self.named))


def unseen(library: Library) -> list[Contraindication]:
    """Published lists that we could not see."""
    return [c for c in library.package.contraindications if c.item.startswith("full published list")]


def reasons(library: Library) -> tuple[Reason, ...]:
    """Reasons that pages name, those of most pages first."""
    grouped: dict[str, list[Contraindication]] = {}
    for item in library.package.contraindications:
        if item not in unseen(library):
            grouped.setdefault(_name(item), []).append(item)
    found = [Reason(own[0].contraindication_id, name, tuple(own)) for name, own in grouped.items()]
    return tuple(sorted(found, key=lambda r: -len(r.pages)))


def _name(item: Contraindication) -> str:
    same = next((name for word, name in _SAME.items() if word in item.item.lower()), None)
    return same or item.item[0].upper() + item.item[1:]


def render(library: Library) -> Rendering:
    """Every reason that a page names."""
    found = reasons(library)
    pages = dict.fromkeys(c.source_id for r in found for c in r.named)
    missing = unseen(library)
    return Rendering(
        sentence=_sentence(found, len(pages), len(missing)),
        chart=_chart(found, len(pages)),
        table=_table(library, found, len(pages)),
        alt=_alt(found, len(pages)),
        how_to_read=_HOW_TO_READ,
        sources=(article(library), *links(library, (*pages, *(c.source_id for c in missing)))),
        listed_title=f"{count(len(missing), 'published list')} that we could not see" if missing else "",
        listed=tuple(Box(page_name(library, c.source_id), c.item, c.notes or "") for c in missing),
    )


_HOW_TO_READ = (
    "A bar counts the pages that name a reason. More pages do not make a reason more certain: pages copy each other.",
    "None of these pages is a guideline. They are a health site, clinics that sell the treatment, and a consent form. "
    "They do not agree with each other.",
    "A reason that is missing here may still count. This list is not complete, and it is not medical advice.",
)


def _sentence(found: tuple[Reason, ...], pages: int, missing: int) -> str:
    first = found[0]
    children = any("children" in c.item for r in found for c in r.named)
    conflict = " One page names children, yet the Osgood-Schlatter trials treated adolescents." if children else ""
    return (
        "The article says that some people are not to have it, but **its list is missing** from the copy we read. "
        f"**{pages}** other pages name {len(found)} reasons. {first.name} is named by **{len(first.pages)}** of them."
        f"{conflict} None of the pages is a guideline, and {count(missing, 'published list')} could not be opened."
    )


def _chart(found: tuple[Reason, ...], pages: int) -> Chart:
    y = list(range(len(found)))
    values = [float(len(r.pages)) for r in found]
    texts = [f"{len(r.pages)} of {pages}" for r in found]
    ids = {"ids": [r.key for r in found]}
    fill = {"color": LIGHT["ink"], "line": {"width": 0}}
    traces = (bars(y, [0.0] * len(y), values, [""] * len(y), fill, texts) | ids, notes(y, values, texts) | ids)
    labels = tuple(ChartRow(r.name, "") for r in found)
    figure = stack((Panel("", f"pages that name it, of {pages}", (0.0, 1.4 * pages), labels, traces),), bar=20)
    figure.layout["xaxis"] |= {"tickmode": "array", "tickvals": list(range(pages + 1))}
    return figure


def _table(library: Library, found: tuple[Reason, ...], pages: int) -> Table:
    columns = ("Reason", "Pages", "Who says so, and how strongly", "To know")
    return Table(
        "Who is not to have it, according to other pages.", columns, tuple(_row(library, r, pages) for r in found)
    )


def _row(library: Library, reason: Reason, pages: int) -> Row:
    said = [f"{page_name(library, c.source_id)}: {c.item}, {_STRENGTH[c.absolute_or_relative]}" for c in reason.named]
    known = dict.fromkeys(c.notes for c in reason.named if c.notes)
    cells = (Cell(reason.name), Cell(f"{len(reason.pages)} of {pages}"), Cell("; ".join(said)), Cell(" ".join(known)))
    return Row(reason.key, cells)


def _alt(found: tuple[Reason, ...], pages: int) -> str:
    parts = "; ".join(f"{r.name[0].lower()}{r.name[1:]}: {len(r.pages)}" for r in found)
    return f"Bars of how many of {pages} pages name a reason: {parts}."
