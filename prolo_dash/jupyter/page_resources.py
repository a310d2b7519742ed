"""What the Voilà template calls while a page is made. Its ``conf.json`` names this, so Voilà's server runs it."""

from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from traitlets.config import Application
from voila.app import Voila

from prolo_dash.evidence.library import library
from prolo_dash.render import formulae
from prolo_dash.render.citation import citation
from prolo_dash.render.notebooks import EXPLAINER, read_folder


class PageResources(Preprocessor):
    """Hands the template the converters of formulae, what is cited, lessons beside a notebook, and a chosen theme."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """The notebook as it is, and more resources."""
        resources["formulae"] = formulae
        resources["citation"] = citation(library())
        is_ours = resources["metadata"]["name"] == EXPLAINER or nb.metadata.get("lesson", False)
        resources["lessons"] = _lessons() if is_ours else []
        resources["chosen_theme"] = resources["theme"] if _is_chosen(resources["theme"], nb.metadata) else ""
        return nb, resources


def _application() -> Application:
    """The server: Voilà's own, or a Jupyter Server of which Voilà is an extension."""
    return Application.instance()


def _is_chosen(theme: str, metadata: Any) -> bool:
    """Whether somebody asked for the theme of a page. Voilà's is light where nobody did."""
    configured = "theme" in _application().config.VoilaConfiguration
    return configured or theme in (metadata.get("voila", {}).get("theme"), "dark")


def _lessons() -> list[dict[str, str]]:
    """The lessons in the folder that Voilà serves, as links beside the explainer; none where it serves one notebook."""
    app = _application()
    if not isinstance(app, Voila) or app.notebook_path:
        return []
    served = read_folder(Path(app.root_dir), library())
    lessons = [one for one in served.values() if one.is_lesson] if EXPLAINER in served else []
    return [{"address": f"{one.name}.ipynb", "name": one.title} for one in lessons]
