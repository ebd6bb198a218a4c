"""How many forms a second are taken in, beside wagtail.contrib.forms: one server, one core, the same answers, in turns.

``python -m bench.post --posts 400``. granian serves both pages with one worker on one core; the client stands on
another and keeps its connection. Ours stores encrypted answers, index terms, a chained event and a queued notification,
under a rule; theirs stores plain answers and sends an e-mail to a backend that drops it. In the end every acknowledged
post must be stored. The last line is ``ratio N.NN``: our posts per second over theirs.
"""

import argparse
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

from django.db import connection  # noqa: E402
from wagtail.contrib.forms.models import FormSubmission  # noqa: E402

from bench import export_data  # noqa: E402  The apps must be ready first.
from forms.models import FormPage, Notification, Submission, SubmissionEvent  # noqa: E402

HOST = "127.0.0.1"
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Host": "testserver", "Sec-Fetch-Site": "same-origin"}
KEPT = re.compile(r"/received/[0-9A-Z]{4}-[0-9A-Z]{4}/")


class Poster:
    """Posts one form again and again, each time as another patient."""

    def __init__(self, client: http.client.HTTPConnection, path: str, bodies: Iterator[str]) -> None:
        self.client = client
        self.path = path
        self.bodies = bodies
        self.acknowledged = 0
        self.speeds: list[float] = []

    def run(self, posts: int) -> None:
        """Send so many posts and note how many a second that were."""
        bodies = [next(self.bodies) for _number in range(posts)]
        begin = time.perf_counter()
        for body in bodies:
            self.client.request("POST", self.path, body, HEADERS)
            response = self.client.getresponse()
            response.read()
            is_kept = response.status == 200 or KEPT.search(response.headers.get("Location", ""))
            if not is_kept:
                raise SystemExit(f"{self.path} answered {response.status}")
            self.acknowledged += 1
        self.speeds.append(posts / (time.perf_counter() - begin))

    @property
    def speed(self) -> float:
        """Posts per second: the median of the rounds."""
        return statistics.median(self.speeds)


def our_bodies(page: FormPage) -> Iterator[str]:
    """Yield what a browser sends with our form, for one patient after the other."""
    definition = page.definition
    assert definition is not None
    ids = [question["id"] for question in definition.questions]
    kinds = [choice["id"] for choice in definition.questions[3]["choices"]]
    number = 0
    while True:
        number += 1
        values = export_data.answers(number)
        values[3], values[4] = kinds[values[3]], [export_data.DAYS[day].lower() for day in values[4]]
        sent = dict(zip(ids, values, strict=True))
        extra = {"version": "1", "source": "/ours/", "key": f"00000000-0000-4000-8000-{number:012}", "seconds": "40"}
        yield urlencode(sent | extra | {"website": ""}, doseq=True)


def their_bodies(names: list[str]) -> Iterator[str]:
    """Yield what a browser sends with the form of wagtail.contrib.forms."""
    number = 0
    while True:
        number += 1
        values = export_data.answers(number)
        values[3] = ("New patient", "Existing patient")[values[3]]
        values[4] = [export_data.DAYS[day] for day in values[4]]
        yield urlencode(dict(zip(names, values, strict=True)), doseq=True)


@contextmanager
def served(core: int) -> Iterator[http.client.HTTPConnection]:
    """Run the site on one core and give a connection to it."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    command += ["--workers", "1", "--log-level", "error", "clinicsite.wsgi:application"]
    environment = os.environ | {"BENCH_DATABASE": str(connection.settings_dict["NAME"])}
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)
    try:
        os.sched_setaffinity(process.pid, {core})
        client = http.client.HTTPConnection(HOST, port, timeout=30)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                client.request("GET", "/healthz", headers={"Host": "testserver"})
                client.getresponse().read()
                break
            except OSError:
                client.close()
                time.sleep(0.2)
        yield client
        client.close()
    finally:
        process.terminate()
        process.wait()


def plain_inserts(page: FormPage, number: int) -> float:
    """Return how many rows a second the ORM inserts one by one, for scale."""
    definition = page.definition
    assert definition is not None
    begin = time.perf_counter()
    made = [
        Submission.objects.create(
            definition=definition, form_id=definition.form_id, answers_encrypted=b"x" * 400, key_id="none"
        )
        for _index in range(number)
    ]
    speed = number / (time.perf_counter() - begin)
    Submission.objects.filter(pk__in=[each.pk for each in made]).delete()
    return speed


def run(posts: int, rounds: int) -> None:
    """Make both forms, post to them in turns, count what is stored, and print."""
    data = export_data.load(0)
    page = FormPage.objects.get()
    page.notification_recipients, page.response_hours, page.retention_days = "desk@harbor.example", 24, 365
    fields = page.steps.get_prep_value()
    parts = fields[0]["value"]["fields"]
    condition = {"question": parts[3]["id"], "operator": "answered", "value": None}
    parts[7]["value"]["rule"] = {"match": "all", "conditions": [condition]}
    page.steps = fields
    page.save()
    inserts = plain_inserts(page, 500)
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[-1]})
    with served(cores[0]) as client:
        ours = Poster(client, f"/forms/{page.form_id}/", our_bodies(page))
        theirs = Poster(client, "/theirs/", their_bodies(data.contrib_names))
        for poster in (ours, theirs):  # Caches and statements are made once.
            poster.run(20)
            poster.speeds.clear()
        for _round in range(rounds):
            ours.run(posts)
            theirs.run(posts)
    assert Submission.objects.count() == ours.acknowledged, "a post was acknowledged and not stored"
    assert SubmissionEvent.objects.count() == Notification.objects.count() == ours.acknowledged
    assert FormSubmission.objects.count() == theirs.acknowledged
    print(f"plain ORM insert      {inserts:>8,.0f} rows/s, for scale")
    print(f"contrib.forms POST    {theirs.speed:>8,.0f} requests/s")
    print(f"ours POST             {ours.speed:>8,.0f} requests/s, {ours.acknowledged:,} acknowledged and stored")
    print(f"ratio {ours.speed / theirs.speed:.2f}")


def main() -> None:
    """Read the options and run in a database made for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(
        f"{options.rounds} rounds of {options.posts} posts, 8 fields, on {connection.vendor}, one core for the server"
    )
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        run(options.posts, options.rounds)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
