"""Rules in the browser and rules on the server agree, on every operator, type of question and odd answer there is."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import NewContext
from tests.browser.rule_cases import question_id
from tests.browser.site import Site
from tests.forms.files import PDF

FEWEST_RULES = 1000
# Sets every control of the form to what is typed, by its name, as a browser that fills in a page does.
FILL = """typed => {
    const form = document.querySelector('form[data-form]');
    for (const control of form.elements) {
        if (!control.name || ['hidden', 'file', 'fieldset'].includes(control.type)) continue;
        const values = typed[control.name] ?? [];
        if (['checkbox', 'radio'].includes(control.type)) control.checked = values.includes(control.value);
        else control.value = values[0] ?? '';
    }
    form.dispatchEvent(new Event('input', { bubbles: true }));
    return [...form.querySelectorAll('.form__text')]
        .filter(text => !text.closest('.form__ruled[hidden], .form__step:disabled'))
        .map(text => text.textContent.trim());
}"""

RULES = """() => Object.fromEntries([...document.querySelectorAll('.form__ruled:has(> .form__text)')].map(
    element => [element.querySelector('.form__text').textContent.trim(), element.dataset.rule]
))"""


def shown_in(page: Page, typed: dict[str, Any], *, has_file: bool) -> list[str]:
    """Return the texts that the browser shows for these answers."""
    card = {"name": "card.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator(f"[name='{question_id('upload')}']").set_input_files([card] if has_file else [])
    return sorted(page.evaluate(FILL, typed))


def test_the_browser_shows_what_the_server_shows(new_context: NewContext, site: Site) -> None:
    assert site.ask("rule_cases", "build") >= FEWEST_RULES
    page = new_context().new_page()
    page.goto("/every-rule/")
    page.wait_for_selector("html[data-forms=ready]")
    of_text = page.evaluate(RULES)
    differences = []
    rounds = site.ask("rule_cases", "expected")
    for number, each in enumerate(rounds):
        shown = shown_in(page, each["typed"], has_file=each["file"])
        for text in set(shown) ^ set(each["shown"]):
            where = "browser only" if text in shown else "server only"
            differences.append((number, where, of_text.get(text, text)))
    assert differences == []
    # Rules that are always or never met would agree by chance.
    always = set.intersection(*(set(each["shown"]) for each in rounds))
    ever = set.union(*(set(each["shown"]) for each in rounds))
    assert len(ever - always) > FEWEST_RULES // 2
