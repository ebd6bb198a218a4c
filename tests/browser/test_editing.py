"""A marketing editor's day: a page like the reference one, made in the admin and read by a patient."""

from playwright.sync_api import Page, expect

from tests.browser.admin_ui import PageEditor
from tests.browser.conftest import LogIn
from tests.browser.watched import Watched, axe_violations

SUMMARY = "Mid back pain is an ache between the shoulder blades. Most people get better in a few weeks."
CAUSES = ["Poor posture", "Overuse or strain", "A herniated disc", "A bone fracture of the upper spine"]
SYMPTOMS = ["Muscle tightness", "Stiffness of the upper back", "Sharp or dull pain"]
TREATMENTS = ["Manual therapy", "Movement assessment", "Strength and posture training"]
CLINICIAN = "Marisol Vega"
FORM = "Request an appointment"


def write_condition(editor: PageEditor, title: str) -> None:
    """Type a condition page of the reference's shape into the admin."""
    editor.type_into("title", title)
    editor.type_into("summary", SUMMARY)
    for name in CAUSES:
        editor.type_into("name", name, editor.add_block("causes"))
    for name in SYMPTOMS:
        editor.type_into("name", name, editor.add_block("symptoms"))
    editor.type_into("symptom_pattern", "Often worst first thing in the morning.")
    editor.type_into("treatment_introduction", "In most cases physical therapy helps.")
    for name in TREATMENTS:
        block = editor.add_block("treatments")
        editor.choose(block, name)
        editor.type_into("description", f"{name} is fitted to your own back.", block)
    editor.add_related("clinicians", CLINICIAN)
    editor.choose(editor.add_block("call_to_action", "Form"), FORM)


def test_an_editor_builds_a_condition_page_that_a_patient_reads(log_in: LogIn, visitor: Watched) -> None:
    editor = PageEditor.add_under(log_in("editor"), "Conditions we treat")
    write_condition(editor, "Mid back pain")
    editor.publish()

    page = visitor.page
    page.goto("/conditions/")
    page.get_by_role("link", name="Mid back pain").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mid back pain")
    main = page.locator("main")
    for text in (SUMMARY, *CAUSES, *SYMPTOMS, *TREATMENTS, "Often worst first thing in the morning."):
        expect(main.get_by_text(text).first).to_be_visible()
    expect(main.get_by_role("link", name=CLINICIAN).first).to_be_visible()
    expect(main.locator(".form__required-note").first).to_be_visible()
    assert in_reading_order(page, ["Poor posture", "Manual therapy is fitted", CLINICIAN])
    assert axe_violations(page) == []


def in_reading_order(page: Page, texts: list[str]) -> bool:
    """Return whether ``texts`` follow one another in the main content, each where it stands last."""
    content = page.locator("main").inner_text()
    places = [content.rfind(text) for text in texts]
    return -1 not in places and places == sorted(places)


def test_a_patient_sees_an_editors_change_at_once(log_in: LogIn, visitor: Watched) -> None:
    visitor.page.goto("/conditions/sciatica/")
    editor = PageEditor.open(log_in("editor"), "Sciatica")
    editor.type_into("summary", "Sciatica is nerve pain that runs down one leg, and it usually settles.")
    editor.publish()
    visitor.page.reload()
    expect(visitor.page.locator("main")).to_contain_text("nerve pain that runs down one leg, and it usually settles.")


def test_the_editor_sees_the_page_beside_the_words(log_in: LogIn) -> None:
    page = log_in("editor")
    PageEditor.open(page, "Upper back pain")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe.w-preview__iframe").first
    expect(preview.get_by_role("heading", level=1)).to_have_text("Upper back pain")


def test_a_reviewer_approves_what_an_editor_submits(log_in: LogIn, visitor: Watched) -> None:
    words = "Low back pain is common, and for most people it settles within six weeks."
    editor = PageEditor.open(log_in("editor"), "Low back pain")
    editor.type_into("summary", words)
    editor.submit_for_review()
    visitor.page.goto("/conditions/low-back-pain/")
    expect(visitor.page.locator("main")).not_to_contain_text(words)

    reviewer = log_in("reviewer")
    reviewer.get_by_role("link", name="Low back pain").first.click()
    PageEditor(reviewer).approve()
    visitor.page.reload()
    expect(visitor.page.locator("main")).to_contain_text(words)


def test_an_editor_cannot_see_what_patients_sent(log_in: LogIn) -> None:
    page = log_in("editor")
    expect(page.get_by_role("link", name="Requests")).to_have_count(0)
    for path in ("/admin/submissions/", "/admin/exports/new/"):
        response = page.goto(path)
        assert response is not None
        assert response.status == 403
