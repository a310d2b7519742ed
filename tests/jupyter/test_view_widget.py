"""A view as a widget: its traits, its chart and its words say the same, whoever sets what."""

import builtins
import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
import traitlets

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.explainer import view
from prolo_dash.jupyter.view_widget import NO_PANDAS, ViewWidget
from prolo_dash.kit import plotly
from prolo_dash.kit.controls import from_params, to_query
from prolo_dash.kit.view import plain
from prolo_dash.render.html import as_message, payload_for


@pytest.fixture
def gain(monkeypatch: pytest.MonkeyPatch) -> ViewWidget:
    """The gain's widget, with what it tells the page in ``sent``."""
    made = view("gain")
    made.sent = []
    monkeypatch.setattr(made, "send", lambda content, buffers=None: made.sent.append(json.loads(json.dumps(content))))
    return made


def held(widget: ViewWidget) -> dict[str, Any]:
    """What the traits of the controls hold."""
    return {name: getattr(widget, name) for name in VIEW_BY_KEY[widget.call().names[0]].controls(library())}


def rendered(state: str) -> Any:
    """What a page gets for a state of the gain, as it travels."""
    params = dict(pair.split("=") for pair in state.split("&"))
    return json.loads(json.dumps(as_message(payload_for(library(), "gain", params))))


@pytest.mark.parametrize("key", VIEW_BY_KEY)
def test_every_view_has_a_synced_trait_for_each_control_with_its_usual_value(key: str) -> None:
    made = view(key)
    usual = VIEW_BY_KEY[key].normalise(VIEW_BY_KEY[key].default_state(library()))
    assert held(made) == vars(usual)
    assert set(held(made)) <= set(made.get_state())
    assert made.state == to_query(usual)


@pytest.mark.parametrize("given", [["low_back"], ("low_back",), "low_back"])
def test_toggles_take_a_list_a_tuple_or_the_form_of_a_link(gain: ViewWidget, given: Any) -> None:
    gain.conditions = given
    assert gain.conditions == ("low_back",)


def test_an_empty_list_switches_all_off(gain: ViewWidget) -> None:
    gain.conditions = []
    assert "conditions=none" in gain.state


def test_a_change_is_shown_on_the_page_once(gain: ViewWidget) -> None:
    gain.outcome = "pain"
    assert gain.sent == [{"show": rendered(gain.state)}]
    gain.outcome = "pain"
    assert len(gain.sent) == 1


def test_settings_that_exclude_each_other_are_brought_into_line_and_the_traits_show_it(gain: ViewWidget) -> None:
    gain.outcome = "pain"
    assert (gain.outcome, gain.scale) == ("pain", "printed")
    gain.scale = "per100"
    assert gain.scale == "printed"
    assert "scale=printed" in gain.state


def changes(key: str) -> list[tuple[str, Any]]:
    declared = VIEW_BY_KEY[key].controls(library())
    return [(name, value) for name, control in declared.items() for value in list(control.values())[:6]]


@pytest.mark.parametrize("key", VIEW_BY_KEY)
def test_after_any_change_the_traits_hold_a_state_that_can_be_shown(key: str) -> None:
    made = view(key)
    for name, value in changes(key):
        setattr(made, name, value)
        state = replace(VIEW_BY_KEY[key].default_state(library()), **held(made))
        assert VIEW_BY_KEY[key].normalise(state) == state
        assert made.state == to_query(state)


def test_who_observes_hears_of_a_change_once_and_finds_everything_in_line(gain: ViewWidget) -> None:
    heard = []
    gain.observe(lambda change: heard.append((change.name, change.new, gain.scale, gain.state)), ["outcome"])
    gain.outcome = "function"
    assert heard == [("outcome", "function", gain.scale, gain.state)]
    assert "outcome=function" in gain.state


def test_the_state_changes_once_however_many_traits_follow(gain: ViewWidget) -> None:
    heard = []
    gain.observe(lambda change: heard.append(change.new), ["state"])
    gain.outcome = "pain"  # the scale follows
    assert heard == [gain.state]


def test_several_traits_set_together_are_one_change(gain: ViewWidget) -> None:
    with gain.hold_trait_notifications():
        gain.show = "groups"
        gain.outcome = "pain"
        gain.conditions = ["low_back"]
    assert gain.sent == [{"show": rendered(gain.state)}]
    assert gain.state.startswith("conditions=low_back&outcome=pain&show=groups")


def test_linked_widgets_go_together() -> None:
    one, other = view("gain"), view("caveat")
    with_link = traitlets.link((one, "conditions"), (other, "conditions"))
    other.conditions = ["knee_osteoarthritis"]
    assert one.conditions == ("knee_osteoarthritis",)
    assert "conditions=knee_osteoarthritis" in one.state
    with_link.unlink()


