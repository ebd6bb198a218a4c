"""A staff profile: its photo or a drawing, and colleagues for the patient whom this person cannot take."""

from pathlib import Path

import pytest
from django.test import Client

from clinicsite.models import LocationPage
from staff.models import StaffProfilePage, StaffRole
from tests.conftest import Clinic
from tests.factories import ImageFactory, LocationPageFactory, StaffProfilePageFactory, StaffRoleFactory


@pytest.fixture
def role(db: None) -> StaffRole:
    """Return the role of most of the people."""
    return StaffRoleFactory()


@pytest.fixture
def here(clinic: Clinic) -> LocationPage:
    """Return the location where the person works."""
    return LocationPageFactory(parent=clinic.home, title="Alder Street")


@pytest.fixture
def person(clinic: Clinic, role: StaffRole, here: LocationPage) -> StaffProfilePage:
    """Return somebody who takes no new patients."""
    return StaffProfilePageFactory(parent=clinic.staff, role=role, locations=[here], accepting_new_patients=False)


def names(person: StaffProfilePage) -> list[str]:
    """Return the last names of the colleagues offered, as read from the database anew."""
    return [colleague.family_name for colleague in StaffProfilePage.objects.get(pk=person.pk).colleagues]


def test_colleagues_at_the_same_location_come_first_then_by_name(
    clinic: Clinic, role: StaffRole, here: LocationPage, person: StaffProfilePage
) -> None:
    elsewhere = LocationPageFactory(parent=clinic.home, title="Pine Street")
    for name, places in (("Abel", [elsewhere]), ("Young", [here, elsewhere]), ("Mora", [here]), ("Zhou", [])):
        StaffProfilePageFactory(parent=clinic.staff, role=role, family_name=name, locations=places)
    assert names(person) == ["Mora", "Young", "Abel"]


def test_nobody_is_offered_who_is_full_in_another_role_unpublished_or_the_person(
    clinic: Clinic, role: StaffRole, here: LocationPage, person: StaffProfilePage
) -> None:
    desk = StaffRoleFactory(name="Front desk", is_clinician=False)
    StaffProfilePageFactory(parent=clinic.staff, role=desk, family_name="Desk", locations=[here])
    StaffProfilePageFactory(
        parent=clinic.staff, role=role, family_name="Full", locations=[here], accepting_new_patients=False
    )
    StaffProfilePageFactory(parent=clinic.staff, role=role, family_name="Gone", locations=[here]).unpublish()
    assert names(person) == []


def test_a_patient_is_told_and_offered_colleagues_only_while_the_person_takes_nobody(
    clinic: Clinic, client: Client, role: StaffRole, person: StaffProfilePage
) -> None:
    StaffProfilePageFactory(parent=clinic.staff, role=role, title="Noor Haddad")
    told = client.get(person.get_url()).content.decode()
    assert "Amara is not taking new patients right now." in told
    assert "Colleagues who can see you" in told
    assert "Noor Haddad" in told
    person.accepting_new_patients = True
    person.save()
    told = client.get(person.get_url()).content.decode()
    assert "Taking new patients" in told
    assert "Noor Haddad" not in told


def test_nobody_is_offered_instead_of_somebody_who_treats_no_patients(clinic: Clinic, client: Client) -> None:
    desk = StaffRoleFactory(name="Front desk", is_clinician=False)
    StaffProfilePageFactory(parent=clinic.staff, role=desk, title="Noor Haddad")
    person = StaffProfilePageFactory(parent=clinic.staff, role=desk, accepting_new_patients=False)
    html = client.get(person.get_url()).content.decode()
    assert "Colleagues who can see you" not in html
    assert "not taking new patients" not in html


@pytest.mark.parametrize("change", ["picture", "file"])
def test_initials_stand_in_for_a_deleted_photo(
    clinic: Clinic, client: Client, settings: pytest.FixtureRequest, tmp_path: Path, change: str
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    photo = ImageFactory(file__filename="heron.png")
    person = StaffProfilePageFactory(parent=clinic.staff, given_name="Ana", family_name="Diaz", photo=photo)
    assert "heron" in client.get(person.get_url()).content.decode()
    if change == "picture":
        photo.delete()
    else:
        photo.file.storage.delete(photo.file.name)
        photo.renditions.all().delete()
    for address in (person.get_url(), clinic.staff.url):
        html = client.get(address).content.decode()
        assert "heron" not in html
        assert "Ana Diaz" in html
        if change == "picture":
            assert ">AD</text>" in html
