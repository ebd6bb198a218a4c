"""The site as it runs in production, for browser tests: its own database, the demo clinic, server and worker.

Nothing is replaced: production settings, HTTPS, static files under their hashed names, and a background worker.
"""

import base64
import contextlib
import datetime
import http.client
import ipaddress
import json
import os
import secrets
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
SECONDS_TO_ANSWER = 60
MAKE_LOGINS = """
import sys
from pathlib import Path
from clinicsite.devserver.logins import KeptPasswords, ensure_logins
ensure_logins(KeptPasswords(Path(sys.stdin.read()), "browser tests"))
"""


@dataclass(frozen=True)
class Site:
    """A running site: its address, the password of each role's user, and where its e-mails and its log are."""

    url: str
    passwords: dict[str, str]
    mail: Path
    log: Path
    environment: dict[str, str] = field(repr=False)
    built: set[str] = field(default_factory=set, repr=False)

    def build(self, *functions: str) -> None:
        """Build pages by functions of ``tests.browser.pages``, each once for all tests."""
        missing = [function for function in functions if function not in self.built]
        if missing:
            self.call(*missing)
            self.built.update(missing)

    def call(self, *functions: str) -> None:
        """Call functions of ``tests.browser.pages`` in the site's own settings, beside the running server."""
        code = "from tests.browser import pages; " + "; ".join(f"pages.{function}()" for function in functions)
        _manage(self.environment, "shell", "-v0", "-c", code)

    def ask(self, module: str, function: str) -> Any:
        """Call a function of a module of ``tests.browser`` there too; return what it returns, as JSON carries it."""
        code = f"import json; from tests.browser import {module}; print(json.dumps({module}.{function}()))"
        return json.loads(_manage(self.environment, "shell", "-v0", "-c", code).splitlines()[-1])


@contextlib.contextmanager
def running_site(work: Path) -> Iterator[Site]:
    """Prepare a site in the empty folder ``work``, run it, and end it; raise RuntimeError where it does not answer."""
    port = _free_port()
    url = f"https://{HOST}:{port}"
    certificate, key = _self_signed_certificate(work)
    with _database(work) as database:
        environment = _environment(work, url, database)
        passwords = _prepare(work, environment)
        server = [
            *("granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--log-level", "warning"),
            *("--blocking-threads", "8"),
            *("--ssl-certificate", str(certificate), "--ssl-keyfile", str(key), "clinicsite.wsgi:application"),
        ]
        log_file = work / "server.log"
        with (
            log_file.open("w") as log,
            _process([sys.executable, "-m", *server], environment, log.fileno()),
            _process(["manage.py", "worker"], environment, log.fileno()),
        ):
            _wait_for_answer(port, certificate, log_file)
            yield Site(url, passwords, work / "mail", log_file, environment)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def _environment(work: Path, url: str, database: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "clinicsite.settings.production",
        "DATABASE_URL": database,
        "SECRET_KEY": secrets.token_urlsafe(60),
        "FORMS_ENCRYPTION_KEYS": "browser:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": HOST,
        "ADMIN_BASE_URL": url,
        "EMAIL_URL": f"filemail:///{work}/mail",
        "STATIC_ROOT": str(work / "static"),
        "VAR_DIR": str(work),
        # The tests' hands are quicker than a patient's, and all of them share one address.
        "FORMS_MINIMUM_SECONDS": "0.2",
        "FORMS_RATE_SOFT_LIMIT": "1000",
        "FORMS_RATE_HARD_LIMIT": "2000",
        # The tests' own receivers of webhooks.
        "WEBHOOKS_ALLOWED_HOSTS": HOST,
    }


@contextlib.contextmanager
def _database(work: Path) -> Iterator[str]:
    """Give the address of an empty database beside the one the other tests use, and drop it in the end."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{work}/browser.sqlite3"
        return
    import psycopg
    from psycopg import sql

    server, _slash, _name = url.partition("?")[0].rpartition("/")
    name = sql.Identifier(f"browser_{secrets.token_hex(4)}")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            yield f"{server}/{name.as_string(None).strip(chr(34))}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _prepare(work: Path, environment: dict[str, str]) -> dict[str, str]:
    """Fill the database and collect the static files, side by side; return the password of each user."""
    (work / "mail").mkdir()
    static = subprocess.Popen(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=environment
    )
    passwords = work / "logins.json"
    _manage(environment, "migrate", "-v0")
    _manage(environment, "load_demo", "-v0")
    _manage(environment, "shell", "-v0", "-c", MAKE_LOGINS, typed=str(passwords))
    if static.wait():
        raise RuntimeError("collectstatic failed; its own message is above.")
    kept = json.loads(passwords.read_text())["browser tests"]
    return {username: entry["password"] for username, entry in kept.items()}


def _manage(environment: dict[str, str], *arguments: str, typed: str = "") -> str:
    command = [sys.executable, "manage.py", *arguments]
    result = subprocess.run(
        command, cwd=ROOT, env=environment, input=typed, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise RuntimeError(f"manage.py {arguments[0]} failed:\n{result.stdout}\n{result.stderr}")
    return result.stdout


@contextlib.contextmanager
def _process(command: list[str], environment: dict[str, str], log: int) -> Iterator[None]:
    if command[0] == "manage.py":
        command = [sys.executable, *command]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for_answer(port: int, certificate: Path, log: Path) -> None:
    context = ssl.create_default_context(cafile=certificate)
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline:
        request = http.client.HTTPSConnection(HOST, port, timeout=SECONDS_TO_ANSWER, context=context)
        with contextlib.suppress(OSError), contextlib.closing(request):
            request.request("GET", "/healthz")
            if request.getresponse().status == http.client.OK:
                return
        time.sleep(0.1)
    raise RuntimeError(f"The site did not answer on port {port}:\n{log.read_text()[-3000:]}")


def _self_signed_certificate(work: Path) -> tuple[Path, Path]:
    """Write a certificate for the local address and its key; return both paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (work / "site.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (work / "site.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return work / "site.crt", work / "site.key"
