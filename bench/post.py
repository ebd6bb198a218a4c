"""How many forms a second are taken in, beside wagtail.contrib.forms: one server, one core, the same answers, in turns.

``python -m bench.post --posts 400``. granian serves both pages with one worker on one core; the client stands on
another, keeps its connections and has several requests under way, as patients do. Ours stores encrypted answers, index
terms, a chained event and a queued notification, under a rule; theirs stores plain answers and sends an e-mail to a
backend that drops it. In the end every acknowledged post must be stored. The last line is ``ratio N.NN``: our posts per
second over theirs.
"""

import os
import re
import socket
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv6Address
from itertools import count
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

from django.db import connection  # noqa: E402
from wagtail.contrib.forms.models import FormSubmission  # noqa: E402

from bench import export_data  # noqa: E402  The apps must be ready first.
from bench.server import HOST, measure, served  # noqa: E402
from forms.models import FormPage, Notification, Submission, SubmissionEvent  # noqa: E402

HEAD = (
    "POST {path} HTTP/1.1\r\nHost: testserver\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: {address}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n"
)
ANSWERED = re.compile(rb"HTTP/1.1 (\d+).*?\r\ncontent-length: (\d+)\r\n.*?\r\n\r\n", re.IGNORECASE | re.DOTALL)
KEPT = re.compile(rb"\r\nlocation: \S+/received/[0-9A-Z]{4}-[0-9A-Z]{4}/", re.IGNORECASE)
WARM_UP = 200


class Poster:
    """Posts one form again and again, each time as another patient, over connections that it keeps.

    The requests are put together beforehand and the answers only skimmed: the client must not be what is measured.
    """

    def __init__(self, port: int, connections: int, path: str, bodies: Iterator[str]) -> None:
        self.sockets = [socket.create_connection((HOST, port), timeout=30) for _index in range(connections)]
        self.path = path
        self.bodies = bodies
        self.addresses = patients()
        self.acknowledged = 0
        self.speeds: list[float] = []

    def run(self, posts: int) -> None:
        """Send so many posts and note how many a second that were. Exits where one is not taken."""
        bodies = [next(self.bodies).encode() for _number in range(posts)]
        requests = [
            HEAD.format(path=self.path, address=next(self.addresses), length=len(body)).encode() + body
            for body in bodies
        ]
        shares = [requests[index :: len(self.sockets)] for index in range(len(self.sockets))]
        begin = time.perf_counter()
        with ThreadPoolExecutor(len(self.sockets)) as threads:
            taken = sum(threads.map(self._send, self.sockets, shares))
        self.speeds.append(posts / (time.perf_counter() - begin))
        self.acknowledged += taken
        if taken != posts:
            raise SystemExit(f"{self.path} took {taken} of {posts} posts")

    def _send(self, connection: socket.socket, requests: list[bytes]) -> int:
        """Send the requests one after the other and return how many were taken."""
        taken = 0
        for request in requests:
            connection.sendall(request)
            answer = connection.recv(65536)
            while not (head := ANSWERED.match(answer)) or len(answer) < head.end() + int(head[2]):
                answer += connection.recv(65536)
            taken += head[1] == b"200" or KEPT.search(head[0]) is not None
        return taken

    @property
    def speed(self) -> float:
        """Posts per second: the median of the rounds."""
        return statistics.median(self.speeds)


def patients() -> Iterator[str]:
    """Yield the addresses of patients, as a proxy hands them on: two of one address hardly ever send at once."""
    for number in count(1):
        yield str(IPv6Address((0x2001_0DB8 << 96) + number))


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


def learn_sizes() -> None:
    """Let PostgreSQL count its rows, as autovacuum does a minute after the first: a new table is taken for empty."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


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


def run(posts: int, rounds: int, connections: int) -> None:
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
    with served(cores[0]) as port:
        ours = Poster(port, connections, f"/forms/{page.form_id}/", our_bodies(page))
        theirs = Poster(port, connections, "/theirs/", their_bodies(data.contrib_names))
        for poster in (ours, theirs):  # Caches and statements are made once.
            poster.run(WARM_UP)
            poster.speeds.clear()
        learn_sizes()
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


if __name__ == "__main__":
    measure(run, __doc__, "posts", 400, more=", 8 fields")
