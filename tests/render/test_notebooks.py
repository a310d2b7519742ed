"""Which notebooks need no kernel, and why one does: no cell is shown as it is not, and none is left out."""

import json
import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from prolo_dash.evidence.library import library
from prolo_dash.render.lessons import MIME, call_of
from prolo_dash.render.notebooks import Notebook, NotPreparedError, notebooks_dir, read_folder, read_notebook
from prolo_dash.render.page import page


def run(source, shown=None):
    """A cell after it was run, when its source was ``shown``."""
    data = {MIME: call_of(shown or source).as_json(), "text/html": "<p>Old.</p>"}
    return new_code_cell(source, outputs=[new_output("execute_result", data)])


def of(*cells):
    return Notebook("mine", json.loads(json.dumps({"cells": cells, "metadata": {}})), library())


PREPARED = {
    "text": new_markdown_cell("# Words"),
    "an import": new_code_cell("from prolo_dash.explainer import chapter, view"),
    "a chapter": run('chapter("gain")'),
    "a view": run('view("gain", show="groups")'),
    "a view set by a list": run('view("gain", conditions=["low_back", "tendons"])'),
    "a tuple, which a file keeps as a list": run('view("gain", conditions=("low_back",))'),
    "a setting at its usual value": run('view("gain", show="groups", outcome="better")', 'view("gain", show="groups")'),
    "a prediction": run('predict("replay", "certainty_replay")'),
    "the digest": new_code_cell("print(digest())", outputs=[new_output("stream", text="…")]),
    "nothing": new_code_cell(""),
}
NAMELESS = {MIME: {"call": "view", "names": [], "settings": None}}
NOT_PREPARED = {
    "code of its own": (new_code_cell("x = 5"), "cell 2 runs code of its own"),
    "a call that hangs on other cells": (new_code_cell("view(my_view)"), "cell 2 runs code of its own"),
    "another function": (new_code_cell('show("gain")'), "cell 2 runs code of its own"),
    "a call with code around it": (new_code_cell('chapter("gain"); print(1)'), "cell 2 runs code of its own"),
    "an import of something else": (new_code_cell("from os import path"), "cell 2 runs code of its own"),
    "a cell magic": (new_code_cell("%%html\n<b>x</b>"), "cell 2 runs code of its own"),
    "a call never run": (new_code_cell('chapter("gain")'), "cell 2 has not been run"),
    "a call changed later": (run('chapter("risks")', 'chapter("gain")'), "cell 2 was changed after it was run"),
    "a setting changed later": (run('view("gain", show="groups")', 'view("gain")'), "cell 2 was changed after"),
    "an output of something else": (
        new_code_cell('chapter("gain")', outputs=[new_output("stream", text="<b>")]),
        "cell 2 was changed after it was run",
    ),
    "an output that is damaged": (
        new_code_cell('chapter("gain")', outputs=[new_output("display_data", {MIME: ["chapter"]})]),
        "cell 2 was changed after it was run",
    ),
    "a print of more than the digest": (
        new_code_cell('print(digest(), "HOMEWORK")', outputs=[new_output("stream", text="HOMEWORK")]),
        "cell 2 runs code of its own",
    ),
    "a digest of something that is run": (new_code_cell("print(digest(exec('')))"), "cell 2 runs code of its own"),
    "an import of what is not there": (
        new_code_cell("from prolo_dash.explainer import nothing"),
        "cell 2 runs code of its own",
    ),
    "a call that became an import": (
        run("from prolo_dash.explainer import view", 'view("gain")'),
        "cell 2 was changed after it was run",
    ),
    "a call that was deleted": (run("", 'view("gain")'), "cell 2 was changed after it was run"),
    "a call without a name": (new_code_cell("view()"), "cell 2 runs code of its own"),
    "a setting that can't be read": (new_code_cell("view({[]})"), "cell 2 runs code of its own"),
    "code nested too deep": (new_code_cell("view(" + "-" * 1500 + "1)"), "cell 2 runs code of its own"),
    "an output that names nothing": (
        new_code_cell(
            'view("gain")',
            outputs=[new_output("display_data", NAMELESS)],
        ),
        "cell 2 was changed after it was run",
    ),
    "a raw cell": (new_raw_cell("<b>raw</b>"), "cell 2 is neither plain text nor code"),
    "a file in the text": (
        new_markdown_cell("![](attachment:x.png)", attachments={"x.png": {"image/png": ""}}),
        "cell 2 is neither plain text nor code",
    ),
}


