"""What must be true before the site can start, each failure one plain sentence."""

import errno
import socket

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import DatabaseError, connection


def require_free_port(host: str, port: int) -> None:
    """Do nothing where a server may listen on ``host`` and ``port``; raise CommandError with the reason where not."""
    if not 0 < port < 65536:
        raise CommandError(f"{port} is not a port: choose a number between 1024 and 65535, such as PORT=8000.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # A port whose last connections are still closing is free for a server.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(_why_not(error, host, port)) from error


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: choose another one, such as make serve PORT={port + 1}."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} may not be used without special rights: choose one above 1023, such as PORT=8000."
    return f"The site cannot listen on {host}, port {port}: {error.strerror or error}. Check HOST and PORT."


def require_database() -> None:
    """Do nothing where the database answers; raise CommandError naming it and the reason where it does not."""
    try:
        connection.ensure_connection()
    except (DatabaseError, ImproperlyConfigured) as error:
        reason = " ".join(str(error).split()).rstrip(".?")
        raise CommandError(
            f"Check DATABASE_URL: the database {database_name()} cannot be reached ({reason})."
        ) from error


def database_name() -> str:
    """Return the name a person knows the database by, without its user and password."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(config["NAME"])
    return f"{connection.vendor}://{config['HOST'] or 'localhost'}:{config['PORT'] or 'default'}/{config['NAME']}"
