"""``load_demo`` as a command: what its seed decides, and when it refuses."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from wagtail.models import Page

from clinicsite.models import ClinicImage, HomePage
from conditions.models import ConditionPage
from forms.fields import field_type
from forms.models import Submission
from tests.conftest import Clinic
from tests.factories import ContentPageFactory

pytestmark = pytest.mark.django_db


def written(submission: Submission) -> list[str]:
    """Return the answers as the front desk reads them: the ids of pages in them are the database's."""
    answers = submission.read_answers()
    questions = [question for question in submission.definition.questions if question["id"] in answers]
    return [field_type(question).writer(question)(answers[question["id"]]) for question in questions]


def built(seed: int) -> tuple[list[str], list[list[str]]]:
    """Return the block ids and the answers of a clinic built with ``seed``, and undo it."""
    with transaction.atomic():
        call_command("load_demo", seed=seed, verbosity=0)
        ids = [block.id for page in ConditionPage.objects.order_by("slug") for block in page.causes]
        answers = [written(submission) for submission in Submission.objects.order_by("pk")]
        transaction.set_rollback(True)
    cache.clear()
    return ids, answers


def test_the_same_seed_gives_the_same_clinic() -> None:
    first = built(seed=3)
    assert len(first[0]) > 60
    assert len(first[1]) == 203
    assert built(seed=3) == first


def test_a_clinic_that_is_there_already_is_left_alone(clinic: Clinic) -> None:
    call_command("load_demo", verbosity=0)
    assert [page.title for page in HomePage.objects.all()] == [clinic.home.title]
    assert not ClinicImage.objects.exists()


def test_a_site_with_other_pages_is_refused(clinic: Clinic) -> None:
    root = Page.objects.get(depth=1)
    ContentPageFactory(parent=root)
    clinic.site.delete()
    clinic.home.delete()
    with pytest.raises(CommandError, match="pages of its own"):
        call_command("load_demo", verbosity=0)
