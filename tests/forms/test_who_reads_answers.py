"""No address of the site shows an answer to those who may not see requests, whatever Wagtail adds to its admin."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from clinicsite.roles import CLINICIAN_REVIEWERS, FRONT_DESK, MARKETING_EDITORS
from forms.intake import submit
from forms.models import Submission
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, only_field

ANSWER = "Zanzibarian"


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Yield every route there is, as written in the URL configurations."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def addresses(pk: int) -> list[str]:
    """Return an address for every route that may be asked for safely, about requests and the one numbered ``pk``."""
    filled = set()
    for route in routes(get_resolver().url_patterns):
        text = re.sub(r"<[^>]*app_label>", "forms", route)
        text = re.sub(r"<[^>]*model_name>", "submission", text)
        text = re.sub(r"\(\?P<\w+>[^)]*\)|\([^)]*\)|<int:\w+>|<\w*pk>|<\w+_id>", str(pk), text)
        text = re.sub(r"<[^>]+>", "delete", text)
        filled.add("/" + re.sub(r"[\^$\\?]|\\Z", "", text))
    # Wagtail's own page for showing what a failure looks like.
    return sorted(path for path in filled if "logout" not in path and "failwhale" not in path)


@pytest.fixture
def request_with_an_answer(clinic: Clinic) -> Submission:
    page = a_form(clinic.home, a_field("single_line"))
    return submit(page.definition, {only_field(page.definition)["id"]: ANSWER})


def shown_at(browser: Client, submission: Submission) -> set[str]:
    """Return the addresses at which ``browser`` is shown the answer."""
    found = set()
    browser.raise_request_exception = False  # Some of Wagtail's own addresses fail on made-up ids.
    for path in addresses(submission.pk):
        response = browser.get(path)
        if ANSWER.encode() in (response.getvalue() if response.streaming else response.content):
            found.add(path)
    return found


@pytest.mark.parametrize("role", [None, MARKETING_EDITORS, CLINICIAN_REVIEWERS, FRONT_DESK])
def test_answers_are_shown_on_screen_and_on_paper_to_the_front_desk_alone(
    as_role: Callable[[str], Client], request_with_an_answer: Submission, role: str | None
) -> None:
    browser = as_role(role) if role else Client()
    own_page = reverse("submissions:inspect", args=[request_with_an_answer.pk])
    paper = reverse("submissions:print", args=[request_with_an_answer.pk])
    expected = {own_page, paper} if role == FRONT_DESK else set()
    assert shown_at(browser, request_with_an_answer) == expected
