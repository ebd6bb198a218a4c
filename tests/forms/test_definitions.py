"""When a definition is frozen, and that nothing changes or loses it."""

import pytest
from django.db.models import ProtectedError

from forms.intake import submit
from forms.models import FormDefinition, FormPage, SubmissionEvent
from tests.conftest import Clinic
from tests.factories import ContentPageFactory
from tests.forms.builders import a_field, a_form, a_step, only_field, republish


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(clinic.home, a_field("single_line", label="Name"))


def versions(page: FormPage) -> list[int]:
    return list(FormDefinition.objects.of_form(page.form_id).values_list("version", flat=True))


def test_publishing_a_change_freezes_a_new_version(page: FormPage) -> None:
    republish(page, a_field("email"))
    assert versions(page) == [1, 2]


def test_publishing_without_a_change_of_the_form_freezes_nothing(page: FormPage) -> None:
    republish(page, seo_title="Another title", notification_recipients="desk@example.com")
    assert versions(page) == [1]


def test_saving_a_draft_freezes_nothing(page: FormPage) -> None:
    page.steps = [a_step(a_field("email"))]
    page.save_revision()
    assert versions(page) == [1]


def test_a_form_never_published_has_no_definition(clinic: Clinic) -> None:
    assert a_form(clinic.home, a_field("email"), live=False).definition is None


def test_a_new_label_keeps_the_fields_id_and_the_old_version_its_words(page: FormPage) -> None:
    old = only_field(page.definition)
    raw = page.steps.raw_data[0]["value"]["fields"][0]
    new = only_field(republish(page, raw | {"value": raw["value"] | {"label": "Full name"}}))
    assert new["id"] == old["id"]
    assert [only_field(version)["label"] for version in FormDefinition.objects.of_form(page.form_id)] == [
        "Name",
        "Full name",
    ]


def test_ids_given_to_data_from_code_stay(clinic: Clinic) -> None:
    raw = {"type": "radios", "value": {"label": "Kind", "choices": ["New", {"label": "Existing"}]}}
    page = a_form(clinic.home, steps=[{"type": "step", "value": {"title": "You", "fields": [raw]}}])
    before = page.definition
    stored = FormPage.objects.get(pk=page.pk)
    stored.save_revision().publish()
    assert page.definition == before
    assert [choice["label"] for choice in only_field(before)["choices"]] == ["New", "Existing"]


def test_moving_a_form_keeps_it_the_same_form(clinic: Clinic, page: FormPage) -> None:
    form_id = page.form_id
    page.move(ContentPageFactory(parent=clinic.home), pos="last-child")
    assert FormPage.objects.get(pk=page.pk).form_id == form_id


def test_a_copied_page_is_a_form_of_its_own(page: FormPage) -> None:
    page.save_revision().publish()
    copy = page.copy(update_attrs={"slug": "copy"})
    assert copy.form_id != page.form_id
    assert copy.definition.version == 1
    own = copy.form_id
    copy.get_latest_revision().publish()
    copy.refresh_from_db()
    assert copy.form_id == own


def test_a_copys_submissions_are_its_own(page: FormPage) -> None:
    submit(page.definition, {})
    copy = page.copy(update_attrs={"slug": "copy"})
    assert copy.definition.submissions.count() == 0


def test_a_definition_is_never_changed_nor_deleted_under_a_submission(page: FormPage) -> None:
    definition = page.definition
    submit(definition, {})
    definition.title = "Other"
    with pytest.raises(TypeError, match="never changed"):
        definition.save()
    with pytest.raises(ProtectedError):
        definition.delete()


def test_events_are_only_ever_added(page: FormPage) -> None:
    event = submit(page.definition, {}).events.get()
    for change in (event.save, event.delete, SubmissionEvent.objects.all().delete):
        with pytest.raises(TypeError, match="append-only"):
            change()
    with pytest.raises(TypeError, match="append-only"):
        SubmissionEvent.objects.update(actor="nobody")


def test_staff_addresses_are_checked_and_stay_out_of_the_definition(page: FormPage) -> None:
    definition = republish(page, notification_recipients="desk@example.com\nsecond@example.com")
    assert page.recipients == ["desk@example.com", "second@example.com"]
    assert "desk@example.com" not in str(definition.content)


def test_references_are_short_unambiguous_and_different() -> None:
    from forms.models.submissions import new_reference

    references = {new_reference() for _index in range(1000)}
    assert len(references) == 1000
    assert all(len(reference) == 9 and not set("ILOU") & set(reference) for reference in references)
