"""The screens of tokens in the CMS admin: the list, making one, its value shown once, and revoking it."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import ListingButton
from wagtail.log_actions import log

from tokens.forms import TokenForm
from tokens.models import ApiToken, State

CREATED, REVOKED = "tokens.create", "tokens.revoke"


def visible_to(user: Any) -> QuerySet[ApiToken]:
    """Return the tokens that ``user`` may see and revoke: their own and those they made; all for an administrator.

    Those of users who are switched off belong to them too: such a token works again with its user.
    """
    tokens = ApiToken.objects.select_related("user")
    if user.is_superuser:
        return tokens
    if user.has_perm("tokens.manage_apitoken"):
        return tokens.filter(user__is_superuser=False)
    return tokens.filter(user=user)


def last_day(token: ApiToken) -> str:
    """Return the day at whose end the token stops working, as a date is written."""
    return date_format(timezone.localtime(token.expires_at - dt.timedelta(seconds=1)), "DATE_FORMAT")


class TokenIndexView(IndexView):
    """The list of tokens, the newest first."""

    any_permission_required = ("add", "manage")
    default_ordering = "-created_at"
    is_searchable = False
    page_title = gettext_lazy("API tokens")

    def get_base_queryset(self) -> QuerySet[ApiToken]:
        """Return the tokens that this person may see."""
        return visible_to(self.request.user)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """The columns of the list."""
        return [
            self._get_title_column_class(TitleColumn)(
                "name",
                label=_("Name"),
                sort_key="name",
                get_title_id=lambda token: f"token_{token.pk}_title",
            ),
            Column("beginning", label=_("Begins with"), accessor=lambda token: f"{token.beginning}…"),
            Column("user", label=_("Acts for"), accessor=lambda token: token.user.get_username()),
            Column("scopes", label=_("May"), accessor=lambda token: "; ".join(token.scope_labels)),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=lambda token: token.state.label,
                primary=lambda token: token.state == State.ACTIVE,
            ),
            DateColumn("last_used_at", label=_("Last used"), sort_key="last_used_at"),
            Column("expires_at", label=_("Last day"), accessor=last_day, sort_key="expires_at"),
        ]

    def get_list_buttons(self, instance: ApiToken) -> list[ListingButton]:
        """Return "Revoke" for a token that still works."""
        if instance.state != State.ACTIVE:
            return []
        label = _("Revoke")
        url = reverse(self.delete_url_name, args=[instance.pk])
        return [ListingButton(label, url, attrs={"aria-label": f"{label}: {instance}"})]


class TokenCreateView(CreateView):
    """Makes a token, and shows its value this once."""

    page_title = gettext_lazy("New")
    created_template = "tokens/created.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return who makes it."""
        return super().get_form_kwargs() | {"made_by": self.request.user}

    def form_valid(self, form: TokenForm) -> HttpResponse:
        """Answer with the token's value. No cache keeps it, as no page of the admin."""
        self.object, value = form.issue()
        log(self.object, CREATED, user=self.request.user, data={"user": self.object.user.get_username()})
        context = self.get_context_data(form=form, value=value) | {"index_url": reverse(self.index_url_name)}
        return TemplateResponse(self.request, self.created_template, context)


class TokenRevokeView(DeleteView):
    """Revokes a token once that was confirmed. Its row stays, so that the list still says what it was."""

    permission_required = None
    template_name = "tokens/revoke.html"
    page_title = gettext_lazy("Revoke")

    def get_queryset(self) -> QuerySet[ApiToken]:
        """Return the tokens that this person may revoke; of others there is no page."""
        return visible_to(self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Revoke it and lead back to the list."""
        self.object.revoke(request.user)
        log(self.object, REVOKED, user=request.user, data={"user": self.object.user.get_username()})
        messages.success(request, _("“%s” is revoked: it opens nothing any more.") % self.object.name)
        return redirect(self.get_success_url())


class TokenViewSet(ModelViewSet):
    """The screens together. A token is never changed: what is to be different is a new one."""

    model = ApiToken
    name = "api_tokens"
    icon = "key"
    menu_label = gettext_lazy("API tokens")
    menu_order = 650
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = TokenIndexView
    add_view_class = TokenCreateView
    delete_view_class = TokenRevokeView

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return the names of the addresses there are."""
        missing = dict.fromkeys(("edit_url_name", "history_url_name", "usage_url_name"))
        return super().get_common_view_kwargs(**{**missing, **kwargs})

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the list needs."""
        own = {"default_ordering": TokenIndexView.default_ordering, "is_searchable": False}
        return super().get_index_view_kwargs(**own, **kwargs)

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page that asks once more needs."""
        return super().get_delete_view_kwargs(template_name=TokenRevokeView.template_name, **kwargs)

    def get_form_class(self, for_update: bool = False) -> type[TokenForm]:
        """Return the form that makes a token."""
        return TokenForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("<int:pk>/revoke/", self.delete_view, name="delete"),
        ]
