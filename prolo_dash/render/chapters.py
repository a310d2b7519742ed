"""A chapter of the explainer as HTML: its views in their default states, and the predictions before it."""

from collections.abc import Callable

from markupsafe import Markup

from prolo_dash.chapters.lessons.predictions import before_chapter
from prolo_dash.chapters.registry import CHAPTERS
from prolo_dash.evidence.library import Library
from prolo_dash.kit.view import Chapter
from prolo_dash.render.deferred import shortened
from prolo_dash.render.html import chapter_html, payload, view_html
from prolo_dash.render.lessons import prediction_html

FIRST, SECOND, *_ = CHAPTERS  # laid out immediately; see page.css


PackOf = Callable[[str], str]  # the address of a view's prepared states, by its key; empty where there are none


def no_packs(_view_key: str) -> str:
    """No states are prepared."""
    return ""


def whole_chapter(library: Library, chapter: Chapter, pack_of: PackOf = no_packs) -> Markup:
    """All views of a chapter with their charts, complete in the page."""
    sections = [
        view_html(
            library,
            view,
            payload(library, view, view.default_state(library)),
            pack=pack_of(view.key),
            folded=not view.stands_open,
        )
        for view in chapter.views
    ]
    return chapter_html(library, chapter.key, [*_guesses(library, chapter), *sections])


def shortened_chapter(library: Library, chapter: Chapter, follows: str, pack_of: PackOf) -> Markup:
    """All views of a chapter, shortened; their deferred content is in the file ``follows``.

    The first chapter, visible when the page opens, is complete.
    """
    if chapter is FIRST:
        return whole_chapter(library, chapter, pack_of)
    shown = [(view, payload(library, view, view.default_state(library), shorten=shortened)) for view in chapter.views]
    sections = [
        view_html(library, view, one, pack=pack_of(view.key), follows=follows, folded=not view.stands_open)
        for view, one in shown
    ]
    return chapter_html(library, chapter.key, [*_guesses(library, chapter), *sections], later=chapter is not SECOND)


def _guesses(library: Library, chapter: Chapter) -> list[Markup]:
    """The predictions in an inert template, for the presenting mode to put before the chapter."""
    asked = [prediction_html(library, key) for key in before_chapter(library, chapter.key)]
    return [Markup("<template data-guesses>{}</template>").format(Markup("").join(asked))] if asked else []
