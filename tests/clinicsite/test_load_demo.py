"""``load_demo``: the clinic it builds, and that it leaves alone what is there."""

import datetime
import hashlib
import re
from pathlib import Path

from django.core.management import call_command
from django.db import models
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex, Revision, WorkflowPage

from clinicsite import roles
from clinicsite.models import ClinicImage, ClinicSettings, ContentPage, HomePage, LocationPage
from conditions.models import BodyRegion, ConditionIndexPage, ConditionPage, Treatment
from forms.models import WORKING_STATUSES, FormDefinition, FormPage, Status, StepCount, Submission
from staff.models import StaffProfilePage

REFERENCE_SHINGLES = Path(__file__).parent / "reference_shingles.txt"
SHINGLE_WORDS = 8


def public_pages() -> list[Page]:
    return list(Page.objects.live().filter(depth__gt=1).order_by("path").specific())


def state() -> dict[str, list[tuple[object, ...]]]:
    """Return what a second run could change: how many rows there are, and which revisions are live."""
    counted = (ClinicImage, BodyRegion, Treatment, FormDefinition, Submission, Revision, ReferenceIndex)
    return {
        "rows": [(model.__name__, model.objects.count()) for model in counted],
        "pages": list(Page.objects.order_by("pk").values_list("pk", "title", "live_revision_id", "last_published_at")),
        "settings": list(ClinicSettings.objects.values_list("pk", "name", "phone", "banner_enabled")),
    }


def test_no_demo_condition_counts_as_changed_since_its_review(demo: HomePage) -> None:
    assert [page.title for page in ConditionPage.objects.live() if page.is_changed_since_review] == []


def test_every_demo_page_is_served(demo: HomePage, client: Client) -> None:
    statuses = {page.url: client.get(page.url).status_code for page in public_pages()}
    assert len(statuses) > 35
    assert {url: status for url, status in statuses.items() if status != 200} == {}


def test_a_second_run_changes_nothing(demo: HomePage) -> None:
    before = state()
    call_command("load_demo", verbosity=0)
    assert state() == before


def test_edited_content_is_left_alone(demo: HomePage) -> None:
    page = ConditionPage.objects.get(slug="upper-back-pain")
    page.summary = "Rewritten by an editor."
    page.save_revision().publish()
    ConditionPage.objects.get(slug="sciatica").delete()
    call_command("load_demo", verbosity=0)
    assert ConditionPage.objects.get(slug="upper-back-pain").summary == "Rewritten by an editor."
    assert not ConditionPage.objects.filter(slug="sciatica").exists()


def test_the_clinic_is_as_large_as_a_real_one(demo: HomePage) -> None:
    assert ConditionPage.objects.live().count() >= 14
    assert BodyRegion.objects.filter(conditions__live=True).distinct().count() >= 8
    assert StaffProfilePage.objects.live().count() >= 8
    assert LocationPage.objects.live().count() == 2
    assert ContentPage.objects.live().count() >= 5


def is_empty(page: Page, field: models.Field) -> bool:
    value = getattr(page, field.name)
    if isinstance(field, models.ManyToManyField) or field.name in INLINES:
        return not value.exists()
    return not value


INLINES = ("other_names", "clinicians", "related_conditions")
OPTIONAL = ("seo_title", "social_image", "body", "treatment_outlook")


def test_every_structured_field_of_every_condition_is_filled(demo: HomePage) -> None:
    fields = [
        field
        for field in ConditionPage._meta.get_fields()
        if field.name in INLINES
        or (getattr(field, "model", None) is ConditionPage and field.concrete and field.name not in OPTIONAL)
    ]
    assert len(fields) > 20
    empty = [
        (page.slug, field.name) for page in ConditionPage.objects.live() for field in fields if is_empty(page, field)
    ]
    assert empty == []


def test_every_condition_ends_in_the_appointment_form_and_names_two_people(demo: HomePage) -> None:
    form = FormPage.objects.get()
    for page in ConditionPage.objects.live():
        assert page.call_to_action[0].value["form"].pk == form.pk
        assert page.author != page.clinical_reviewer
        assert len(page.treatments) >= 1
        assert 3 <= len(page.faqs) <= 5
        assert any(block.block_type == "exercise" for block in page.self_care)


