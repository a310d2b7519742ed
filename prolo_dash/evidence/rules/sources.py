"""Sources: each is listed once, and a reader can follow its addresses."""

import re
from collections.abc import Callable, Iterator

from prolo_dash.evidence.rules.base import Findings, Problem, Row, Rule, Tables, for_each, quote

MARKUP = re.compile(r"[<>\"`{}|\\^]|\]\(|&amp;|&lt;|&gt;|\*\*")
BARE_IP = re.compile(r"\d+(\.\d+){3}|\[[0-9a-f:]+\]", re.IGNORECASE)
# Proxies of libraries and translators, and copies of pages: open to few people, and short-lived.
MIRROR = re.compile(
    r"^0-|(^|\.)(ez)?proxy\.|(^|\.)ipfs\.|(^|\.)(sci-hub|libgen)\.|laibokeji\.com$|mdedge9-ma1|^crick\.ai$",
    re.IGNORECASE,
)
ADDRESSES = {"seen_at", "url"}  # columns of whichever table
LONGEST_PMID = 8
WORDS_OF_A_TITLE = 6  # a shorter one, such as "Prolotherapy", names many pages
TO_WRITE = "write the address of the DOI, of PubMed or of the registry instead"


def _doi(row: Row) -> str:
    return row["doi"].lower()


def _pmid(row: Row) -> str:
    return row["pmid"]


def _title(row: Row) -> str:
    words = re.findall(r"\w+", row["title"].lower())
    return (
        f"{row['year']} {' '.join(words)}" if row["title_checked"] == "yes" and len(words) >= WORDS_OF_A_TITLE else ""
    )


def _once(column: str, key: Callable[[Row], str]) -> Callable[[Tables], Iterator[Problem]]:
    """No two sources with the same key: they would be one publication listed twice."""

    def broken(tables: Tables) -> Iterator[Problem]:
        first: dict[str, Row] = {}
        for row in tables["sources"].rows:
            twin = first.setdefault(key(row), row)
            if key(row) and twin is not row:
                both = f"{quote(row['source_id'])} and {quote(twin['source_id'])} of row {twin.line}"
                right = f"keep one of the two and name it everywhere, or correct the {column}"
                yield tables["sources"].problem(row, column, f"{both} have the same {column}", right)

    return broken


def _addresses(tables: Tables) -> Iterator[Problem]:
    for table in tables.values():
        for column in ADDRESSES.intersection(table.columns):
            for row in table.rows:
                if wrong := _unfit(row[column].split()):
                    yield table.problem(row, column, *wrong)


def _unfit(addresses: list[str]) -> tuple[str, str] | None:
    for address in addresses:
        if wrong := _unusable(address):
            return f"{quote(address)} {wrong[0]}", wrong[1]
    twice = len(set(addresses)) < len(addresses)
    return ("the same address is listed twice", "delete one of the two") if twice else None


def _unusable(address: str) -> tuple[str, str] | None:
    host = re.sub(r"^https?://", "", address).split("/")[0].split("?")[0].rpartition("@")[2]
    name = re.sub(r":\d+$", "", host)
    if MARKUP.search(address):
        return "holds markup", "write the address alone"
    if BARE_IP.fullmatch(name):
        return "names a machine by its number", TO_WRITE
    if "." not in name:
        return "names no host that others can reach", TO_WRITE
    if MIRROR.search(name):
        return "is a copy of another site's page", TO_WRITE
    return None


def _numbers(row: Row) -> Findings:
    if MARKUP.search(row["doi"]) or row["doi"].endswith((".", ",", ";")):
        yield "doi", f"{quote(row['doi'])} does not end as a DOI does", "write the DOI alone"
    if len(row["pmid"]) > LONGEST_PMID:
        yield "pmid", f"{quote(row['pmid'])} is too long for a PubMed number", "write the number alone"


def _year(row: Row) -> Findings:
    cited = re.search(r"\b(?:(?:19|20)\d\d/)?(?:19|20)\d\d(?=;)", row["citation"])  # printed online, then on paper
    if row["year"] and cited and row["year"] not in cited[0].split("/"):
        yield "year", f"the citation says {cited[0]} and the year is {row['year']}", "make the two agree"


def _kinds(tables: Tables) -> Iterator[Problem]:
    sources = {row["source_id"]: row["kind"] for row in tables["sources"].rows}
    for row in tables["studies"].rows:
        chance = row["design"] in ("parallel_rct", "crossover")
        kind = sources.get(row["source_id"], "")
        if chance and kind in ("observational", "guideline", "organisation"):
            wrong = f"a {row['design']} does not have a source of the kind {kind}"
            yield tables["studies"].problem(row, "design", wrong, "correct the design or the kind in sources.csv")


RULES = (
    Rule("A DOI belongs to one source.", ("sources",), _once("doi", _doi)),
    Rule("A PubMed number belongs to one source.", ("sources",), _once("pmid", _pmid)),
    Rule("A title of one year belongs to one source.", ("sources",), _once("title", _title)),
    Rule("A reader can follow an address.", (), _addresses),
    Rule("A DOI or PubMed number is alone in its cell.", ("sources",), for_each("sources", _numbers)),
    Rule("A source has the year of its citation.", ("sources",), for_each("sources", _year)),
    Rule("A trial's source is a trial.", ("studies", "sources"), _kinds),
)
