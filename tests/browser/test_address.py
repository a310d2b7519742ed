"""The page's address holds its settings: links, reload and the back button bring the same view back."""

from urllib.parse import urljoin

from playwright.sync_api import expect

from prolo_dash.chapters.registry import CHAPTER_VIEWS
from prolo_dash.evidence.library import library

CHOSEN = {"conditions": "osteoarthritis.low_back", "outcome": "pain", "show": "groups", "scale": "printed"}


def address_of(view, params):
    return "?" + "&".join(f"{view}.{name}={value}" for name, value in params.items())


def test_a_reload_brings_the_same_view_back(window):
    window.input("gain", "outcome", "pain").click()
    window.must_show("gain", outcome="pain")
    window.input("gain", "conditions", "sports_injury").click()
    left = [
        condition
        for condition in CHAPTER_VIEWS["gain"].default_state(library()).conditions
        if condition != "sports_injury"
    ]
    state = {"outcome": "pain", "conditions": ".".join(left)}
    window.must_show("gain", **state)
    window.input("caveat_trial", "suppose").press("End")
    window.must_show("caveat_trial", suppose="100")
    window.page.reload()
    window.wait_ready()
    window.must_show("gain", **state)
    window.must_show("caveat_trial", suppose="100")
    window.must_show("caveat", conditions=state["conditions"])
    assert not window.input("gain", "conditions", "sports_injury").is_checked()


def test_a_copied_link_brings_the_same_view_to_someone_else_and_leads_to_it(open_page):
    window = open_page(address_of("gain", CHOSEN))
    window.must_show("gain", **CHOSEN)
    other = open_page(window.part("gain", "link").get_attribute("href"))
    other.must_show("gain", **CHOSEN)
    assert other.shown("gain") == window.shown("gain")
    expect(other.view("gain").get_by_role("heading").first).to_be_in_viewport()
    expect(window.view("gain").get_by_role("heading").first).not_to_be_in_viewport()


def test_the_link_is_copied_or_the_reader_told_that_it_is_not(window):
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
    window.part("gain", "link").click()
    expect(window.part("gain", "notice")).not_to_be_empty()
    copied = window.page.evaluate("navigator.clipboard.readText()")
    assert copied == window.part("gain", "link").evaluate("(link) => link.href")
    assert copied == urljoin(window.server.address, "?gain.show=groups#gain")

    window.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }")
    window.part("caveat", "link").click()
    expect(window.part("caveat", "notice")).not_to_be_empty()


def test_the_back_button_undoes_one_change_at_a_time(window):
    plain = window.page.url
    assert plain == window.server.address
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
    assert window.page.url == urljoin(plain, "?gain.show=groups#gain")
    window.input("caveat", "outcome", "function").click()
    window.must_show("caveat", outcome="function")
    window.input("gain", "outcome", "pain").click()
    window.must_show("gain", show="groups", outcome="pain")

    window.page.go_back()
    window.must_show("gain", show="groups")
    window.must_show("caveat", outcome="function")
    window.page.go_back()
    window.must_show("caveat")
    window.must_show("gain", show="groups")
    window.page.go_back()
    window.must_show("gain")
    assert window.page.url in (plain, f"{plain}#gain")
    window.page.go_forward()
    window.must_show("gain", show="groups")
    assert window.input("gain", "show", "groups").is_checked()
    window.input("gain", "show", "gain").click()
    window.must_show("gain")
    assert window.page.url in (plain, f"{plain}#gain")


def test_what_a_broken_link_asks_for_is_told_and_what_is_good_in_it_shown(open_page):
    broken = {
        "claim": "claim.claim=",
        "gain": "gain.outcome=nonsense&gain.show=groups",
        "caveat": "caveat.no_such_setting=1",
        "caveat_trial": "caveat_trial.trial=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "caveat_share": "caveat_share.conditions=tendons." + "x" * 3000,
    }
    good = {"gain": {"show": "groups"}}
    window = open_page("?" + "&".join(broken.values()))
    for view in broken:
        notice = window.part(view, "notice")
        expect(notice).not_to_be_empty()
        window.must_show(view, **good.get(view, {}))
        assert len(notice.inner_text()) < 300
        assert notice.locator("*").count() == 0
    window.input("gain", "show", "difference").click()
    window.must_show("gain", show="difference")
    expect(window.part("gain", "notice")).to_be_empty()


def test_an_address_that_makes_no_sense_is_no_error(open_page):
    window = open_page("?&=&&other=1&gain.show&gain.=x&%E0%A4%A&%#%")
    for view in CHAPTER_VIEWS:
        window.must_show(view)
    expect(window.part("caveat", "notice")).to_be_empty()
