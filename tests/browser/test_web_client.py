"""The example front end proves the API: it draws every page and sends a form from another origin."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import web_client
from tests.browser.admin_ui import PageEditor, previews_drawn_at
from tests.browser.conftest import LogIn, open_browser, sign_in
from tests.browser.crawl import DESKTOP, PHONE, THEMES, skip_link_faults, too_wide
from tests.browser.site import Site
from tests.browser.test_every_page import fail_with
from tests.browser.watched import Watched, axe_violations, watch
from tests.forms.files import PDF, a_picture

DOCUMENT: dict[str, Any] = json.loads(web_client.DOCUMENT.read_text())
SCHEMAS = DOCUMENT["components"]["schemas"]
BLOCKS = set(SCHEMAS["BodyBlock"]["discriminator"]["mapping"])
# What tells a program something, and not a reader.
UNSEEN_KEYS = {"id", "type", "slug", "path", "url", "locale", "level", "style", "credit", "network", "src", "srcset"}
UNSEEN_KEYS |= {
    "file_extension",
    "focal_point",
    "first_published_at",
    "last_published_at",
    "last_reviewed",
    "next_review",
}


@pytest.fixture(scope="session")
def front_end(site: Site, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the origin of the front end, built for the running site, which an administrator has let in."""
    folder = web_client.build(web_client.copy_to(tmp_path_factory.mktemp("web-client")), site.url)
    with web_client.served(folder) as origin:
        context = open_browser(browser, site)
        page = context.new_page()
        sign_in(page, site, "admin")
        page.goto("/admin/settings/clinicsite/apisettings/")
        page.get_by_role("textbox", name="Front ends on other origins").fill(origin)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("API updated")).to_be_visible()
        context.close()
        yield origin


@pytest.fixture
def visitor(front_end: str, site: Site, browser: Browser) -> Iterator[Watched]:
    """Return the browser of a visitor of the front end; the test fails where it had something to complain about."""
    context = open_browser(browser, site, base_url=front_end, viewport={"width": DESKTOP, "height": 900})
    watched = watch(context, front_end)
    yield watched
    complaints = watched.take_complaints()
    context.close()
    assert complaints == []


def api(page: Page, site: Site, endpoint: str, **parameters: str | int) -> Any:
    """Return what the API answers."""
    return page.request.get(f"{site.url}/api/v1{endpoint}", params=parameters).json()


def cards_of_all_pages(page: Page, site: Site) -> list[dict[str, Any]]:
    """Return the card of every page of the clinic."""
    answer = api(page, site, "/pages/", limit=100)
    assert len(answer["items"]) == answer["total"]
    return answer["items"]


def go_to(page: Page, path: str) -> None:
    """Open a page of the front end and wait until all of it is there."""
    page.goto(path)
    page.locator("main h1").wait_for()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Loading…")).to_have_count(0)


def blocks_in(answer: Any) -> Iterator[dict[str, Any]]:
    """Yield every block of an answer, in whatever stream it is."""
    if isinstance(answer, dict):
        if {"type", "id", "value"} == answer.keys():
            yield answer
        answer = list(answer.values())
    for part in answer if isinstance(answer, list) else []:
        yield from blocks_in(part)


def bare(text: str) -> str:
    """Return the words of a text or of HTML without the spaces between them."""
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]*>", "", text)))


def texts_in(value: Any) -> Iterator[str]:
    """Yield the texts that a reader sees of a value."""
    if isinstance(value, dict):
        if "srcset" in value:
            return
        # The words of a link or a heading go before the title of its page, those of a treatment before its snippet's.
        hidden = {"page", "document"} if value.get("text") else {"form"} if value.get("heading") else set()
        if treatment := value.get("treatment"):
            yield treatment["name"]
            hidden = {"treatment"}
        for key in value.keys() - UNSEEN_KEYS - hidden:
            yield from texts_in(value[key])
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)
    elif isinstance(value, str) and bare(value):
        yield value


def texts_of(answer: dict[str, Any]) -> Iterator[str]:
    """Yield the texts of a page that its front end must show: its own fields, and those of its blocks."""
    own = {key: value for key, value in answer.items() if isinstance(value, str)}
    for name in ("given_name", "family_name", "initials", "name_with_credentials", "street_address", "country"):
        own.pop(name, None)
    for name in ("confirmation_title", "confirmation_text", "submit_label", "promise"):
        own.pop(name, None)
    if answer["type"] == "HomePage":
        own.pop("title")
    yield from texts_in(own)
    for block in blocks_in(answer):
        yield from texts_in(block["value"])


