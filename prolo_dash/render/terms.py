"""Links from running text to the glossary."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from prolo_dash.evidence.records import Term
from prolo_dash.render.marked import Mark

ANCHOR = "term-"  # what the id of a glossary row begins with
_PLAIN = {"prolotherapy"}  # the page's subject, explained at its top: a link in every sentence would only be noise


@dataclass(frozen=True, eq=False)
class Glossary:
    """The terms that become links. Two are never equal, so none is read through to look a text up."""

    terms: tuple[Term, ...]

    @cached_property
    def forms(self) -> tuple[re.Pattern[str], dict[str, str]]:
        """A pattern of every form of every term, the longest first, and the term of each form."""
        linkable = [t for t in self.terms if t.term_id not in _PLAIN]
        ids = {form.lower(): t.term_id for t in linkable for form in (t.term, *(t.also or "").split(";")) if form}
        longest = sorted(ids, key=len, reverse=True)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE), ids

    def marks(self, text: str) -> Iterator[Mark]:
        """The first mention of each term as a link to its row in the glossary."""
        pattern, ids = self.forms
        done: set[str] = set()
        for found in pattern.finditer(text) if ids else ():
            term = ids[found[0].lower()]
            if term not in done:
                done.add(term)
                link = Markup('<a class="term" href="#{}{}">{}</a>').format(ANCHOR, term, found[0])
                yield Mark(found.start(), found.end(), link)
