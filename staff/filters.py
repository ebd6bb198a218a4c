"""The filters of the staff list: role, location and condition, each offering only what somebody matches."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django import forms
from django.apps import apps
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from clinicsite.models import LocationPage
from clinicsite.public import public_pages
from staff.models.profile import StaffProfilePage


class ActiveFilter(NamedTuple):
    """A filter in use: its field, the words of its value, and the query that leaves it out."""

    name: str
    label: str
    without: str


class Option(NamedTuple):
    """A value a filter offers: its slug in the address, its name, and somebody it fits."""

    slug: str
    label: str
    profile_id: int


class StaffFilters(forms.Form):
    """The filter form above the staff list, bound to the address's query, so that a filtered list can be shared."""

    role = forms.ChoiceField(label=_("Role"), required=False)
    location = forms.ChoiceField(label=_("Location"), required=False)
    condition = forms.ChoiceField(label=_("Condition"), required=False)

    def __init__(self, everybody: list[StaffProfilePage], data: QueryDict | Mapping[str, str]) -> None:
        super().__init__(data)
        self.everybody = everybody
        self._offer("role", _("Every role"), _roles(everybody))
        self._offer("location", _("Every location"), _locations(everybody))
        self._offer("condition", _("Every condition"), _conditions(everybody))
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = _("We do not have this choice, so it was left out.")

    @cached_property
    def profiles(self) -> list[StaffProfilePage]:
        """Those who fit every valid filter in use."""
        kept = [self._matches[name][slug] for name, slug in self._chosen.items()]
        return [profile for profile in self.everybody if all(profile.pk in ids for ids in kept)]

    @cached_property
    def active(self) -> list[ActiveFilter]:
        """The valid filters in use, each with the query that drops it."""
        return [
            ActiveFilter(name, dict(self.fields[name].choices)[slug], self._query_without(name))
            for name, slug in self._chosen.items()
        ]

    @cached_property
    def _chosen(self) -> dict[str, str]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @cached_property
    def _matches(self) -> dict[str, dict[str, set[int]]]:
        return {}

    def _query_without(self, dropped: str) -> str:
        query = QueryDict(mutable=True)
        query.update({name: slug for name, slug in self._chosen.items() if name != dropped})
        return f"?{query.urlencode()}" if query else "?"

    def _offer(self, name: str, everything: str, options: Iterable[Option]) -> None:
        matches: dict[str, set[int]] = {}
        choices: dict[str, str] = {"": everything}
        for option in options:
            matches.setdefault(option.slug, set()).add(option.profile_id)
            choices.setdefault(option.slug, option.label)
        self._matches[name] = matches
        self.fields[name].choices = list(choices.items())


def _roles(everybody: list[StaffProfilePage]) -> list[Option]:
    return [Option(profile.role.slug, profile.role.name, profile.pk) for profile in everybody if profile.role]


def _locations(everybody: list[StaffProfilePage]) -> list[Option]:
    return [Option(*row) for row in staffed_locations(everybody).values_list("slug", "title", "staff_profiles")]


def _conditions(everybody: list[StaffProfilePage]) -> list[Option]:
    return [Option(*row) for row in treated_conditions(everybody).values_list("slug", "title", "clinicians__profile")]


def staffed_locations(everybody: list[StaffProfilePage]) -> "PageQuerySet[LocationPage]":
    """Return the public locations at which one of ``everybody`` works, in the order of the page tree; once for each.

    Those of the site of ``everybody`` alone, who stand in one.
    """
    return public_pages(LocationPage.objects.filter(staff_profiles__in=everybody), _one_of(everybody)).order_by("path")


def treated_conditions(everybody: list[StaffProfilePage]) -> PageQuerySet:
    """Return the public conditions of their site that one of ``everybody`` treats, by title; once for each of them."""
    condition_page = apps.get_model("conditions.ConditionPage")
    found = condition_page.objects.filter(clinicians__profile__in=everybody)
    return public_pages(found, _one_of(everybody)).order_by("title")


def _one_of(everybody: list[StaffProfilePage]) -> StaffProfilePage | None:
    return everybody[0] if everybody else None
