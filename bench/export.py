"""How fast and how lean an export is, beside that of wagtail.contrib.forms: the same data, in one process on one core.

``python -m bench.export --rows 100000``. Both files are taken from the admin's own address through Django's handler, as
a streaming answer that is read to its end. The last line is ``ratio N.NN``: our rows per second over theirs, for CSV.
"""

import argparse
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench import export_data  # noqa: E402  The apps must be ready first.

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Result:
    """What was measured of one export."""

    name: str
    rows: int
    seconds: float
    first_byte: float
    growth: int
    size: int

    @property
    def speed(self) -> float:
        """Rows per second."""
        return self.rows / self.seconds

    def __str__(self) -> str:
        return (
            f"{self.name:<22} {self.speed:>9,.0f} rows/s   first byte {self.first_byte:6.3f} s"
            f"   memory +{self.growth / 1e6:5.0f} MB   file {self.size / 1e6:6.1f} MB"
        )


def resident() -> int:
    """Return the memory of this process in bytes."""
    with open("/proc/self/statm") as numbers:
        return int(numbers.read().split()[1]) * PAGE_BYTES


class Peak(threading.Thread):
    """Watches the memory of this process until it is told to stop."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = resident()
        self.over = threading.Event()

    def run(self) -> None:
        """Look fifty times a second."""
        while not self.over.wait(0.02):
            self.peak = max(self.peak, resident())


@contextmanager
def peak_growth() -> Iterator[list[int]]:
    """Give a list that holds, at the end, by how many bytes memory grew at most."""
    before, watch, result = resident(), Peak(), [0]
    watch.start()
    yield result
    watch.over.set()
    watch.join()
    result[0] = max(watch.peak, resident()) - before


def measure(name: str, rows: int, ask: Any) -> Result:
    """Read the answer that ``ask`` gets to its end, and return what it took."""
    size, first = 0, 0.0
    with peak_growth() as growth:
        begin = time.perf_counter()
        response = ask()
        for chunk in response.streaming_content:
            first = first or time.perf_counter() - begin
            size += len(chunk)
        seconds = time.perf_counter() - begin
    response.close()
    return Result(name, rows, seconds, first, growth[0], size)


def best(results: list[Result]) -> Result:
    """Return the quickest of several rounds, with the largest growth of memory among them."""
    quickest = min(results, key=lambda result: result.seconds)
    quickest.growth = max(result.growth for result in results)
    return quickest


def run(rows: int, rounds: int, *, with_xlsx: bool, ours_alone: bool) -> None:
    """Load the data, measure in turns, and print."""
    from forms.exports import views

    # The screen makes a large export in the background; here the answer itself is measured.
    views.AT_ONCE = rows
    data = export_data.load(rows, ours_alone=ours_alone)
    browser = Client()
    browser.force_login(data.user)
    asks = {
        "contrib.forms CSV": lambda: browser.get(data.contrib_url, {"export": "csv"}),
        "ours CSV": lambda: browser.post(data.url, {"format": "csv", "action": "now", "columns": data.columns}),
    }
    if with_xlsx:
        asks["contrib.forms XLSX"] = lambda: browser.get(data.contrib_url, {"export": "xlsx"})
        asks["ours XLSX"] = lambda: browser.post(data.url, {"format": "xlsx", "action": "now", "columns": data.columns})
    if ours_alone:
        asks = {name: ask for name, ask in asks.items() if name.startswith("ours")}
    results: dict[str, list[Result]] = {name: [] for name in asks}
    # Ours first: memory that the other has taken is not given back, and would hide what ours takes.
    for _round in range(rounds):
        for name in sorted(asks, reverse=True):
            results[name].append(measure(name, rows, asks[name]))
    for name in asks:
        print(best(results[name]))
    if ours_alone:
        return
    print(f"ratio {best(results['ours CSV']).speed / best(results['contrib.forms CSV']).speed:.2f}")


def main() -> None:
    """Read the options and run in a database made for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--xlsx", action="store_true", help="measure XLSX too")
    parser.add_argument("--ours-alone", action="store_true", help="leave the other out, which keeps all rows in memory")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    settings.ALLOWED_HOSTS = ["testserver"]
    print(f"{options.rows:,} rows of 8 fields on {connection.vendor}, best of {options.rounds} rounds, one core")
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        run(options.rows, options.rounds, with_xlsx=options.xlsx, ours_alone=options.ours_alone)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