def test_the_document_that_the_types_are_made_from_is_the_one_served(visitor: Watched, site: Site) -> None:
    assert visitor.page.request.get(f"{site.url}/api/openapi.json").json() == DOCUMENT


def test_every_page_is_drawn_with_all_that_is_said_on_it(visitor: Watched, site: Site) -> None:
    page, lacking, seen = visitor.page, {}, set()
    page.set_viewport_size({"width": PHONE, "height": 900})
    for card in cards_of_all_pages(page, site):
        path = card["path"]
        answer = api(page, site, "/pages/by-path/", path=path)
        go_to(page, path)
        shown = bare(page.locator("main").text_content() or "")
        seen |= {block["type"] for block in blocks_in(answer)}
        lacking[path] = [text for text in texts_of(answer) if bare(text) not in shown]
        lacking[path] += too_wide(page)
        assert page.title().startswith(answer["seo"]["title"]), path
        description = page.locator("meta[name=description]")
        assert answer["seo"]["description"] == (description.get_attribute("content") if description.count() else "")
        graph = json.loads(page.locator("script[type='application/ld+json']").text_content() or "")
        assert graph == {"@context": "https://schema.org", "@graph": answer["structured_data"]}, path
    fail_with([f"{path}: {fault}" for path, faults in lacking.items() for fault in faults])
    assert len(lacking) > 35
    assert seen >= BLOCKS


def test_a_picture_offers_its_copies_and_says_what_it_shows(visitor: Watched, site: Site) -> None:
    page = visitor.page
    photo = api(page, site, "/pages/by-path/", path="/ballard/")["photo"]
    go_to(page, "/ballard/")
    picture = page.get_by_role("img", name=photo["alt"])
    expect(picture).to_have_attribute(
        "srcset", ", ".join(f"{each['url']} {each['width']}w" for each in photo["srcset"])
    )
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 0


def test_links_are_followed_without_a_reload_and_move_the_focus(visitor: Watched) -> None:
    page = visitor.page
    go_to(page, "/")
    page.evaluate("window.isTheSame = true")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Conditions").click()
    expect(page.get_by_role("heading", level=1, name="Conditions we treat")).to_be_focused()
    page.get_by_role("link", name="Sciatica", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Sciatica")).to_be_focused()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Conditions we treat").click()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Sciatica")).to_be_focused()
    assert page.evaluate("window.isTheSame")


def test_a_filter_stands_in_the_address_and_narrows_the_list(visitor: Watched, site: Site) -> None:
    page = visitor.page
    go_to(page, "/conditions/")
    page.get_by_label("Part of the body", exact=True).select_option(label="Neck")
    page.get_by_role("button", name="Show").click()
    fitting = api(page, site, "/pages/", type="ConditionPage", region="neck")
    expect(page.get_by_role("status")).to_contain_text(f"{fitting['total']} found")
    assert page.url.endswith("/conditions/?region=neck")
    names = page.locator("main .card h2").all_text_contents()
    assert sorted(names) == sorted(item["title"] for item in fitting["items"])

    go_to(page, "/staff/")
    everybody = page.locator("main .card").count()
    page.get_by_label("Role").select_option(label="Physical therapist")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_contain_text("found")
    expect(page).to_have_url(re.compile(r"role=physical-therapist"))
    assert 0 < page.locator("main .card").count() < everybody
    page.go_back()
    expect(page.locator("main .card")).to_have_count(everybody)


def test_the_search_finds_pages_and_says_so(visitor: Watched) -> None:
    page = visitor.page
    go_to(page, "/")
    page.get_by_role("searchbox", name="Search this site").fill("stiff neck")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("found for “stiff neck”")
    expect(page.locator("main").get_by_role("link", name="Neck pain")).to_be_visible()
    expect(page).to_have_title(re.compile("^Search: stiff neck"))
    go_to(page, "/search/?q=zzzz")
    expect(page.get_by_role("status")).to_have_text("We found nothing for “zzzz”.")


