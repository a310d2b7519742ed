"""Links from running text to the glossary."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup, escape

from prolo_dash.evidence.records import Term

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


@lru_cache(maxsize=4096)  # states of a view share most of what they say
def linked(text: str, glossary: Glossary | None) -> Markup:
    """The text, escaped, with the first mention of each term as a link to its row in the glossary, if there is one."""
    if glossary is None:
        return escape(text)
    pattern, ids = glossary.forms
    done: set[str] = set()
    out, end = Markup(), 0
    for found in pattern.finditer(text) if ids else ():
        term = ids[found[0].lower()]
        if term in done:
            continue
        done.add(term)
        out += escape(text[end : found.start()])
        out += Markup('<a class="term" href="#{}{}">{}</a>').format(ANCHOR, term, found[0])
        end = found.end()
    return out + escape(text[end:])
