"""The components in a real browser: accessible, and working by keyboard and script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def open_page(chromium, live_server, settings):
    """Open an address at a width, with or without scripts; no error may be logged."""
    settings.ROOT_URLCONF = "tests.housingplus.govuk.kitchen"
    contexts = []
    faults = []

    def open_at(address, *, width=1280, scripts=True, cookies=None):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        if cookies:
            context.add_cookies(
                [
                    {"name": name, "value": morsel.value, "url": live_server.url}
                    for name, morsel in cookies.items()
                ]
            )
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda message: (
                faults.append(message.text) if message.type == "error" else None
            ),
        )
        page.goto(live_server.url + address)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert faults == []


def problems(page):
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "address",
    [
        "/kitchen/",
        "/kitchen/?empty=1&ward=kestrel",
        "/kitchen/detail/?say=1",
        "/kitchen/form/",
        "/accounts/login/",
        "/accounts/password/reset/",
    ],
)
def test_page_is_accessible_and_fits(open_page, address, width):
    page = open_page(address, width=width)
    page.wait_for_load_state("networkidle")

    assert problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_refused_form_is_accessible_and_summary_has_the_focus(open_page, width):
    page = open_page("/kitchen/form/", width=width)
    page.get_by_role("button", name="Save visit").click()

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert problems(page) == []

    page.get_by_role("link", name="Enter the date of visit").click()
    expect(page.get_by_label("Day").first).to_be_focused()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "address",
    ["/kitchen/", "/accounts/2fa/", "/accounts/password/change/", "/accounts/logout/"],
)
def test_signed_in_page_is_accessible(
    open_page, client_for, administrator, address, width
):
    page = open_page(address, width=width, cookies=client_for(administrator).cookies)
    page.get_by_text(str(administrator)).first.click()
    page.wait_for_timeout(100)

    expect(page.get_by_role("button", name="Sign out").first).to_be_visible()
    assert problems(page) == []


def test_menu_on_a_phone_opens_without_scripts(open_page, client_for, administrator):
    page = open_page(
        "/kitchen/",
        width=390,
        scripts=False,
        cookies=client_for(administrator).cookies,
    )
    link = page.get_by_role("link", name="Administration")

    expect(link).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    expect(link).to_be_visible()


def test_menu_on_a_wide_screen_is_open(open_page, client_for, administrator):
    page = open_page("/kitchen/", cookies=client_for(administrator).cookies)

    expect(page.get_by_role("link", name="Administration")).to_be_visible()


def test_filters_on_a_phone_open_without_scripts(open_page):
    page = open_page("/kitchen/", width=390, scripts=False)

    expect(page.get_by_label("Ward", exact=True)).to_be_hidden()
    page.get_by_text("Filters", exact=True).first.click()
    page.get_by_label("Ward", exact=True).select_option("merlin")
    page.get_by_role("button", name="Apply filters").click()
    assert "ward=merlin" in page.url


def test_filter_refreshes_the_list_and_the_address(open_page):
    page = open_page("/kitchen/?sort=-rooms")
    page.get_by_label("Ward", exact=True).select_option("merlin")

    page.wait_for_url("**ward=merlin**")
    assert "sort=-rooms" in page.url
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    # Ticking still works in what came in.
    page.get_by_role("button", name="Odds").click()
    expect(page.get_by_text("6 of 12 selected")).to_be_visible()


def test_ticking_rows(open_page):
    page = open_page("/kitchen/")
    page.get_by_role("button", name="Evens").click()
    expect(page.get_by_text("6 of 12 selected")).to_be_visible()
    expect(page.get_by_label("Select 2 Elm Road, Kestrelford")).to_be_checked()
    expect(page.get_by_label("Select 1 Elm Road, Kestrelford")).not_to_be_checked()

    page.get_by_label("Select every row on this page").check()
    expect(page.get_by_text("12 of 12 selected")).to_be_visible()
    page.get_by_role("button", name="Select none").click()
    expect(page.get_by_text("0 of 12 selected")).to_be_visible()


def test_autocomplete_fills_the_select(open_page):
    page = open_page("/kitchen/form/")
    box = page.get_by_label("Officer")
    box.fill("mer")
    page.locator(".autocomplete__option", has_text="Merlin").click()

    assert page.locator("select[name=officer]").input_value() == "merlin"
    box.fill("")
    page.get_by_label("Notes").click()
    assert page.locator("select[name=officer]").input_value() == ""


def test_select_is_there_without_scripts(open_page):
    page = open_page("/kitchen/form/", scripts=False)

    page.get_by_label("Officer").select_option("merlin")


def test_map_shows_points_by_keyboard_with_a_legend(open_page):
    page = open_page("/kitchen/detail/")

    expect(page.locator(".hp-map__legend li")).to_have_text(["Homes", "Patch"])
    page.locator("[aria-label='14 Elm Road'][tabindex='0']").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup")).to_contain_text("14 Elm Road")


def test_progress_asks_again_by_itself(open_page):
    page = open_page("/kitchen/detail/")

    with page.expect_response("**/kitchen/progress/") as asked:
        pass
    assert asked.value.status == 200
    expect(page.get_by_text("120 of 400")).to_be_visible()


def test_time_out_warns_keeps_typing_and_puts_it_back(
    open_page, client_for, administrator
):
    page = open_page("/kitchen/form/", cookies=client_for(administrator).cookies)
    page.clock.install()
    page.reload()
    page.get_by_label("Name").fill("Half a name")
    page.clock.fast_forward("28:30")

    dialog = page.get_by_role("dialog", name="You will be signed out soon")
    expect(dialog).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()

    page.clock.fast_forward("30:05")
    expect(page.get_by_text("has been put back")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Half a name")


def test_second_click_sends_nothing(open_page):
    page = open_page("/kitchen/form/")
    sent = []
    page.route(
        "**/kitchen/form/",
        lambda route: (sent.append(1), page.wait_for_timeout(600), route.continue_()),
    )
    button = page.get_by_role("button", name="Save visit")
    button.dblclick(no_wait_after=True)
    expect(page.locator(".govuk-error-summary")).to_be_visible()

    assert len(sent) == 1


def test_printed_list_has_no_menu_and_no_addresses(open_page):
    page = open_page("/kitchen/")
    page.emulate_media(media="print")

    expect(page.locator(".hp-header")).to_be_hidden()
    expect(page.locator(".hp-filters")).to_be_hidden()
    expect(page.get_by_role("table")).to_be_visible()
    after = "getComputedStyle(document.querySelector('td a, th a'), '::after').content"
    assert page.evaluate(after) in {'""', "none"}