def test_a_redirect_is_followed_and_a_missing_page_says_so(visitor: Watched, site: Site) -> None:
    page = visitor.page
    site.ask("client_pages", "build_a_redirect")
    go_to(page, "/old-sciatica/")
    expect(page.get_by_role("heading", level=1, name="Sciatica")).to_be_visible()
    assert page.url.endswith("/conditions/sciatica/")
    assert visitor.take_complaints() == []
    go_to(page, "/no-such-page/")
    expect(page).to_have_title(re.compile("^Page not found"))
    expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex")
    assert [line[:11] for line in visitor.take_complaints()] == ["status 404:"]


def test_the_appointment_form_is_sent_with_a_rules_branch_and_a_file(visitor: Watched, site: Site) -> None:
    page = visitor.page
    go_to(page, "/conditions/sciatica/")
    page.get_by_role("banner").get_by_role("link", name="Request an appointment").click()
    referral = page.get_by_label("Your referral, if you have it at hand")
    expect(page.get_by_role("heading", level=1, name="Request an appointment")).to_be_focused()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Answer “What would you like help with?”.").click()
    expect(page.get_by_label("What would you like help with?")).to_be_focused()

    page.get_by_label("New patient").check()
    page.get_by_label("How did you hear about us?").select_option("A friend or relative")
    expect(referral).to_have_count(0)
    page.get_by_label("How did you hear about us?").select_option("My doctor sent me")
    referral.set_input_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no photo"})
    expect(referral).to_have_accessible_description(re.compile(r"notes\.txt"))
    assert [line[:11] for line in visitor.take_complaints()] == ["status 422:"]
    referral.set_input_files({"name": "referral.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(page.get_by_role("list", name="Files added")).to_contain_text("referral.pdf")
    page.get_by_label("Lower back").check()
    page.get_by_text("7", exact=True).click()
    page.get_by_label("What would you like help with?").fill("My leg hurts when I sit.")
    page.get_by_label("Ballard").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="When you are free")).to_be_focused()
    page.get_by_label("Monday").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("First name").fill("Rosa")
    page.get_by_label("Last name").fill("Field")
    page.get_by_label("Phone number").fill("12")
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("My leg hurts when I sit.")).to_be_visible()
    page.get_by_role("button", name="Request an appointment").click()

    # The server knows what a phone number is: its words stand at the field, and nothing typed is lost.
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Phone number")).to_have_accessible_description(re.compile("Enter .*phone number"))
    expect(page.get_by_label("First name")).to_have_value("Rosa")
    assert [line[:11] for line in visitor.take_complaints()] == ["status 422:"]
    page.get_by_label("Phone number").fill("206 555 0188")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Request an appointment").click()
    reference = page.locator(".confirmation__reference")
    expect(reference).to_be_visible()
    assert site.ask("client_pages", "latest_appointment_request") == {
        "reference": reference.text_content(),
        "channel": "api",
        "source": "/appointment/",
        "answers": {
            "Are you a new or an existing patient?": "New patient",
            "How did you hear about us?": "My doctor sent me",
            "Your referral, if you have it at hand": "referral.pdf",
            "Where does it hurt?": "Lower back",
            "How bad is the pain on a usual day?": "7",
            "What would you like help with?": "My leg hurts when I sit.",
            "Which clinic do you prefer?": "Ballard",
            "Which days could you come in?": "Monday",
            "Your name": "Rosa Field",
            "Phone number": "206 555 0188",
            "Consent": "Agreed: I agree that Heronfield Physical Therapy may store what I wrote here and contact me "
            "about it.",
        },
    }


