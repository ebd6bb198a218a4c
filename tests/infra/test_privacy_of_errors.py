"""An error report shows where it broke and nothing that a patient typed."""

import sys

import pytest
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

ANSWER = "numb fingers since Tuesday"


def report_of_a_failure(answer: str) -> str:
    """Return Django's error page for a view that fails on a posted form."""
    request = RequestFactory().post("/request-an-appointment/", {"reason": answer})
    try:
        typed = request.POST["reason"]
        raise RuntimeError(len(typed))
    except RuntimeError:
        reporter = ExceptionReporter(request, *sys.exc_info())
        return reporter.get_traceback_html() + reporter.get_traceback_text()


@pytest.mark.parametrize("debug", [True, False])
def test_an_error_report_hides_what_was_typed(settings: pytest.FixtureRequest, debug: bool) -> None:
    settings.DEBUG = debug
    report = report_of_a_failure(ANSWER)
    assert "RuntimeError" in report
    assert "reason" in report
    assert ANSWER not in report


def test_no_logger_mails_error_reports(settings: pytest.FixtureRequest) -> None:
    handlers = {handler["class"] for handler in settings.LOGGING["handlers"].values()}
    assert handlers == {"logging.StreamHandler"}
