"""The form that makes a token."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from tokens.models import LONGEST_LIFE, ApiToken, Scope

USUAL_LIFE = dt.timedelta(days=90)


def usual_end() -> dt.date:
    """Return the day that is offered as a token's last."""
    return timezone.localdate() + USUAL_LIFE


def users_for(user: Any) -> QuerySet:
    """Return for whom ``user`` may make tokens and whose they see: for themselves, or for all as an administrator.

    Only a superuser makes and sees those of superusers, who may do everything.
    """
    users = get_user_model().objects.filter(is_active=True)
    if not user.has_perm("tokens.manage_apitoken"):
        return users.filter(pk=user.pk)
    return users if user.is_superuser else users.filter(is_superuser=False)


class TokenForm(forms.ModelForm):
    """What a new token is called, for whom it acts, what it may do and until when."""

    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("May"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Never more than the user it acts for may do at that moment."),
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=AdminDateInput,
        initial=usual_end,
        help_text=gettext_lazy("It stops working at the end of this day, a year from now at the latest."),
    )

    class Meta:
        model = ApiToken
        fields = ("name", "user")
        widgets = {"name": forms.TextInput}

    field_order = ("name", "user", "scopes", "last_day")

    def __init__(self, *args: Any, made_by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_by = made_by
        self.fields["user"].queryset = users_for(made_by).order_by("username")
        self.fields["user"].initial = made_by.pk
        self.fields["user"].empty_label = None

    def clean_last_day(self) -> dt.date:
        """Return the day; raises ValidationError for one that is over, or too far away."""
        day = self.cleaned_data["last_day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose one that is still to come."))
        if day > timezone.localdate() + LONGEST_LIFE:
            raise forms.ValidationError(_("A token works for a year at most. Choose an earlier day."))
        return day

    def issue(self) -> tuple[ApiToken, str]:
        """Store the token and return it with its value. Call it on a form that is valid."""
        data = self.cleaned_data
        next_day = dt.datetime.combine(data["last_day"] + dt.timedelta(days=1), dt.time())
        return ApiToken.issue(
            data["user"], data["name"], data["scopes"], timezone.make_aware(next_day), created_by=self.made_by
        )