@pytest.mark.parametrize("cell", PREPARED.values(), ids=PREPARED)
def test_known_calls_that_were_run_and_text_need_no_kernel(cell):
    assert of(new_markdown_cell("# Title"), cell).obstacle == ""


@pytest.mark.parametrize(("cell", "reason"), NOT_PREPARED.values(), ids=NOT_PREPARED)
def test_anything_else_needs_one_and_the_first_such_cell_is_named(cell, reason):
    found = of(new_markdown_cell("# Title"), cell, new_code_cell("y = 6"))
    assert found.obstacle.startswith(reason)
    assert found.address == "voila/render/mine.ipynb"
    with pytest.raises(NotPreparedError, match=r"^mine\.ipynb: cell 2 "):
        page(library(), found, live=True)


def test_a_page_is_made_from_what_was_shown_with_todays_numbers():
    html = page(library(), of(new_markdown_cell("# Title"), run('view("gain", show="groups")')), live=True)
    assert "Old." not in html
    assert re.search(r'data-view="gain" data-state="[^"]*show=groups', html)


def test_a_part_that_is_no_more_needs_a_kernel_which_says_so():
    cell = new_code_cell(
        'chapter("gone")', outputs=[new_output("display_data", {MIME: call_of('chapter("gone")').as_json()})]
    )
    with pytest.raises(NotPreparedError, match="gone"):
        page(library(), of(cell), live=True)


def test_the_projects_own_notebooks_are_prepared_but_those_with_code():
    needs_kernel = {name for name, one in read_folder(notebooks_dir(), library()).items() if one.obstacle}
    assert needs_kernel == {"methods", "widgets"}
    assert {name for name, one in read_folder(notebooks_dir(), library()).items() if one.is_lesson} >= {"lesson_dummy"}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"cells": 5}', "\x00", "[" * 100_000, '{"cells": [], "metadata": null}']
    + [json.dumps({"cells": [cell], "metadata": {}}) for cell in (1, None, {}, {"cell_type": "code"})]
    + [json.dumps({"cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": None}], "metadata": {}})],
    ids=range(12),
)
def test_a_file_that_is_no_notebook_is_left_out_of_a_folder(tmp_path, text):
    (tmp_path / "odd.ipynb").write_text(text)
    (tmp_path / "good.ipynb").write_text('{"cells": [], "metadata": {}}')
    assert set(read_folder(tmp_path, library())) == {"good"}
    with pytest.raises(ValueError, match=r".+"):
        read_notebook(tmp_path / "odd.ipynb", library())


def test_a_notebook_without_a_heading_goes_by_its_name():
    assert of(new_markdown_cell("Words.")).title == "mine"
    assert of(new_markdown_cell("# A title\n\nWords.")).title == "A title"
    assert of().title == "mine"


def test_a_notebook_asks_for_its_own_theme_and_for_another_template():
    cells = [{"cell_type": "markdown", "source": "# Title", "metadata": {}}]
    dark = Notebook("mine", {"cells": cells, "metadata": {"voila": {"theme": "dark"}}}, library())
    assert 'data-theme="dark"' in page(library(), dark, live=True)
    lab = Notebook("mine", {"cells": cells, "metadata": {"voila": {"template": "lab"}}}, library())
    assert lab.obstacle == "it asks for another template"


def test_words_that_a_cell_printed_are_shown_as_they_are():
    text = new_code_cell("print(digest())", outputs=[new_output("stream", text="<b>84</b>")])
    assert "&lt;b&gt;84" in page(library(), of(text), live=True)
