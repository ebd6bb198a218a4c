"""One prepared database for all fault tests, and for each of them a copy of it with its own processes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.faults.postgres import PrivatePostgres
from tests.faults.site import ROOT, Site, looking_into
from tests.forms.mail import Mailbox, mail_server
from tests.parts import find_postgres

IS_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
TEMPLATE = "prepared"

if not IS_POSTGRES:
    # SQLite has no server to restart.
    collect_ignore = ["test_database_restart.py"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PrivatePostgres]:
    """Give a PostgreSQL server of our own."""
    if not find_postgres("initdb"):
        pytest.skip("PostgreSQL's server programs are not installed here.")
    server = PrivatePostgres()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a database with one form in it, to be copied."""
    work = tmp_path_factory.mktemp("prepared")
    if IS_POSTGRES:
        server = request.getfixturevalue("postgres").server
        _execute(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
        url = f"{server}/{TEMPLATE}"
    else:
        url = f"sqlite:///{work}/prepared.sqlite3"
    site = Site(work, url)
    command = [sys.executable, "-m", "tests.faults.prepare"]
    result = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return url


@pytest.fixture
def site(prepared: str, tmp_path: Path, django_db_blocker: Any) -> Iterator[Site]:
    """Return a site on a fresh copy of the prepared database."""
    if prepared.startswith("sqlite"):
        path = tmp_path / "site.sqlite3"
        shutil.copy(prepared.removeprefix("sqlite:///"), path)
        site, config = Site(tmp_path, f"sqlite:///{path}"), {"NAME": str(path)}
    else:
        server = prepared.rpartition("/")[0]
        name = tmp_path.name.replace("-", "_").lower()[-40:]
        parts = sql.Identifier(name), sql.Identifier(TEMPLATE)
        # By copying files: what is written to the log instead would have to be read again after a crash.
        _execute(server, sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(*parts))
        site = Site(tmp_path, f"{server}/{name}")
        host, port = server.rpartition("@")[2].split(":")
        config = {"NAME": name, "HOST": host, "PORT": port, "USER": "postgres", "PASSWORD": ""}
    with django_db_blocker.unblock(), looking_into(site, config):
        yield site


def _execute(server: str, statement: sql.Composed) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def mailbox(site: Site) -> Iterator[Mailbox]:
    """Run the site's mail server."""
    with mail_server(site.mail_port) as (mailbox, _port):
        yield mailbox
