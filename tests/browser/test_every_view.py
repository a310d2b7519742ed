"""Every view, by keyboard alone: a setting changes, and the address and the link bring it back."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from prolo_dash.chapters.registry import CHAPTER_VIEWS
from prolo_dash.evidence.library import library
from prolo_dash.kit.controls import Choice, Entry, Steps, Toggles

each_view = pytest.mark.parametrize("view", tuple(CHAPTER_VIEWS))


def first_controls(view):
    """The first control of each kind that a view has, by name."""
    declared = CHAPTER_VIEWS[view].controls(library())
    kinds = {(type(control), getattr(control, "style", "")): name for name, control in reversed(declared.items())}
    return {name: declared[name] for name in kinds.values()}


def changed_by_keyboard(window, view, name, control):
    """Change a control with keys; the parameter that the page must then show."""
    usual = getattr(CHAPTER_VIEWS[view].default_state(library()), name)
    if isinstance(control, Toggles):
        window.input(view, name, control.options[0].value).press("Space")
        return ".".join(option.value for option in control.options[1:])
    if isinstance(control, Steps):
        window.input(view, name).press("ArrowRight")
        return str(usual + control.step)
    if isinstance(control, Entry):
        window.input(view, name).fill("Another name")
        return "Another name"
    values = [option.value for option in control.options]
    after = values[(values.index(usual) + 1) % len(values)]
    if control.style == "menu":
        window.input(view, name).press("ArrowDown" if values.index(usual) + 1 < len(values) else "Home")
    else:
        for fold in window.input(view, name, usual).locator("xpath=ancestor::details").all():
            fold.evaluate("(details) => { details.open = true; }")
        window.input(view, name, usual).press("ArrowDown")
    return after


def settings_in(address):
    """What an address sets; the conditions of the page may stand before or behind what is a view's own."""
    return dict(parse_qsl(urlsplit(address).query))


@each_view
def test_settings_made_by_keyboard_are_shown_and_carried_by_address_and_link(shared, view):
    """One after another, so that at last the link has to carry all of them. Afterwards the page is opened anew."""
    shared.unfold()
    params = {}
    for name, control in first_controls(view).items():
        if isinstance(control, Choice) and control.when:
            continue
        params[name] = changed_by_keyboard(shared, view, name, control)
        shared.must_show(view, **params)
        link = shared.part(view, "link").evaluate("(link) => link.href")
        assert settings_in(link) == settings_in(shared.page.url), "the address says the same as the link"
    shared.go(link.partition(shared.server.address)[2])
    shared.must_show(view, **params)
    expect(shared.part(view, "notice")).to_be_empty()
    shared.go()
    shared.wait_ready()
    shared.open_views()
