"""Resources for the Voilà template. The template's ``conf.json`` names this preprocessor, so Voilà runs it."""

from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from traitlets.config import Application
from voila.app import Voila

from prolo_dash.evidence.library import library
from prolo_dash.render import formulae
from prolo_dash.render.citation import citation
from prolo_dash.render.html import page_controls_html
from prolo_dash.render.notebooks import EXPLAINER, read_folder


class PageResources(Preprocessor):
    """Gives the template formula converters, citation, glossary, bar of conditions, lessons, and theme."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """The notebook unchanged, with added resources."""
        resources["formulae"] = formulae
        resources["citation"] = citation(library())
        resources["glossary"] = library().package.glossary
        resources["page_controls"] = page_controls_html(library(), live=True)
        is_ours = resources["metadata"]["name"] == EXPLAINER or nb.metadata.get("lesson", False)
        resources["lessons"] = _lessons() if is_ours else []
        resources["chosen_theme"] = resources["theme"] if _is_chosen(resources["theme"], nb.metadata) else ""
        return nb, resources


def _application() -> Application:
    """The server: Voilà's own, or a Jupyter Server of which Voilà is an extension."""
    return Application.instance()


def _is_chosen(theme: str, metadata: Any) -> bool:
    """Whether a theme was explicitly chosen. Voilà's default is light."""
    configured = "theme" in _application().config.VoilaConfiguration
    return configured or theme in (metadata.get("voila", {}).get("theme"), "dark")


def _lessons() -> list[dict[str, str]]:
    """Links to the lessons in the folder that Voilà serves; none if it serves a single notebook."""
    app = _application()
    if not isinstance(app, Voila) or app.notebook_path:
        return []
    served = read_folder(Path(app.root_dir), library())
    lessons = [one for one in served.values() if one.is_lesson] if EXPLAINER in served else []
    return [{"address": f"{one.name}.ipynb", "name": one.title} for one in lessons]
