"""Everything works without a mouse, and where the keyboard is can be seen."""

from playwright.sync_api import expect

from prolo_dash.chapters.registry import CHAPTER_VIEWS, CHAPTERS
from prolo_dash.evidence.library import library
from prolo_dash.kit.controls import Choice, Entry, Toggles
from prolo_dash.kit.trial_labels import condition_toggles

_AT = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const marked = [at, at.closest("label")].filter((element) => {
    if (!element) return false;
    const { outlineStyle, outlineWidth, opacity } = getComputedStyle(element);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && opacity !== "0";
  });
  const nav = document.querySelector("nav");
  const top = nav.getBoundingClientRect().top <= 0 ? nav.getBoundingClientRect().bottom : 0;
  const box = (at.closest("label") ?? at).getBoundingClientRect();
  const name = at.dataset.twin ? `${at.dataset.twin} as a number`
    : at.name ? (["checkbox", "radio"].includes(at.type) ? `${at.name}=${at.value}` : at.name)
    : at.dataset.role ?? at.textContent.trim();
  return {
    view: at.closest("section[data-view]")?.dataset.view ?? "",
    control: Boolean(at.closest("form")) && at.tagName !== "SUMMARY",
    name,
    marked: marked.length > 0,
    hidden: !nav.contains(at) && !at.matches("body > a") && (box.bottom <= top || box.top >= innerHeight),
  };
}"""


def walk(window, key="Tab", until=None):
    """Every stop of the keyboard, from where it is to the end of the page or the stop of a name."""
    stops = []
    while len(stops) < 1500:
        window.page.keyboard.press(key)
        stop = window.page.evaluate(_AT)
        if stop is None:
            return stops
        stops.append(stop)
        if stop["name"] == until:
            return stops
    raise AssertionError("the keyboard does not come to an end")


def stops_of(view):
    """The stops that a view's controls must have: each group's chosen radio, each other input.

    What has boxes is chosen for the whole page, so no view asks for it.
    """
    stops = []
    for name, control in CHAPTER_VIEWS[view].controls(library()).items():
        usual = CHAPTER_VIEWS[view].default_state(library())
        value = getattr(usual, name)
        if isinstance(control, Toggles):
            continue
        if any(getattr(usual, other) != wanted for other, wanted in getattr(control, "when", ())):
            continue  # put away
        if isinstance(control, Entry):
            stops.append(name)
        elif isinstance(control, Choice):
            stops.append(name if control.style == "menu" else f"{name}={value}")
        else:
            stops += [name, f"{name} as a number"]
    return stops


def test_tab_reaches_everything_in_reading_order_and_where_it_is_can_be_seen(window):
    window.wait_whole()
    stops = walk(window)
    assert stops[0]["name"] == "Skip to the content"
    chapters = [chapter.name for chapter in CHAPTERS]
    conditions = [f"conditions={option.value}" for option in condition_toggles(library()).options]
    introduction = window.page.locator(".top p a").all_inner_texts()
    folded = "For a class, or on paper"
    first = [*introduction, folded, *chapters, "Present", *conditions, "conditions", "trials"]
    assert [stop["name"] for stop in stops[1 : 1 + len(first)]] == first
    assert list(dict.fromkeys(stop["view"] for stop in stops if stop["view"])) == list(CHAPTER_VIEWS)
    for view in CHAPTER_VIEWS:
        assert [stop["name"] for stop in stops if stop["view"] == view and stop["control"]] == stops_of(view)
        names = [stop["name"] for stop in stops if stop["view"] == view]
        folds = window.view(view).locator("summary").filter(visible=True).all_inner_texts()
        assert set(folds) <= set(names)
        assert {"link", "download"} <= set(names)
    back = walk(window, "Shift+Tab", until=stops[0]["name"])
    assert [stop["name"] for stop in reversed(back)] == [stop["name"] for stop in stops]
    assert [stop for stop in (*stops, *back) if not stop["marked"] or stop["hidden"]] == []


def test_the_skip_link_leads_past_the_navigation(window):
    window.page.keyboard.press("Tab")
    expect(window.page.locator("a.skip")).to_be_in_viewport()
    window.page.keyboard.press("Enter")
    window.page.keyboard.press("Tab")
    assert window.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_space_switches_a_condition_and_keeps_the_place(shared):
    box = shared.input("caveat", "conditions", "low_back")
    box.focus()
    shared.page.keyboard.press("Space")
    left = [
        condition
        for condition in CHAPTER_VIEWS["caveat"].default_state(library()).conditions
        if condition != "low_back"
    ]
    shared.must_show("caveat", conditions=".".join(left))
    expect(box).to_be_focused()
    shared.page.keyboard.press("Space")
    shared.must_show("caveat")


def test_arrows_move_through_a_choice_and_step_over_what_cannot_be_chosen(shared):
    shared.input("gain", "show", "gain").focus()
    for key, value in (("ArrowRight", "groups"), ("ArrowDown", "difference"), ("ArrowLeft", "groups")):
        shared.page.keyboard.press(key)
        shared.must_show("gain", show=value)
        expect(shared.input("gain", "show", value)).to_be_focused()
    shared.input("gain", "outcome", "pain").press("Space")
    shared.must_show("gain", show="groups", outcome="pain")
    shared.input("gain", "scale", "printed").focus()
    for value in ("sd", "printed", "sd"):
        shared.page.keyboard.press("ArrowRight")
        shared.must_show("gain", show="groups", outcome="pain", scale=value)


def test_a_key_unfolds_the_table_and_it_stays_unfolded(shared):
    table = shared.part("caveat", "table")
    fold = table.locator("xpath=ancestor::details/summary")
    expect(table).to_be_hidden()
    fold.press("Enter")
    expect(table).to_be_visible()
    fold.press("Space")
    expect(table).to_be_hidden()
    fold.press("Enter")
    shared.page.keyboard.press("Tab")
    expect(table).to_be_focused()
    shared.input("caveat", "outcome", "pain").press("Space")
    shared.must_show("caveat", outcome="pain")
    expect(table).to_be_visible()
    shared.input("caveat", "outcome", "better").press("Space")
    shared.must_show("caveat")


def test_a_claim_in_another_topic_is_reached_and_chosen_by_keyboard(shared):
    shared.view("claim").locator("details.others > summary").focus()
    shared.page.keyboard.press("Enter")
    shared.page.keyboard.press("Tab")
    shared.page.keyboard.press("Enter")
    group = shared.view("claim").locator("details.others > details").first
    first = group.locator("input").first
    expect(first).to_be_visible()
    first.focus()
    shared.page.keyboard.press("Space")
    shared.must_show("claim", claim=first.get_attribute("value"))
    expect(first).to_be_focused()
