"""A rule built in the admin by picking, and what it does for a patient, with scripts and without."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.admin_ui import PageEditor
from tests.browser.conftest import LogIn, NewContext
from tests.browser.watched import Watched, axe_violations

QUESTION, FOLLOWING = "Have you had surgery?", "Who is your surgeon?"


def new_form(page: Page, title: str) -> PageEditor:
    """Open the screen for a new form under the home page."""
    page.goto("/admin/pages/")
    page.get_by_role("link", name="Explore child pages of 'Heronfield Physical Therapy'").click()
    page.get_by_role("link", name="Add child page").first.click()
    page.locator("main").get_by_role("link", name="A form for patients").click()
    editor = PageEditor(page)
    editor.type_into("title", title)
    return editor


def add_choices(field: Locator, *labels: str) -> None:
    """Write the choices of a new field, which opens with one."""
    choices = field.locator("[data-contentpath='choices']")
    for number, label in enumerate(labels):
        if number:
            choices.locator("[data-streamfield-list-add]").last.click()
        choices.locator("[data-contentpath='label'] input").nth(number).fill(label)


def add_questions(editor: PageEditor) -> tuple[Locator, Locator]:
    """Add a step with a question and one that follows from it; return the blocks of both."""
    step = editor.add_block("steps")
    editor.type_into("title", "Your visit", step)
    question = editor.add_block("fields", "Choose one", step)
    editor.type_into("label", QUESTION, question)
    add_choices(question, "Yes", "No")
    following = editor.add_block("fields", "Line of text", step)
    editor.type_into("label", FOLLOWING, following)
    return question, following


def unfold_rule(block: Locator) -> Locator:
    """Unfold the part of a block that says when to show it, and return it."""
    part = block.locator("section", has_text="Show this only when…").last
    part.locator("[data-panel-toggle]").click()
    return part


def expect_readable_rules(page: Page, rule: Locator, folder: Path) -> None:
    """Find nothing that axe minds in the rules, light and dark, on a desk and on a phone, and everything in reach."""
    for width, height in ((390, 844), (1440, 1000)):
        page.set_viewport_size({"width": width, "height": height})
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme)
            # The admin's buttons change their colours slowly.
            page.evaluate("Promise.allSettled(document.getAnimations().map(each => each.finished))")
            assert [line for line in axe_violations(page) if ".rule" in line] == [], (width, theme)
            rule.screenshot(path=folder / f"rule-{width}-{theme}.png")
        for control in (
            rule.get_by_label("Question"),
            rule.get_by_label("How to compare"),
            rule.get_by_label("Answer"),
        ):
            box = control.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width


def test_an_editor_picks_a_rule_and_a_patient_meets_it(
    log_in: LogIn, new_context: NewContext, visitor: Watched, tmp_path: Path
) -> None:
    editor = new_form(log_in("editor"), "Before your knee visit")
    _question, following = add_questions(editor)
    following.get_by_label("Must be answered").check()
    second = editor.add_block("steps")
    editor.type_into("title", "Your surgery", second)
    editor.type_into("label", "How many weeks ago?", editor.add_block("fields", "Number", second))

    # By keyboard alone, on blocks that were never saved.
    rule = unfold_rule(following)
    rule.get_by_role("button", name="Add a condition").focus()
    editor.page.keyboard.press("Enter")
    expect(rule.get_by_label("Question")).to_be_focused()
    editor.page.keyboard.type(QUESTION[:4])
    expect(rule.get_by_label("Question")).to_be_focused()
    expect(rule.get_by_label("How to compare").locator("option:checked")).to_have_text("is")
    rule.get_by_label("Answer").focus()
    editor.page.keyboard.type("Yes")
    expect(rule.get_by_label("Answer").locator("option")).to_have_text(["Choose…", "Yes", "No"])

    rule_of_step = unfold_rule(second)
    rule_of_step.get_by_role("button", name="Add a condition").click()
    rule_of_step.get_by_label("Question").select_option(label=QUESTION)
    rule_of_step.get_by_label("Answer").select_option(label="Yes")
    expect_readable_rules(editor.page, rule, tmp_path)
    editor.publish()

    page = visitor.page
    page.goto("/before-your-knee-visit/")
    progress = page.locator(".form__progress")
    expect(progress).to_have_text("Step 1 of 2")
    expect(page.get_by_label(FOLLOWING)).to_be_hidden()
    page.get_by_label("Yes").check()
    expect(page.get_by_label(FOLLOWING)).to_be_visible()
    expect(progress).to_have_text("Step 1 of 3")
    expect(page.get_by_label("Yes")).to_be_focused()
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".field__error")).to_have_text(f"Enter an answer to “{FOLLOWING}”.")
    page.get_by_label(FOLLOWING).fill("Dr. Stale")
    assert axe_violations(page) == []
    page.get_by_label("No").check()
    expect(page.get_by_label(FOLLOWING)).to_be_hidden()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_focused()
    expect(page.locator(".form__review")).not_to_contain_text(FOLLOWING)
    with page.expect_request(lambda request: "/forms/" in request.url and "key=" in (request.post_data or "")) as sent:
        page.locator("form.form button[type=submit]:visible").click()
    assert "Stale" not in (sent.value.post_data or "")
    expect(page.locator(".confirmation__reference")).to_be_visible()

    plain = new_context(java_script_enabled=False).new_page()
    plain.goto("/before-your-knee-visit/")
    note = f"Answer this only if your answer to “{QUESTION}” is “Yes”."
    expect(plain.get_by_text(note)).to_be_visible()
    plain.get_by_label("No").check()
    plain.get_by_label(FOLLOWING).fill("Nobody")
    plain.get_by_role("button", name="Check your answers").click()
    expect(plain.locator(".form__answers")).not_to_contain_text("Nobody")
    plain.locator("form.form button.button--primary").click()
    expect(plain.locator(".confirmation__reference")).to_be_visible()


def test_a_rule_survives_new_words_and_is_refused_without_its_question(log_in: LogIn) -> None:
    editor = new_form(log_in("editor"), "Before your hip visit")
    question, following = add_questions(editor)
    rule = unfold_rule(following)
    rule.get_by_role("button", name="Add a condition").click()
    rule.get_by_label("Question").select_option(label=QUESTION)
    rule.get_by_label("Answer").select_option(label="Yes")
    editor.type_into("label", "Were you operated on?", question)
    editor.type_into("label", "Yes, I was", editor.field("choices", question))
    rule.get_by_label("Question").focus()
    expect(rule.get_by_label("Question").locator("option:checked")).to_have_text("Were you operated on?")
    expect(rule.get_by_label("Answer").locator("option:checked")).to_have_text("Yes, I was")
    editor.publish()

    page = editor.page
    page.locator(".messages .success").get_by_role("link", name="Edit").click()
    page.wait_for_url("**/edit/")
    page.locator("[data-contentpath='fields'] [data-streamfield-action='DELETE']").first.click()
    footer = page.locator("footer nav")
    footer.get_by_role("button", name="More actions").click()
    footer.get_by_role("button", name="Publish").click()
    refused = page.get_by_text("The question “Were you operated on?” was removed.")
    expect(refused).to_be_visible()
    expect(page.get_by_label("Question", exact=True).locator("option:checked")).to_contain_text("Were you operated on?")
