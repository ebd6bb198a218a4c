"""Review governance: what an approval writes, and what the report shows."""

import csv
import datetime
import io
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AbstractUser, Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from clinicsite.completeness import IncompletePageError
from clinicsite.roles import ADMINISTRATORS, CLINICAL_REVIEW, CLINICIAN_REVIEWERS, FRONT_DESK, MARKETING_EDITORS
from conditions.models import ConditionPage, OtherName
from tests.conftest import Clinic
from tests.factories import ConditionPageFactory, ContentPageFactory, StaffProfilePageFactory, StaffRoleFactory

TODAY = timezone.localdate


@pytest.fixture
def reviewer(db: None, django_user_model: type[AbstractUser]) -> AbstractUser:
    """Return a user who may approve."""
    user = django_user_model.objects.create_user(username="dr", email="dr@example.com")
    user.groups.add(Group.objects.get(name=CLINICIAN_REVIEWERS))
    return user


def submit(page: ConditionPage, user: AbstractUser) -> None:
    """Send the page's draft into the clinical review."""
    page.save_revision(user=user)
    Workflow.objects.get(name=CLINICAL_REVIEW).start(page, user)


def approve(page: ConditionPage, user: AbstractUser) -> ConditionPage:
    """Approve the page's current task and return the page as it then is."""
    task_state = page.current_workflow_task_state
    task_state.task.specific.on_action(task_state, user, "approve")
    return type(page).objects.get(pk=page.pk)


def test_approval_publishes_and_dates_the_review(clinic: Clinic, reviewer: AbstractUser) -> None:
    page = ConditionPageFactory(parent=clinic.conditions, live=False)
    submit(page, reviewer)
    page = approve(page, reviewer)
    assert page.live
    assert page.last_reviewed == TODAY()
    assert page.next_review == TODAY() + datetime.timedelta(days=365)
    assert not page.has_unpublished_changes
    assert not page.is_changed_since_review


def test_approval_keeps_a_next_review_that_lies_ahead(clinic: Clinic, reviewer: AbstractUser) -> None:
    ahead = TODAY() + datetime.timedelta(days=90)
    page = ConditionPageFactory(parent=clinic.conditions, next_review=ahead)
    submit(page, reviewer)
    assert approve(page, reviewer).next_review == ahead


def test_a_condition_with_a_nameless_other_name_is_not_approved(clinic: Clinic, reviewer: AbstractUser) -> None:
    page = ConditionPageFactory(parent=clinic.conditions, live=False)
    page.other_names = [OtherName(name="")]
    submit(page, reviewer)
    with pytest.raises(IncompletePageError):
        approve(page, reviewer)
    assert not ConditionPage.objects.get(pk=page.pk).live


def test_approval_by_others_than_clinicians_dates_no_review(clinic: Clinic, reviewer: AbstractUser) -> None:
    other = Workflow.objects.create(name="Second pair of eyes", active=True)
    task = GroupApprovalTask.objects.create(name="Marketing", active=True)
    task.groups.add(Group.objects.get(name=MARKETING_EDITORS))
    WorkflowTask.objects.create(workflow=other, task=task, sort_order=0)
    page = ConditionPageFactory(parent=clinic.conditions)
    page.save_revision(user=reviewer)
    other.start(page, reviewer)
    page = approve(page, reviewer)
    assert page.live
    assert page.last_reviewed is None


def test_approval_publishes_pages_that_carry_no_review(clinic: Clinic, reviewer: AbstractUser) -> None:
    page = ContentPageFactory(parent=clinic.home, live=False)
    submit(page, reviewer)
    assert approve(page, reviewer).live


def test_a_reviewer_approves_on_screen_but_cannot_publish_alone(
    clinic: Clinic, role_client: Callable[[str], Client], reviewer: AbstractUser
) -> None:
    WorkflowPage.objects.create(page=clinic.conditions, workflow=Workflow.objects.get(name=CLINICAL_REVIEW))
    page = ConditionPageFactory(parent=clinic.conditions, live=False)
    client = role_client(CLINICIAN_REVIEWERS)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'name="action-publish"' not in edit
    submit(page, reviewer)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk])
    client.post(url, {"comment": "Sound."})
    assert ConditionPage.objects.get(pk=page.pk).live


@pytest.fixture
def three_conditions(clinic: Clinic) -> list[ConditionPage]:
    """Return an overdue page, one due today and one with no date, made in another order."""
    make = ConditionPageFactory
    undated = make(parent=clinic.conditions, title="Undated")
    due = make(parent=clinic.conditions, title="Due today", next_review=TODAY())
    overdue = make(
        parent=clinic.conditions,
        title="Overdue",
        next_review=TODAY() - datetime.timedelta(days=30),
        last_reviewed=TODAY() - datetime.timedelta(days=395),
        clinical_reviewer=StaffProfilePageFactory(parent=clinic.staff, title="Amara Okafor", role=StaffRoleFactory()),
    )
    make(parent=clinic.conditions, title="A draft", live=False, next_review=TODAY())
    ConditionPage.objects.filter(pk=overdue.pk).update(last_published_at=timezone.now())
    return [overdue, due, undated]


def test_the_report_lists_overdue_pages_first_and_no_drafts(
    role_client: Callable[[str], Client], three_conditions: list[ConditionPage]
) -> None:
    response = role_client(CLINICIAN_REVIEWERS).get(reverse("reviews_due"))
    assert [page.title for page in response.context["object_list"]] == ["Overdue", "Due today", "Undated"]
    html = response.content.decode()
    assert "Amara Okafor" in html
    assert html.count("Changed since") == 1
    assert "No date set" in html


def test_the_report_leaves_as_csv(role_client: Callable[[str], Client], three_conditions: list[ConditionPage]) -> None:
    response = role_client(MARKETING_EDITORS).get(reverse("reviews_due"), {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode())))
    assert [row["Condition"] for row in rows] == ["Overdue", "Due today", "Undated"]
    assert rows[0]["Next review"] == str(three_conditions[0].next_review)
    assert [row["Due"] for row in rows] == ["True", "True", "False"]
    assert rows[0]["Address"] == "http://localhost/conditions/overdue/"


def test_the_dashboard_counts_what_is_due(
    role_client: Callable[[str], Client], three_conditions: list[ConditionPage]
) -> None:
    html = role_client(CLINICIAN_REVIEWERS).get(reverse("wagtailadmin_home")).content.decode()
    assert "<span>2</span> Reviews due" in html


@pytest.mark.parametrize("role", [FRONT_DESK, ADMINISTRATORS])
def test_the_front_desk_has_no_part_in_reviews(clinic: Clinic, role_client: Callable[[str], Client], role: str) -> None:
    client = role_client(role)
    assert (client.get(reverse("reviews_due")).status_code == 200) == (role == ADMINISTRATORS)
    assert ("due" in client.get(reverse("wagtailadmin_home")).content.decode()) == (role == ADMINISTRATORS)
