"""The screens of webhooks: administrators alone see them, mistakes are said at their field, secrets only when asked."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from clinicsite.roles import ADMINISTRATORS, ALL_ROLES, CLINICIAN_REVIEWERS, FRONT_DESK, MARKETING_EDITORS
from forms.models import Worker
from tests.conftest import Clinic
from tests.webhooks.conftest import add_endpoint
from webhooks import by_hand, delivery
from webhooks.models import Delivery, DeliveryState, Endpoint, EndpointSecret, EventType, OffReason
from webhooks.queue import Message, queue

RoleClient = Callable[[str], Client]
OTHERS = (MARKETING_EDITORS, CLINICIAN_REVIEWERS, FRONT_DESK)


@pytest.fixture
def endpoint(clinic: Clinic) -> Endpoint:
    return add_endpoint(clinic, "https://8.8.8.8/hooks", description="Newsletter")


@pytest.fixture
def admin(role_client: RoleClient) -> Client:
    return role_client(ADMINISTRATORS)


def data(clinic: Clinic, **values: Any) -> dict[str, Any]:
    own = {
        "description": "Newsletter",
        "url": "https://8.8.8.8/hooks",
        "site": clinic.site.pk,
        "events": ["page.published", "submission.received"],
        "is_active": "on",
    }
    return own | values


def failed(endpoint: Endpoint, number: int = 1) -> list[Delivery]:
    for _each in range(number):
        queue([Message(EventType.PAGE_PUBLISHED, {"id": 7})])
    Delivery.objects.update(state=DeliveryState.FAILED, tries=10)
    return list(endpoint.deliveries.all())


def replay_url(*ids: Any, query: str = "") -> str:
    address = reverse("wagtail_bulk_action", args=["webhooks", "delivery", "replay"])
    return f"{address}?{'&'.join(f'id={pk}' for pk in ids)}{query}"


def test_an_administrator_adds_a_webhook_and_is_shown_its_secret_when_asked(clinic: Clinic, admin: Client) -> None:
    assert "Add a webhook" in admin.get(reverse("webhooks:index")).content.decode()
    added = admin.post(reverse("webhooks:add"), data(clinic), follow=True)
    endpoint = Endpoint.objects.get()
    assert added.redirect_chain[-1][0] == reverse("webhooks:inspect", args=[endpoint.pk])
    assert endpoint.events == ["page.published", "submission.received"]
    [secret] = endpoint.secrets()
    assert secret not in added.content.decode()
    shown = admin.post(reverse("webhooks:secret", args=[endpoint.pk]))
    assert f'value="{secret}"' in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert ModelLogEntry.objects.get(action=by_hand.SHOWN).user.username == ADMINISTRATORS
    history = admin.get(reverse("webhooks:history", args=[endpoint.pk])).content.decode()
    assert "Secret shown" in history
    assert secret not in history


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("url", "http://8.8.8.8/", "The address must begin with https://."),
        ("url", "https://127.0.0.1/", "This host leads into a private network."),
        ("url", "https://[::1]/", "This host leads into a private network."),
        ("url", "https://169.254.169.254/latest/", "This host leads into a private network."),
        ("url", "https://8.8.8.8:8443/", "Only port 443 can be used."),
        ("url", "https://me:word@8.8.8.8/", "no user name and no password"),
        ("url", "newsletter", "This is not a web address."),
        ("events", [], "Choose at least one event."),
        ("events", ["page.burned"], "Select a valid choice."),
        ("description", "", "This field is required."),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(
    clinic: Clinic, admin: Client, field: str, value: Any, words: str
) -> None:
    refused = admin.post(reverse("webhooks:add"), data(clinic, **{field: value}))
    assert words in str(refused.context["form"].errors[field])
    html = refused.content.decode()
    assert words in html
    for typed in (value if field != "events" else "", "Newsletter" if field != "description" else ""):
        assert typed in html
    assert not Endpoint.objects.exists()


def test_a_webhook_is_changed_switched_off_and_deleted(clinic: Clinic, endpoint: Endpoint, admin: Client) -> None:
    url = reverse("webhooks:edit", args=[endpoint.pk])
    assert 'value="page.moved"' in admin.get(url).content.decode()
    changed = data(clinic, description="Search", events=["page.deleted"])
    del changed["is_active"]
    admin.post(url, changed)
    endpoint.refresh_from_db()
    assert (endpoint.description, endpoint.events, endpoint.is_active) == ("Search", ["page.deleted"], False)
    assert EndpointSecret.objects.count() == 1
    own = reverse("webhooks:inspect", args=[endpoint.pk])
    assert "This webhook is off" in admin.get(own).content.decode()
    admin.post(reverse("webhooks:test", args=[endpoint.pk]))
    assert not Delivery.objects.exists()
    admin.post(reverse("webhooks:delete", args=[endpoint.pk]))
    assert not Endpoint.objects.exists()


def test_replacing_the_secret_asks_first(endpoint: Endpoint, admin: Client) -> None:
    [old] = endpoint.secrets()
    url = reverse("webhooks:replace_secret", args=[endpoint.pk])
    assert "Yes, replace it" in admin.get(url).content.decode()
    assert endpoint.secrets() == [old]
    after = admin.post(url, follow=True).content.decode()
    assert "the one before signs as well." in after
    assert len(endpoint.secrets()) == 2
    assert old not in admin.post(reverse("webhooks:secret", args=[endpoint.pk])).content.decode()


def test_buttons_asked_for_by_address_only_lead_to_the_page(endpoint: Endpoint, admin: Client) -> None:
    for name in ("secret", "test"):
        response = admin.get(reverse(f"webhooks:{name}", args=[endpoint.pk]))
        assert response["Location"] == reverse("webhooks:inspect", args=[endpoint.pk])
    assert not Delivery.objects.exists()


def test_a_secret_whose_key_is_lost_is_said_to_be_so(endpoint: Endpoint, admin: Client) -> None:
    EndpointSecret.objects.update(key_id="lost")
    said = admin.post(reverse("webhooks:secret", args=[endpoint.pk]), follow=True).content.decode()
    assert "This cannot be read" in said


def test_a_test_message_leads_to_its_own_page(endpoint: Endpoint, admin: Client) -> None:
    page = admin.post(reverse("webhooks:test", args=[endpoint.pk]), follow=True).content.decode()
    message = Delivery.objects.get()
    assert message.type == "webhook.test"
    assert "It is being sent." in page
    assert message.message_id in page
    progress = reverse("webhook_messages:progress", args=[message.pk])
    assert progress in page
    assert admin.get(progress).json() == {"state": "pending", "tries": 0}


def test_the_log_lists_by_webhook_event_and_state(clinic: Clinic, endpoint: Endpoint, admin: Client) -> None:
    failed(endpoint)
    other = add_endpoint(clinic, "https://8.8.8.8/other", description="Search")
    by_hand.send_test(other, None)
    url = reverse("webhook_messages:index")

    def listed(**query: Any) -> set[str]:
        return {each.type for each in admin.get(url, query).context["object_list"]}

    assert listed() == {"page.published", "webhook.test"}
    assert listed(endpoint=other.pk) == {"webhook.test"}
    assert listed(type="page.published") == {"page.published"}
    assert listed(state="failed") == {"page.published"}
    assert "background worker is not running" in admin.get(url).content.decode()
    Worker.objects.create(worker_id="one", alive_at=timezone.now())
    assert "background worker" not in admin.get(url).content.decode()


def test_a_messages_page_shows_what_it_says_and_each_try(endpoint: Endpoint, admin: Client) -> None:
    [message] = failed(endpoint)
    delivery_ = delivery.Outcome(delivery.targets.Answer(503, "", "<b>busy</b>"), "", 12)
    Delivery.objects.update(state=DeliveryState.PENDING, leased_until=timezone.now())
    message.refresh_from_db()
    delivery._note(message, delivery_)
    html = admin.get(reverse("webhook_messages:message", args=[message.pk])).content.decode()
    assert "Answered 503" in html
    assert "&lt;b&gt;busy&lt;/b&gt;" in html
    assert "&quot;id&quot;: 7" in html
    assert "Failed" in html


def test_failed_messages_are_sent_again_together_after_a_question(endpoint: Endpoint, admin: Client) -> None:
    failed(endpoint, 3)
    by_hand.send_test(endpoint, None)
    Delivery.objects.filter(type="webhook.test").update(state=DeliveryState.DELIVERED)
    url = replay_url("all", query="&state=failed")
    assert "Yes, send again" in admin.get(url).content.decode()
    assert Delivery.objects.filter(state=DeliveryState.FAILED).count() == 3
    admin.post(url)
    assert Delivery.objects.filter(state=DeliveryState.PENDING, tries=0).count() == 3
    assert Delivery.objects.filter(state=DeliveryState.DELIVERED).count() == 1
    assert ModelLogEntry.objects.get(action=by_hand.REPLAYED).data == {"messages": 3}


def test_the_dashboard_says_which_webhook_was_switched_off(endpoint: Endpoint, role_client: RoleClient) -> None:
    endpoint.switch_off(OffReason.FAILING)
    for role in ALL_ROLES:
        html = role_client(role).get(reverse("wagtailadmin_home")).content.decode()
        assert ("The webhook “Newsletter” was switched off." in html) is (role == ADMINISTRATORS)
        assert ("Nothing could be delivered to it for five days." in html) is (role == ADMINISTRATORS)


@pytest.mark.parametrize("role", OTHERS)
def test_others_see_and_do_nothing(endpoint: Endpoint, role_client: RoleClient, role: str) -> None:
    [message] = failed(endpoint)
    [secret] = endpoint.secrets()
    client = role_client(role)
    own = ("inspect", "edit", "delete", "history", "history_results", "secret", "replace_secret", "test")
    addresses = [reverse(f"webhooks:{name}", args=[endpoint.pk]) for name in own]
    addresses += [reverse(f"webhooks:{name}") for name in ("index", "index_results", "add")]
    addresses += [reverse(f"webhook_messages:{name}") for name in ("index", "index_results")]
    addresses += [reverse(f"webhook_messages:{name}", args=[message.pk]) for name in ("message", "progress")]
    addresses.append(replay_url(message.pk))
    for address in addresses:
        for response in (client.get(address), client.post(address)):
            assert response.status_code in (HTTPStatus.FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED)
            assert "Newsletter" not in response.content.decode()
            assert secret not in response.content.decode()
    assert endpoint.secrets() == [secret]
    assert Delivery.objects.get().state == DeliveryState.FAILED
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("webhooks:index") not in home
    assert reverse("webhook_messages:index") not in home


def test_lists_take_as_many_queries_for_many_as_for_few(clinic: Clinic, endpoint: Endpoint, admin: Client) -> None:
    failed(endpoint, 2)
    for url in (reverse("webhooks:index"), reverse("webhook_messages:index")):
        admin.get(url)
    counts = []
    for _round in range(2):
        for url in (reverse("webhooks:index"), reverse("webhook_messages:index")):
            with CaptureQueriesContext(connection) as captured:
                admin.get(url)
            counts.append(len(captured))
        add_endpoint(clinic, "https://8.8.8.8/more", description="More")
        failed(endpoint, 5)
    assert counts[:2] == counts[2:]
