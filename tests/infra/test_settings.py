"""What each settings module does with the environment it is started in."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COMPLETE = {
    "SECRET_KEY": "a-long-and-random-key-made-for-this-test-only-0123456789-abcdefgh",
    "ALLOWED_HOSTS": "clinic.example",
    "FORMS_ENCRYPTION_KEYS": "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
}


def run_manage(*arguments: str, settings: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in a process of its own, with nothing in its environment but what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | {"DJANGO_SETTINGS_MODULE": f"clinicsite.settings.{settings}"} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_production_names_every_missing_variable_in_one_sentence() -> None:
    result = run_manage("check", settings="production")
    assert result.returncode == 1
    assert result.stderr.strip().splitlines() == [
        "Set these environment variables before starting: SECRET_KEY, ALLOWED_HOSTS, FORMS_ENCRYPTION_KEYS."
    ]


def test_production_names_only_what_is_missing() -> None:
    environment = COMPLETE | {"FORMS_ENCRYPTION_KEYS": ""}
    result = run_manage("check", settings="production", **environment)
    assert result.stderr.strip() == "Set these environment variables before starting: FORMS_ENCRYPTION_KEYS."


def test_production_passes_the_deployment_checks_without_a_warning() -> None:
    result = run_manage("check", "--deploy", "--fail-level", "WARNING", settings="production", **COMPLETE)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_links_in_mails_lead_to_the_first_allowed_host_unless_told_otherwise() -> None:
    program = "from django.conf import settings; print(settings.WAGTAILADMIN_BASE_URL)"
    guessed = run_manage("shell", "-v0", "-c", program, settings="production", **COMPLETE)
    told = {"ADMIN_BASE_URL": "https://cms.clinic.example"}
    given = run_manage("shell", "-v0", "-c", program, settings="production", **COMPLETE | told)
    assert (guessed.stdout.strip(), given.stdout.strip()) == ("https://clinic.example", told["ADMIN_BASE_URL"])


def test_a_database_of_another_kind_is_refused_in_one_sentence(tmp_path: Path) -> None:
    result = run_manage("check", settings="dev", DATABASE_URL="mysql://localhost/clinic", VAR_DIR=str(tmp_path))
    assert result.stderr.strip() == "DATABASE_URL must begin with sqlite:/// or postgres://."


def test_the_embedded_database_waits_for_locks_and_checks_foreign_keys(tmp_path: Path) -> None:
    program = (
        "from django.db import connection as c; cursor = c.cursor();"
        "print([cursor.execute(f'PRAGMA {name}').fetchone()[0]"
        " for name in ('journal_mode', 'foreign_keys', 'busy_timeout')])"
    )
    result = run_manage("shell", "-v0", "-c", program, settings="dev", VAR_DIR=str(tmp_path))
    assert result.stdout.strip() == "['wal', 1, 20000]", result.stderr


def test_development_keeps_generated_secrets_for_its_owner_alone(tmp_path: Path) -> None:
    program = "from django.conf import settings; print(settings.SECRET_KEY, settings.FORMS_ENCRYPTION_KEYS)"
    first = run_manage("shell", "-v0", "-c", program, settings="dev", VAR_DIR=str(tmp_path))
    second = run_manage("shell", "-v0", "-c", program, settings="dev", VAR_DIR=str(tmp_path))
    assert first.stdout == second.stdout != ""
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("secret_key", "encryption_key")} == {0o600}
