"""The headers that limit what a page may do, address by address."""

import pytest
from django.test import Client

from tests.conftest import Clinic

PUBLIC = ["/", "/conditions/", "/our-staff/", "/sitemap.xml", "/no-such-page/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_answer_carries_the_strict_policy(clinic: Clinic, client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_answer_depends_on_its_address_alone(clinic: Clinic, client: Client, path: str) -> None:
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_the_admin_may_run_its_inline_scripts_but_loads_nothing_from_elsewhere(clinic: Clinic, client: Client) -> None:
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "http" not in policy