def test_emergency_advice_names_the_signs_that_matter_most(demo: HomePage) -> None:
    signs = {
        "low-back-pain": ("bladder", "Numbness"),
        "sciatica": ("bladder", "Numbness"),
        "upper-back-pain": ("chest pain", "breath"),
        "neck-pain": ("stroke", "speaking"),
        "vertigo-bppv": ("stroke", "speech"),
    }
    for slug, words in signs.items():
        emergency = ConditionPage.objects.get(slug=slug).care_emergency
        assert [word for word in words if word not in emergency] == []


def test_all_sources_are_public_and_served_over_https(demo: HomePage) -> None:
    addresses = [block.value["url"] for page in ConditionPage.objects.live() for block in page.sources]
    assert len(addresses) >= 50
    assert [address for address in addresses if not address.startswith("https://")] == []


def test_one_review_is_overdue_so_that_the_report_has_something_to_show(demo: HomePage) -> None:
    on = datetime.date(2026, 11, 23)
    assert [page.slug for page in ConditionPage.objects.filter(next_review__lt=on)] == ["jaw-pain"]


def test_every_page_is_published_from_a_revision(demo: HomePage) -> None:
    assert [page.slug for page in public_pages() if page.live_revision is None] == []


def test_every_location_tells_when_it_is_open(demo: HomePage) -> None:
    for location in LocationPage.objects.live():
        assert [row.label for row in location.hours_by_day if row.spans][:5] == [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
        ]
        assert len(location.upcoming_exceptions(datetime.date(2026, 11, 23))) == 5


def test_condition_pages_go_through_clinical_review(demo: HomePage) -> None:
    index = ConditionIndexPage.objects.get()
    assert WorkflowPage.objects.get(page=index.page_ptr).workflow.name == roles.CLINICAL_REVIEW


def test_one_clinician_takes_no_new_patients_and_one_certification_is_in_progress(demo: HomePage) -> None:
    clinicians = StaffProfilePage.objects.filter(role__is_clinician=True)
    assert clinicians.filter(accepting_new_patients=False).count() == 1
    assert clinicians.filter(certifications__in_progress=True).exists()


def test_every_portrait_has_a_focal_point_and_every_picture_a_description(demo: HomePage) -> None:
    assert [person.title for person in StaffProfilePage.objects.all() if not person.photo.has_focal_point()] == []
    assert ClinicImage.objects.filter(description="").count() == 0
    assert [image.title for image in ClinicImage.objects.all() if image.file.size > 60_000] == []


def test_sample_requests_are_spread_over_sixty_days_and_worked_on(demo: HomePage) -> None:
    samples = list(Submission.objects.order_by("created_at"))
    assert len(samples) == 203
    now = timezone.now()
    assert all(
        datetime.timedelta(0) <= now - sample.created_at <= datetime.timedelta(days=60, hours=1) for sample in samples
    )
    assert len({sample.created_at.date() for sample in samples}) > 40
    assert {sample.status for sample in samples} == {*WORKING_STATUSES, Status.QUARANTINE}
    assert sum(sample.status == Status.QUARANTINE for sample in samples) == 3
    assert samples[0].status != Status.NEW
    unread = {Status.NEW, Status.QUARANTINE}
    assert [sample.read_at is None for sample in samples] == [sample.status in unread for sample in samples]
    steps = FormPage.objects.get().definition.steps
    reached = [sum(StepCount.objects.filter(step=step["id"]).values_list("count", flat=True)) for step in steps]
    assert sorted(reached, reverse=True) == reached
    assert reached[-1] >= 200


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def shingles(words: list[str]) -> set[str]:
    runs = (" ".join(words[start : start + SHINGLE_WORDS]) for start in range(len(words) - SHINGLE_WORDS + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:12] for run in runs}


def test_no_sentence_is_taken_from_the_page_whose_shape_the_demo_follows(demo: HomePage, client: Client) -> None:
    reference = set(REFERENCE_SHINGLES.read_text().split())
    assert len(reference) > 400
    for page in ConditionPage.objects.live():
        text = re.sub(r"<[^>]+>", " ", client.get(page.url).content.decode())
        assert shingles(words_of(text)) & reference == set(), page.slug
