"""Web server and background worker side by side: started together, restarted on code changes, ended together."""

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from types import FrameType

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

# What Django's reloader ends a process with when a source file changed.
CODE_CHANGED = 3
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_END = 8
# A process that dies sooner than this after its start will die again: that is an error to read, not to repeat.
SECONDS_TO_SETTLE = 5


class Stop(Exception):
    """Somebody asked the site to end."""


@dataclass
class Part:
    """One of the processes: a management command that runs until it is told to end."""

    name: str
    command: list[str]
    process: ForkProcess | None = None
    started: float = field(default=0.0)

    def start(self, fresh: bool = False) -> None:
        """Start the command: in a copy of this process, which costs no imports; ``fresh`` starts a new Python."""
        connections.close_all()
        sys.stdout.flush()
        self.process = multiprocessing.get_context("fork").Process(target=_run, args=(self.command, fresh))
        # A signal in the moment of the fork would meet this process's handlers in the new one.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING_SIGNALS)
        self.process.start()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self.started = time.monotonic()

    def end(self) -> None:
        """Ask the process to end, and end it by force where it does not."""
        if self.process is None:
            return
        self.process.terminate()
        self.process.join(SECONDS_TO_END)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.is_alive()

    @property
    def settled(self) -> bool:
        """Whether the process ran long enough to call its end an accident."""
        return time.monotonic() - self.started > SECONDS_TO_SETTLE


def _run(command: list[str], fresh: bool) -> None:
    _handle_all(signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING_SIGNALS)
    # Makes Django's reloader watch the files in this process and leave the restarting to us.
    os.environ[DJANGO_AUTORELOAD_ENV] = "true"
    if fresh:
        os.execv(sys.executable, [sys.executable, "manage.py", *command])  # noqa: S606
    with contextlib.suppress(KeyboardInterrupt), open(os.devnull, "w") as nowhere:
        call_command(*command, stdout=nowhere)


def run_together(parts: list[Part], when_started: Callable[[], None], say: Callable[[str], None]) -> None:
    """Run ``parts`` until somebody asks them to end, calling ``when_started`` once they have been started.

    A changed source file restarts all of them, a worker that dies is restarted alone. Raises CommandError when a
    part cannot be kept running.
    """
    try:
        with _stop_on_signals():
            for part in parts:
                part.start()
            when_started()
            while True:
                _restart(parts, _next_to_end(parts), say)
    except (Stop, KeyboardInterrupt):
        say("Ending …")
    finally:
        for part in parts:
            part.end()


def _next_to_end(parts: list[Part]) -> Part:
    by_sentinel = {part.process.sentinel: part for part in parts if part.process}
    ended = multiprocessing.connection.wait(list(by_sentinel))
    # Ctrl-C reaches all processes at once, and a part can be gone before our own handler has run.
    time.sleep(0.2)
    part = by_sentinel[ended[0]]
    if part.process:
        part.process.join()
    return part


def _restart(parts: list[Part], ended: Part, say: Callable[[str], None]) -> None:
    exit_code = ended.process.exitcode if ended.process else None
    if exit_code == CODE_CHANGED:
        say("The code changed: starting again …")
        for part in parts:
            part.end()
            part.start(fresh=True)
    elif ended.settled:
        say(f"The {ended.name} ended unexpectedly (exit code {exit_code}): starting it again …")
        ended.start(fresh=True)
    else:
        raise CommandError(
            f"The {ended.name} ended right after its start (exit code {exit_code}); see its own message."
        )


@contextlib.contextmanager
def _stop_on_signals() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        # A second signal must not interrupt the ending that the first one began.
        _handle_all(signal.SIG_IGN)
        raise Stop

    _handle_all(stop)
    yield


def _handle_all(handler: signal.Handlers | Callable[[int, FrameType | None], None]) -> None:
    for number in ENDING_SIGNALS:
        signal.signal(number, handler)
