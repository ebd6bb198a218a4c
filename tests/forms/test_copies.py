"""Copies of a form: their rules hold, and what patients send to them is their own; and the history of a form's page."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from clinicsite.roles import MARKETING_EDITORS
from forms.intake import InvalidSubmissionError, submit
from forms.models import FormDefinition, FormPage, Submission
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, republish
from tests.forms.test_rules import NEW, OLD, ONE, TWO, new_or_existing, only_new

LogIn = Callable[[str], Client]


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    """Return a form with a rule in each place that can have one, and one submission."""
    told = {"addresses": "new@example.com", "rule": only_new()}
    page = a_form(
        clinic.home,
        new_or_existing(),
        a_field("phone", field_id=TWO, required=True, rule=only_new()),
        confirmations=[{"type": "confirmation", "value": {"title": "Welcome", "rule": only_new()}}],
        notification_rules=[{"type": "addresses", "value": told}],
        notification_recipients="desk@example.com",
        notification_mode="daily",
        retention_days=90,
        response_hours=24,
    )
    submit(page.definition, {ONE: OLD["id"]})
    return page


def holds_its_rules(form: FormPage) -> bool:
    """Return whether a form requires question TWO of new patients, and only of them."""
    definition = FormPage.objects.get(pk=form.pk).definition
    submit(definition, {ONE: OLD["id"]})
    with pytest.raises(InvalidSubmissionError):
        submit(definition, {ONE: NEW["id"]})
    return definition.page_id == form.pk


def test_a_copy_has_the_forms_settings_and_its_own_submissions(page: FormPage) -> None:
    copy = page.copy(update_attrs={"slug": "copy"}).specific
    for name in ("notification_recipients", "notification_mode", "retention_days", "response_hours"):
        assert getattr(copy, name) == getattr(page, name)
    assert copy.confirmations[0].value["rule"] == copy.notification_rules[0].value["rule"] == only_new()
    assert copy.form_id != page.form_id
    assert not Submission.objects.filter(form_id=copy.form_id).exists()
    assert holds_its_rules(copy)
    assert Submission.objects.filter(form_id=copy.form_id).count() == 1
    assert Submission.objects.filter(form_id=page.form_id).count() == 1


def test_publishing_a_copys_copied_revision_leaves_the_first_form_alone(page: FormPage) -> None:
    page.save_revision()
    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=False).specific
    assert copy.definition is None
    copy.get_latest_revision().publish()
    copy.refresh_from_db()
    assert copy.form_id != page.form_id
    assert holds_its_rules(copy)
    republish(copy, new_or_existing())
    assert FormDefinition.objects.current(page.form_id).version == 1
    assert FormDefinition.objects.current(copy.form_id).version == 2


def test_a_copy_for_another_language_is_a_form_of_its_own(clinic: Clinic, page: FormPage) -> None:
    spanish = Locale.objects.create(language_code="es")
    translated = page.copy_for_translation(spanish, copy_parents=True).specific
    assert translated.form_id != page.form_id
    assert not translated.live
    translated.save_revision().publish()
    assert holds_its_rules(translated)


def test_an_alias_follows_the_form_and_has_its_own_submissions(page: FormPage) -> None:
    alias = page.create_alias(update_slug="alias").specific
    assert alias.form_id != page.form_id
    before = alias.form_id
    republish(page, new_or_existing(), a_field("email", field_id=TWO, label="Mail", required=True, rule=only_new()))
    alias = FormPage.objects.get(pk=alias.pk)
    assert alias.form_id == before
    assert alias.definition.questions[1]["label"] == "Mail"
    assert holds_its_rules(alias)
    assert Submission.objects.filter(form_id=page.form_id).count() == 1


def test_a_copy_made_in_the_admin_is_told_apart(page: FormPage, role_client: LogIn) -> None:
    client = role_client(MARKETING_EDITORS)
    data = {
        "new_title": "A second form",
        "new_slug": "second",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "on",
        "alias": "",
    }
    assert client.post(f"/admin/pages/{page.pk}/copy/", data).status_code == 302
    assert holds_its_rules(FormPage.objects.get(title="A second form"))


def test_the_history_of_a_form_with_rules_can_be_read_compared_and_taken_back(
    page: FormPage, role_client: LogIn
) -> None:
    first = page.save_revision()
    page.steps = [
        {"type": "step", "id": page.steps[0].id, "value": {"title": "New", "fields": [a_field("phone", field_id=TWO)]}}
    ]
    page.confirmations = []
    second = page.save_revision()
    client = role_client(MARKETING_EDITORS)
    for address in (
        "history/",
        f"revisions/compare/{first.pk}...{second.pk}/",
        f"revisions/compare/{second.pk}...{first.pk}/",
        f"revisions/compare/live...{second.pk}/",
        f"revisions/{first.pk}/revert/",
        f"revisions/{first.pk}/view/",
    ):
        answer = client.get(f"/admin/pages/{page.pk}/{address}")
        assert answer.status_code == 200, address
    Page.objects.get(pk=page.pk).specific.revisions.get(pk=first.pk).publish()
    page.refresh_from_db()
    assert holds_its_rules(page)
