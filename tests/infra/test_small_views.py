"""The health address and the uploaded files."""

from pathlib import Path
from unittest import mock

import pytest
from django.db import DatabaseError, connection
from django.test import Client


@pytest.mark.django_db
def test_the_health_address_answers_ok(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_the_health_address_says_when_the_database_is_gone(client: Client) -> None:
    with mock.patch.object(connection, "cursor", side_effect=DatabaseError):
        response = client.get("/healthz")
    assert response.status_code == 503


@pytest.fixture
def svg(settings: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an uploaded SVG."""
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "body.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    return "/media/body.svg"


def test_an_uploaded_picture_may_be_kept_and_may_not_run_scripts(client: Client, svg: str) -> None:
    response = client.get(svg)
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_path_out_of_the_media_folder_is_refused(client: Client, svg: str) -> None:
    assert client.get("/media/../manage.py").status_code == 400
    assert client.get("/media/%2e%2e/manage.py").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["documents/plan.pdf", "x/../documents/plan.pdf", "Documents/plan.pdf"])
def test_documents_are_not_served_past_the_view_that_knows_who_may_read_them(
    client: Client, svg: str, tmp_path: Path, path: str
) -> None:
    for folder in ("documents", "Documents"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "plan.pdf").write_text("for staff")
    assert client.get(f"/media/{path}").status_code in (400, 404)


@pytest.mark.django_db
def test_a_name_too_long_for_a_file_is_not_found(client: Client, svg: str) -> None:
    assert client.get(f"/media/{'x' * 5000}").status_code == 404