def test_every_type_of_question_can_be_answered(visitor: Watched, site: Site) -> None:
    page = visitor.page
    site.build("build_every_field")
    go_to(page, "/every-question/")
    fill_in_the_person(page, year="1884")
    page.get_by_text("9", exact=True).click()
    page.get_by_label("What do you do when it is this bad?").fill("I lie down for an hour.")
    page.get_by_label("Neck").check()
    page.get_by_label("When did it start?").fill("2026-03-02")
    page.get_by_label("Weeks of pain").fill("many")
    page.get_by_label("Sitting for long").check()
    page.get_by_label("None of these").check()
    expect(page.get_by_label("Sitting for long")).not_to_be_checked()
    page.get_by_label("Something else").first.check()
    page.get_by_label("Your answer to “Something else”").fill("Driving")
    page.get_by_label("All at once").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Weeks of pain")).to_have_accessible_description("Enter a whole number, such as 6.")
    page.get_by_label("Weeks of pain").fill("521")
    page.get_by_role("button", name="Next").click()
    fill_in_the_visit(page)
    page.get_by_role("button", name="Next").click()
    page.locator("form.form [type=submit]").click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Year", exact=True)).to_have_accessible_description(re.compile("^Check the year"))
    expect(page.get_by_label("Year", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Day", exact=True)).not_to_have_attribute("aria-invalid", "true")
    assert [line[:11] for line in visitor.take_complaints()] == ["status 422:"]
    page.get_by_role("link", name="Check the year").click()
    expect(page.get_by_label("Year", exact=True)).to_be_focused()
    page.get_by_label("Year", exact=True).fill("1984")
    page.get_by_role("button", name="Give it in weeks: 0 to 520").click()
    expect(page.get_by_label("Weeks of pain")).to_have_accessible_description("Give it in weeks: 0 to 520")
    page.get_by_label("Weeks of pain").fill("6")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.locator("form.form [type=submit]").click()
    expect(page.locator(".confirmation__reference")).to_be_visible()
    answers = site.ask("client_pages", "answers_to_every_question")
    assert answers["What makes it worse?"] == "Something else: Driving"
    assert answers["Date of birth"] == "1984-03-27"
    assert answers["Which clinic?"] == "Columbia City"
    assert answers["Campaign"] == "Spring 2027"
    assert answers["Your insurance card"] == "card.png"
    assert len(answers) == 24


def fill_in_the_person(page: Page, year: str = "1984") -> None:
    """Answer the first step of the form with every type of question."""
    page.get_by_label("First name").fill("Rosa")
    page.get_by_label("Last name").fill("Field")
    for label, value in (("Month", "3"), ("Day", "27"), ("Year", year)):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Email address").fill("rosa@example.com")
    page.get_by_label("Phone number").fill("206 555 0188")
    address = {"Street address": "1 Elm Street", "City": "Seattle", "State": "WA", "ZIP code": "98107"}
    for label, value in address.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("I am new here").check()
    page.get_by_role("button", name="Next").click()


def fill_in_the_visit(page: Page) -> None:
    """Answer the last step of the form with every type of question."""
    page.get_by_label("Columbia City").check()
    page.get_by_label("Who would you like to see?").select_option("No preference")
    page.get_by_label("Friday").check()
    page.get_by_label("Evening").check()
    page.get_by_label("Insurance", exact=False).first.select_option("I pay myself")
    page.get_by_label("Member number").fill("AB-123456")
    page.get_by_label("ZIP code of your work").fill("98101")
    page.get_by_label("What brings you to us?").fill("Pain in my neck.")
    card = {"name": "card.png", "mimeType": "image/png", "buffer": a_picture("PNG")}
    page.get_by_label("Your insurance card").set_input_files(card)
    expect(page.get_by_role("list", name="Files added")).to_contain_text("card.png")
    page.get_by_label("I agree that you may contact me.").check()


def test_a_form_that_is_full_says_so_and_keeps_what_was_typed(visitor: Watched, site: Site) -> None:
    site.ask("client_pages", "build_last_places")
    page, other = visitor.page, visitor.page.context.new_page()
    go_to(page, "/taken-place/")
    expect(page.get_by_role("heading", name="This form takes no more requests")).to_be_visible()
    expect(page.locator("form.form")).to_have_count(0)
    for each, name in ((page, "Rosa"), (other, "Ines")):
        go_to(each, "/last-place/")
        each.get_by_label("Your first name").fill(name)
    page.locator("form.form").get_by_role("button").click()
    expect(page.locator(".confirmation__reference")).to_be_visible()
    other.locator("form.form").get_by_role("button").click()
    expect(other.get_by_role("alert")).to_contain_text("This form takes no more requests.")
    expect(other.get_by_label("Your first name")).to_have_value("Ines")
    other.close()


def test_a_notice_stands_at_the_top_while_it_is_on(visitor: Watched, site: Site) -> None:
    page = visitor.page
    site.ask("client_pages", "announce")
    go_to(page, "/about/")
    expect(page.get_by_role("region", name="Notice")).to_have_text("Closed today: storm.")
    assert axe_violations(page) == []
    site.ask("client_pages", "stop_announcing")


def test_the_navigation_of_a_phone_opens_at_a_button(visitor: Watched) -> None:
    page = visitor.page
    page.set_viewport_size({"width": PHONE, "height": 900})
    go_to(page, "/")
    link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Our staff")
    menu = page.get_by_role("button", name="Menu")
    expect(link).to_be_hidden()
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    assert axe_violations(page) == []
    link.click()
    expect(page.get_by_role("heading", level=1, name="Our staff")).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_a_lost_connection_says_so_and_sending_again_sends_once(visitor: Watched, site: Site) -> None:
    page = visitor.page
    site.build("build")
    go_to(page, "/reworded-form/")
    page.get_by_label("Old words").fill("The trains are late.")
    answers = {"sent": 0}

    def lose(route: Any) -> None:
        answers["sent"] += 1
        route.fetch() if answers["sent"] == 1 else None
        route.abort() if answers["sent"] == 1 else route.continue_()

    page.route("**/submissions/", lose)
    page.get_by_role("button", name="Next").click()
    page.locator("form.form [type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("There was no answer.")
    page.locator("form.form [type=submit]").click()
    expect(page.locator(".confirmation__reference")).to_be_visible()
    assert answers["sent"] == 2
    assert site.ask("client_pages", "requests_of_the_reworded_form") == 1
    assert all("ERR_FAILED" in line for line in visitor.take_complaints())


def test_a_form_that_asks_for_work_against_spam_gets_it(visitor: Watched, site: Site) -> None:
    page = visitor.page
    site.build("build")
    go_to(page, "/call-me-back/")
    page.get_by_label("Your first name").fill("Rosa")
    page.locator("form.form").get_by_role("button").click()
    expect(page.locator(".confirmation__reference")).to_be_visible()
    site.call("expect_nothing_in_quarantine")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_no_kind_of_page_has_an_accessibility_violation(visitor: Watched, site: Site, width: int) -> None:
    page, faults = visitor.page, []
    site.build("build", "build_every_field")
    kinds = {card["type"]: card["path"] for card in cards_of_all_pages(page, site)}
    for path in [*kinds.values(), "/two-forms/", "/every-question/", "/search/?q=back", "/conditions/?region=neck"]:
        page.set_viewport_size({"width": width, "height": 900})
        go_to(page, path)
        faults += [f"{path} {width}: {fault}" for fault in skip_link_faults(page)]
        page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            faults += [f"{path} {width} {theme}: {line}" for line in axe_violations(page)]
    fail_with(faults)
    assert len(kinds) == len(SCHEMAS["AnyPage"]["oneOf"])


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_no_state_of_a_form_has_an_accessibility_violation(visitor: Watched, site: Site, width: int) -> None:
    page = visitor.page
    site.build("build_every_field")
    page.set_viewport_size({"width": width, "height": 900})
    go_to(page, "/every-question/")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("First name")).to_have_accessible_description("Your name: enter “First name”.")
    faults = [f"errors: {line}" for line in axe_violations(page)] + too_wide(page)
    fill_in_the_person(page)
    page.get_by_role("heading", name="Your pain").wait_for()
    faults += [f"second step: {line}" for line in axe_violations(page)] + too_wide(page)
    fail_with(faults)


@pytest.fixture
def tokens(site: Site) -> dict[str, str]:
    """Return tokens of drafts, good and bad, by what they open."""
    return site.ask("client_pages", "preview_tokens")


def open_preview(page: Page, token: str, heading: str) -> None:
    """Open the draft of ``token`` and wait until there is such a main heading; timers go by the clock of the test."""
    page.clock.install()
    page.goto(f"/preview/#token={token}")
    expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()


def test_a_draft_follows_its_editor_in_the_panel_and_in_a_window(
    visitor: Watched, front_end: str, log_in: LogIn
) -> None:
    with previews_drawn_at(f"{front_end}/preview/", log_in("admin")):
        editor = PageEditor.open(log_in("editor"), "Frozen shoulder")
        panel = editor.open_preview()
        expect(panel.locator("h1")).to_have_text("Frozen shoulder")
        editor.type_into("title", "Stiff and frozen shoulder")
        expect(panel.locator("h1")).to_have_text("Stiff and frozen shoulder")
        expect(panel.get_by_role("region", name="Draft")).to_have_text("Draft preview")
        address = panel.locator("html").evaluate("() => location.href")

        window = visitor.page
        go_to(window, address)
        expect(window.locator("h1")).to_have_text("Stiff and frozen shoulder")
        expect(window.get_by_role("navigation", name="Breadcrumb")).to_contain_text("Stiff and frozen shoulder")
        editor.type_into("title", "Frozen shoulder, thawed")
        expect(window.locator("h1")).to_have_text("Frozen shoulder, thawed")
        kept = window.evaluate("[localStorage.length, sessionStorage.length, document.cookie, history.state]")
        assert kept == [0, 0, "", None]
        assert list(skip_link_faults(window)) == []
        assert window.url == address
        window.reload()
        expect(window.locator("h1")).to_have_text("Frozen shoulder, thawed")
        expect(window.locator("meta[name=robots]")).to_have_attribute("content", "noindex")
    window.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Conditions we treat").click()
    expect(window.get_by_role("heading", level=1, name="Conditions we treat")).to_be_focused()
    expect(window.get_by_role("region", name="Draft")).to_have_count(0)
    expect(window.locator("meta[name=robots]")).to_have_count(0)
    expect(window.locator("main").get_by_role("link", name="Frozen shoulder", exact=True).first).to_be_visible()
    window.go_back()
    expect(window.get_by_role("heading", level=1, name="Frozen shoulder, thawed")).to_be_visible()


@pytest.mark.parametrize(
    ("kind", "status", "heading"),
    [
        ("wrong", 401, "This preview has ended"),
        ("old", 401, "This preview has ended"),
        ("forbidden", 403, "You may not see this draft"),
    ],
)
def test_a_token_that_opens_no_draft_says_why_and_is_not_asked_with_again(
    visitor: Watched, tokens: dict[str, str], kind: str, status: int, heading: str
) -> None:
    page, asked = visitor.page, []
    page.on("response", lambda response: asked.append(response.status) if "/api/v1/preview/" in response.url else None)
    open_preview(page, (tokens | {"wrong": "nonsense"})[kind], heading)
    page.clock.run_for(60_000)
    page.wait_for_load_state("networkidle")
    assert asked == [status]
    assert [line[:11] for line in visitor.take_complaints()] == [f"status {status}:"]
    # Another token in the address is asked with at once.
    page.evaluate("token => { location.hash = `token=${token}`; }", tokens["condition"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Tennis elbow at work")


def test_a_draft_stays_while_there_is_no_answer_and_is_not_asked_for_while_nobody_looks(
    visitor: Watched, tokens: dict[str, str]
) -> None:
    page, asked = visitor.page, []
    open_preview(page, tokens["condition"], "Tennis elbow at work")
    page.on("request", lambda request: asked.append(request.url) if "/api/v1/preview/" in request.url else None)
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    page.clock.run_for(60_000)
    assert asked == []
    page.evaluate("delete document.hidden")
    page.route("**/api/v1/preview/", lambda route: route.abort())
    page.clock.run_for(10_000)
    bar = page.get_by_role("region", name="Draft")
    expect(bar.get_by_role("status")).to_contain_text("does not answer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tennis elbow at work")
    page.unroute("**/api/v1/preview/")
    page.clock.run_for(10_000)
    expect(bar.get_by_role("status")).to_be_empty()
    complaints = visitor.take_complaints()
    assert complaints
    assert all("ERR_FAILED" in line for line in complaints)


@pytest.mark.parametrize(("kind", "heading"), [("form", "Call me today"), ("embedding", "We call you today")])
def test_a_form_can_be_tried_out_in_a_preview_and_is_not_sent(
    visitor: Watched, site: Site, tokens: dict[str, str], kind: str, heading: str
) -> None:
    page = visitor.page
    open_preview(page, tokens[kind], heading)
    page.get_by_label("Your first name").fill("Rosa")
    page.clock.run_for(10_000)
    page.locator("form.form [type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing is sent")
    expect(page.get_by_label("Your first name")).to_have_value("Rosa")
    assert site.ask("client_pages", "requests_of_the_previewed_form") == 0


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_no_state_of_a_preview_has_an_accessibility_violation(
    visitor: Watched, tokens: dict[str, str], width: int
) -> None:
    page, faults = visitor.page, []
    for token, heading in ((tokens["condition"], "Tennis elbow at work"), ("nonsense", "This preview has ended")):
        page.set_viewport_size({"width": width, "height": 900})
        open_preview(page, token, heading)
        faults += too_wide(page)
        page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            faults += [f"{heading} {width} {theme}: {line}" for line in axe_violations(page)]
    fail_with(faults)
    assert [line[:11] for line in visitor.take_complaints()] == ["status 401:"]
