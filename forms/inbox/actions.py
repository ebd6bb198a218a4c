"""What is done to one request at the press of a button on its page."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from forms import quarantine
from forms.inbox import work
from forms.inbox.access import staff_address
from forms.inbox.detail import SubmissionView
from forms.inbox.work_form import LONGEST_NOTE
from forms.models import StatusChangedError
from forms.notifications import resend


class SubmissionActionView(SubmissionView):
    """One thing done to a request at the press of a button; back to its page then.

    The buttons stand in the form with the note, so that a note half written is kept and not lost.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the request's page."""
        return redirect("submissions:inspect", self.object.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says, unless somebody else changed the request since its page was opened."""
        act = self._actions().get(request.POST.get("action", ""))
        if act is None or not self.user_has_permission("change"):
            raise PermissionDenied
        # An erased request takes no notes, and its page offers none.
        note = "" if self.object.erased_at else request.POST.get("note", "").strip()[:LONGEST_NOTE]
        if request.POST.get("seen") != str(self.object.revision):
            return self._say_it_changed(note)
        address = staff_address(request)
        try:
            with transaction.atomic():
                if note:
                    seen = self.object.revision
                    work.apply(self.object, work.Change(note=note), seen=seen, user=request.user, address=address)
                return act(address)
        except (work.ChangedMeanwhileError, StatusChangedError):
            return self._say_it_changed(note)

    def _actions(self) -> dict[str, Callable[[str], HttpResponse]]:
        return {
            "release": self._release,
            "quarantine": self._quarantine,
            "unread": self._mark_unread,
            "notify": self._notify_again,
        }

    def _done(self, words: str) -> HttpResponse:
        messages.success(self.request, words)
        return redirect("submissions:inspect", self.object.pk)

    def _release(self, address: str) -> HttpResponse:
        quarantine.release(self.object, self.request.user, address)
        return self._done(_("Released: it is a new request now, and the e-mails about it are on their way."))

    def _quarantine(self, address: str) -> HttpResponse:
        quarantine.put_in(self.object, self.request.user, address)
        return self._done(_("Put in quarantine. It can be released until its answers are erased."))

    def _mark_unread(self, address: str) -> HttpResponse:
        work.mark_unread([self.object], self.request.user, address)
        messages.success(self.request, _("%s is marked as unread.") % self.object.reference)
        return redirect(self.list_url)

    def _notify_again(self, address: str) -> HttpResponse:
        if resend(self.object, self.request.user, address):
            return self._done(_("The e-mail to the front desk will be sent again in a moment."))
        messages.warning(self.request, _("Nobody is named in the form to be told."))
        return redirect("submissions:inspect", self.object.pk)
