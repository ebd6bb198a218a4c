"""How often a password may be tried: by user name and address together, and, more slowly, by user name alone."""

from typing import TYPE_CHECKING, Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_failure_limit
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from clinicsite.client_address import counted_address
from forms.models import RateCount
from forms.privacy import blind

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

KNOWN = "signed-in"


class LoginLimits(AxesDatabaseHandler):
    """Counts wrong passwords, also those that come for one user from many addresses.

    Those close the login for addresses only that the user has not signed in from lately: whoever tries passwords from a
    thousand machines stops no colleague at the clinic's own.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return how many wrong passwords count against the one that is tried now."""
        failures = super().get_failures(request, credentials)
        limit = get_failure_limit(request, credentials)
        username = get_client_username(request, credentials)
        if failures >= limit or not username or _is_known(username, request):
            return failures
        lately = AccessAttempt.objects.filter(username=username, attempt_time__gte=get_cool_off_threshold(request))
        everywhere = lately.aggregate(total=Sum("failures_since_start"))["total"] or 0
        return limit if everywhere >= settings.LOGIN_FAILURES_EVERYWHERE else failures

    def user_logged_in(self, sender: Any, request: HttpRequest, user: "AbstractBaseUser", **kwargs: Any) -> None:
        """Note, as a keyed digest that is removed after a while, that the user signs in from this address."""
        super().user_logged_in(sender, request, user, **kwargs)
        RateCount.objects.update_or_create(
            digest=blind.digest(KNOWN, _place(user.get_username(), request)),
            defaults={"expires_at": timezone.now() + settings.LOGIN_KNOWN_FOR},
        )


def _is_known(username: str, request: HttpRequest) -> bool:
    digests = blind.digests(KNOWN, _place(username, request))
    return RateCount.objects.filter(digest__in=digests, expires_at__gte=timezone.now()).exists()


def _place(username: str, request: HttpRequest) -> str:
    return f"{counted_address(request)} {username}"