@pytest.mark.parametrize(
    ("key", "name", "value", "offered"),
    [
        ("gain", "show", "chart", "gain, groups, difference"),
        ("gain", "show", ["groups"], "gain, groups, difference"),
        ("gain", "conditions", ["hip"], "any of osgood_schlatter, osteoarthritis"),
        ("lesson_dice", "people", 15, "10 to 100 in steps of 10"),
        ("own_trial", "name", "x" * 601, "a text of at most 600 characters"),
    ],
)
def test_a_value_that_is_not_on_offer_is_refused_with_what_is(key: str, name: str, value: Any, offered: str) -> None:
    made = view(key)
    before = made.state
    with pytest.raises(traitlets.TraitError, match=rf"is not on offer for “{name}”\. On offer: .*{offered}"):
        setattr(made, name, value)
    assert made.state == before


def test_the_state_itself_can_only_be_read(gain: ViewWidget) -> None:
    with pytest.raises(traitlets.TraitError):
        gain.state = "show=groups"


def test_a_click_moves_the_traits_and_is_answered_once(gain: ViewWidget) -> None:
    heard = []
    gain.observe(lambda change: heard.append(change.new), ["show"])
    gain._handle_custom_msg({"ask": 4, "view": "gain", "params": {"show": "groups"}}, [])
    assert heard == ["groups"]
    assert gain.sent == [{"ask": 4, **rendered(gain.state)}]


def test_a_page_that_comes_later_can_ask_what_is_shown_now(gain: ViewWidget) -> None:
    gain.outcome = "pain"
    gain.sent.clear()
    gain._handle_custom_msg({"ask": 1, "view": "gain"}, [])
    assert gain.sent == [{"ask": 1, **rendered(gain.state)}]
    assert gain.outcome == "pain"


def test_what_an_observer_sets_upon_a_click_is_in_the_answer(gain: ViewWidget) -> None:
    gain.observe(lambda _: gain.set_trait("outcome", "pain"), ["show"])
    gain._handle_custom_msg({"ask": 1, "view": "gain", "params": {"show": "groups"}}, [])
    (sent,) = gain.sent
    assert sent["state"] == gain.state
    assert "outcome=pain&show=groups" in gain.state


def test_an_observer_that_fails_does_not_keep_the_reader_from_an_answer(
    gain: ViewWidget, caplog: pytest.LogCaptureFixture
) -> None:
    gain.observe(lambda _: 1 / 0, ["show"])
    gain._handle_custom_msg({"ask": 1, "view": "gain", "params": {"show": "groups"}}, [])
    assert gain.sent == [{"ask": 1, **rendered(gain.state)}]
    assert "ZeroDivisionError" in caplog.text


def test_what_the_front_end_sets_is_taken_as_from_python(gain: ViewWidget) -> None:
    gain.set_state({"conditions": ["groin_tendon"]})
    assert gain.conditions == ("groin_tendon",)
    assert gain.sent == [{"show": rendered(gain.state)}]


def test_sentence_figure_and_table_are_those_of_the_state(gain: ViewWidget) -> None:
    gain.show = "groups"
    state, _ = from_params(VIEW_BY_KEY["gain"].state, library(), {"show": "groups"})
    rendering = VIEW_BY_KEY["gain"].render(library(), state)
    assert gain.sentence == plain(rendering.sentence)
    assert [trace.type for trace in gain.figure().data] == [
        trace["type"] for trace in plotly.figure(rendering.chart).data
    ]
    table = gain.table()
    assert list(table.index) == [row.key for row in rendering.table.rows]
    assert list(table["After prolotherapy"]) == [
        row.cells[rendering.table.columns.index("After prolotherapy")].text for row in rendering.table.rows
    ]
    assert list(table["Warnings"]) == ["; ".join(row.flags) for row in rendering.table.rows]


@pytest.mark.parametrize("key", VIEW_BY_KEY)
def test_every_view_gives_a_figure_that_plotly_takes_and_a_table(key: str) -> None:
    made = view(key)
    assert len(made.figure().data) == len(plotly.figure(made._rendering().chart).data)
    assert len(made.table()) == len(made._rendering().table.rows)


def test_without_pandas_a_table_says_so(gain: ViewWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    found = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return found(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ImportError, match=NO_PANDAS):
        gain.table()


def test_what_a_notebook_imports_brings_neither_pandas_nor_plotly() -> None:
    program = (
        "import sys; from prolo_dash.explainer import view; view('gain'); print({'pandas', 'plotly'} & {*sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_an_output_shows_the_state_it_was_displayed_in(gain: ViewWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    gain.show = "groups"
    html = gain._repr_mimebundle_()[0]["text/html"]
    assert gain.state.replace("&", "&amp;") in html
