"""What a patient sees of a condition page."""

from django.test import Client

from tests.conftest import Clinic
from tests.factories import ConditionPageFactory


def test_a_published_condition_is_served(clinic: Clinic, client: Client) -> None:
    page = ConditionPageFactory(parent=clinic.conditions, title="Upper back pain")
    response = client.get(page.get_url())
    assert response.status_code == 200
    assert "Upper back pain" in response.content.decode()
