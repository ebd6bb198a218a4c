"""Web server and worker live and die together."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# Two of Django's own servers on any free port stand for the two processes: they start without a database.
PROGRAM = """
    import sys
    from django.conf import settings
    settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF="clinicsite.devserver")
    import django
    django.setup()
    from clinicsite.devserver import processes
    processes.SECONDS_TO_SETTLE = float(sys.argv[1])
    command = ["runserver", "127.0.0.1:0", "--noreload"]
    parts = [processes.Part("web server", command), processes.Part("worker", command)]

    def started():
        print(*(part.process.pid for part in parts), flush=True)

    start = processes.Part.start
    def noted(self, fresh=False):
        start(self, fresh)
        if fresh:
            print("again", self.name, self.process.pid, flush=True)
    processes.Part.start = noted
    processes.run_together(parts, started, lambda text: print(text, flush=True))
"""


def start(tmp_path: Path, settle: float = 0) -> tuple[subprocess.Popen[str], list[int]]:
    """Start the two processes under their keeper; return the keeper and the ids of the two."""
    keeper = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), str(settle)],
        cwd=ROOT,
        env=os.environ | {"VAR_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert keeper.stdout
    children = [int(pid) for pid in keeper.stdout.readline().split()]
    assert len(children) == 2, keeper.stderr and keeper.stderr.read()
    return keeper, children


def is_running(pid: int) -> bool:
    """Return whether there is a process ``pid``."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_the_keeper_ends_both_processes(tmp_path: Path, number: signal.Signals) -> None:
    keeper, children = start(tmp_path)
    keeper.send_signal(number)
    output, errors = keeper.communicate(timeout=20)
    assert keeper.returncode == 0, errors
    assert "Ending" in output
    assert "Traceback" not in errors
    assert not any(map(is_running, children))


def test_ctrl_c_in_a_terminal_reaches_all_and_ends_all_quietly(tmp_path: Path) -> None:
    keeper, children = start(tmp_path)
    os.killpg(keeper.pid, signal.SIGINT)
    output, errors = keeper.communicate(timeout=20)
    assert keeper.returncode == 0, errors
    assert "unexpectedly" not in output
    assert "Traceback" not in errors
    assert not any(map(is_running, children))


def test_a_worker_that_dies_is_started_again(tmp_path: Path) -> None:
    keeper, children = start(tmp_path)
    os.kill(children[1], signal.SIGKILL)
    assert keeper.stdout
    assert "The worker ended unexpectedly (exit code -9)" in keeper.stdout.readline()
    words = keeper.stdout.readline().split()
    assert words[:2] == ["again", "worker"]
    time.sleep(0.5)
    assert is_running(children[0])
    keeper.terminate()
    keeper.communicate(timeout=20)
    assert not is_running(int(words[2]))


def test_a_process_that_cannot_stay_up_ends_everything_with_a_reason(tmp_path: Path) -> None:
    keeper, children = start(tmp_path, settle=60)
    os.kill(children[0], signal.SIGKILL)
    _output, errors = keeper.communicate(timeout=20)
    assert keeper.returncode == 1
    assert "The web server ended right after its start (exit code -9)" in errors
    assert not any(map(is_running, children))
