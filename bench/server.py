"""The frame of a measurement, and the site under it: granian with one worker on one core, on a database of the run."""

import argparse
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

HOST = "127.0.0.1"


def measure(
    run: Callable[[int, int, int], None], description: str | None, what: str, number: int, more: str = ""
) -> None:
    """Read the options and call ``run`` with them, in a database made for it.

    They are how many of ``what`` a round has (``number`` where nothing is said), how many rounds there are and how many
    connections. ``more`` is added to the line that says so.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(f"--{what}", dest="number", type=int, default=number)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=4)
    options = parser.parse_args()
    print(
        f"{options.rounds} rounds of {options.number} {what} over {options.connections} connections{more}, "
        f"on {connection.vendor}, one core for the server"
    )
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        run(options.number, options.rounds, options.connections)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


@contextmanager
def served(core: int) -> Iterator[int]:
    """Run the site on one core and give its port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "8", "--log-level", "error", "clinicsite.wsgi:application"]
    environment = os.environ | {"BENCH_DATABASE": str(connection.settings_dict["NAME"])}
    environment["BENCH_MEDIA"] = str(settings.MEDIA_ROOT)
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)
    try:
        os.sched_setaffinity(process.pid, {core})
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    """Return when the site answers; exit where it does not within half a minute."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        client = http.client.HTTPConnection(HOST, port, timeout=30)
        try:
            client.request("GET", "/healthz", headers={"Host": "testserver"})
            client.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
        finally:
            client.close()
    raise SystemExit("The site did not start.")
