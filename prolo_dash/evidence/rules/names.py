"""Names: a reader can tell any two studies apart by what the page calls them."""

from collections.abc import Iterator

from prolo_dash.evidence.rules.base import Problem, Row, Rule, Tables, quote


def _namesakes(tables: Tables) -> Iterator[Problem]:
    """A study is called by the name of its source and the word that tells it apart."""
    names = {row["source_id"]: row["name"] for row in tables["sources"].rows}
    first: dict[tuple[str, str], Row] = {}
    for row in tables["studies"].rows:
        name, word = names.get(row["source_id"], ""), row["told_apart"]
        twin = first.setdefault((name.casefold(), word.casefold()), row)
        if name and twin is not row:
            called = f"{name} ({word})" if word else name
            wrong = (
                f"{quote(row['study_id'])} and {quote(twin['study_id'])} of row {twin.line} are both called {called}"
            )
            yield tables["studies"].problem(row, "told_apart", wrong, "write in both rows a word that tells them apart")


RULES = (Rule("Two studies are not called the same.", ("studies", "sources"), _namesakes),)
