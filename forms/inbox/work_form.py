"""The form on a request's page by which staff work on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from forms.inbox import people
from forms.models import WORKING_STATUSES, Submission

LONGEST_NOTE = 5000


class PersonChoiceField(forms.ModelChoiceField):
    """Somebody who works requests, called as in the inbox."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the person's name."""
        return people.name_of(obj)


class WorkForm(forms.Form):
    """Sets the status and who works on it, and adds a note; ``seen`` is the revision the page was opened with."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=[(status.value, status.label) for status in WORKING_STATUSES]
    )
    assignee = PersonChoiceField(
        label=gettext_lazy("Assigned to"), queryset=people.desk(), required=False, empty_label=gettext_lazy("Nobody")
    )
    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Encrypted. Patients never see it."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, request_in_hand: Submission | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people.desk()
        if request_in_hand is not None and request_in_hand.erased_at is not None:
            # Nothing would ever erase a note that is added now.
            del self.fields["note"]
        if request_in_hand is not None and request_in_hand.status not in WORKING_STATUSES:
            # What is in quarantine gets a status by being released.
            del self.fields["status"]
