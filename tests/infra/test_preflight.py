"""What ``make serve`` says when it cannot start."""

import socket
from collections.abc import Iterator

import pytest
from django.core.management.base import CommandError

from clinicsite.devserver.preflight import require_free_port
from tests.infra.test_settings import run_manage


@pytest.fixture
def taken_port() -> Iterator[int]:
    """Return a port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_is_one_sentence_with_the_way_out(taken_port: int) -> None:
    with pytest.raises(CommandError, match=f"^Port {taken_port} is taken by another program: choose .*PORT="):
        require_free_port("127.0.0.1", taken_port)


def test_a_free_port_is_accepted(taken_port: int) -> None:
    require_free_port("127.0.0.2", taken_port)


@pytest.mark.parametrize("port", [0, 65536, -1])
def test_a_number_that_is_no_port_is_one_sentence(port: int) -> None:
    with pytest.raises(CommandError, match=f"^{port} is not a port"):
        require_free_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_one_sentence() -> None:
    with pytest.raises(CommandError, match=r"^The site cannot listen on 192\.0\.2\.1, port 8000"):
        require_free_port("192.0.2.1", 8000)


def test_an_unreachable_database_is_one_sentence_without_its_password(taken_port: int) -> None:
    url = "postgres://nobody:hunter2@127.0.0.1:1/clinic"
    result = run_manage("serve", "--port", "0", settings="dev", DATABASE_URL=url)
    assert result.stderr.startswith("CommandError: 0 is not a port")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = str(probe.getsockname()[1])
    result = run_manage("serve", "--port", free, settings="dev", DATABASE_URL=url)
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Check DATABASE_URL: the database postgresql://127.0.0.1:1/clinic cannot be reached" in result.stderr
    assert "hunter2" not in result.stderr


def test_serve_refuses_production_settings() -> None:
    from tests.infra.test_settings import COMPLETE

    result = run_manage("serve", settings="production", **COMPLETE)
    assert result.returncode == 1
    assert "docs/operations.md" in result.stderr
