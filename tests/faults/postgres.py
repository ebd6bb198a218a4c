"""A PostgreSQL server of our own, which a test may restart."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.forms.mail import free_port
from tests.parts import find_postgres


class PrivatePostgres:
    """A cluster in a temporary folder, on a port of its own; PostgreSQL refuses to run as root, so not as root."""

    def __init__(self) -> None:
        self.work = Path(tempfile.mkdtemp(prefix="clinic-faults-"))
        self.work.chmod(0o755)
        self.data = self.work / "data"
        self.data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.data, "postgres")
        self.server = f"postgres://postgres@127.0.0.1:{free_port()}"
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        port = self.server.rpartition(":")[2]
        # The machine itself does not crash: what the server wrote is there without waiting for the disk.
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.data} -c fsync=off"
        self._control("start", "-w", "-l", str(self.data / "log"), "-o", options)

    def restart(self) -> None:
        """Break the server off as a crash would, and start it again."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Break the server off: no connection is ended in an orderly way."""
        self._control("stop", "-m", "immediate")

    def remove(self) -> None:
        """End the server and remove all of it."""
        self.stop()
        shutil.rmtree(self.work)

    def _control(self, command: str, *options: str) -> None:
        self._run("pg_ctl", "-D", str(self.data), command, *options)

    def _run(self, program: str, *arguments: str) -> None:
        path = find_postgres(program)
        assert path, f"{program} is missing"
        command = [path, *arguments]
        if os.geteuid() == 0:
            command = ["su", "postgres", "-s", "/bin/sh", "-c", '"$0" "$@"', "--", *command]
        subprocess.run(
            command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
