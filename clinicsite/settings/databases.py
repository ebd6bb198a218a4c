"""The database of a deployment: ``DATABASE_URL``, or an SQLite file that needs nothing installed."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")

# https://www.sqlite.org/wal.html: readers are not blocked by the one writer. A cache of 16 MB a connection keeps the
# indexes of a busy clinic's requests in memory; SQLite's own 2 MB do not.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000;"
    " PRAGMA cache_size=-16384;"
)


def database_from_env(env: environ.Env, sqlite_path: Path) -> dict[str, Any]:
    """Return Django's settings for the one database: the URL of ``DATABASE_URL``, else SQLite at ``sqlite_path``.

    SQLite runs in WAL mode with a busy timeout of 20 s and takes its write lock at the start of a transaction,
    so that a concurrent writer waits instead of failing with "database is locked"
    (https://docs.djangoproject.com/en/5.2/ref/databases/#sqlite-notes).
    Raises ImproperlyConfigured for a database this project is not tested with.
    """
    config = env.db_url("DATABASE_URL", default=f"sqlite:///{sqlite_path}")
    if config.get("ENGINE") not in ENGINES:
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS}
    else:
        config["ENGINE"] = "clinicsite.postgresql"
        config["CONN_HEALTH_CHECKS"] = True
    # Kept: SQLite writes its log back into the file whenever the last connection closes, which takes milliseconds.
    config["CONN_MAX_AGE"] = 600
    return config
