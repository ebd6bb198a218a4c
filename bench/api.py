"""How many answers a second the API gives, beside Wagtail's API v2: one server, one core, the same pages, in turns.

``python -m bench.api --requests 300``. granian serves both with one worker on one core; the client stands on another
and keeps its connections. Three pairs: a whole condition page of the demo clinic (v2: ``fields=*`` with all the page's
fields, so the same content, but blocks as stored, and links and pictures as bare ids), a list of twenty conditions, and
a reader who has the page already (``If-None-Match``; v2 knows none, so it writes the page again). No answer comes from
a cache. The line before the ratios is the page again, each time after a change of the site, so that nothing is
remembered. The last three lines are ours over theirs.
"""

import http.client
import json
import os
import re
import socket
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402  The apps must be ready first.
from django.db import connection  # noqa: E402
from wagtail.models import Page  # noqa: E402

from bench.server import HOST, measure, served  # noqa: E402
from clinicsite.models import ContentState  # noqa: E402
from conditions.models import ConditionPage  # noqa: E402

CARDS = 20
OURS, THEIRS = "/api/v1/pages/", "/api/v2/pages/"
HEAD = re.compile(rb"HTTP/1.1 (\d+)(.*?)\r\n\r\n", re.DOTALL)
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
CARD_FIELDS = "_,id,type,html_url,title,first_published_at,last_published_at,summary"


class Reader:
    """Asks for one address again and again over connections that it keeps, and checks only status and length.

    The client must not be what is measured: what an answer says is compared once, before (see ``compare``).
    """

    def __init__(self, port: int, connections: int, address: str, status: int = 200, **headers: str) -> None:
        self.sockets = [socket.create_connection((HOST, port), timeout=30) for _index in range(connections)]
        lines = [f"GET {address} HTTP/1.1", "Host: testserver", *(f"{key}: {headers[key]}" for key in headers)]
        self.request = "\r\n".join([*lines, "", ""]).encode()
        self.status = str(status).encode()
        self.speeds: list[float] = []

    def run(self, requests: int) -> None:
        """Ask so many times and note how many a second that were. Exits at an answer of another status."""
        share = requests // len(self.sockets)
        begin = time.perf_counter()
        with ThreadPoolExecutor(len(self.sockets)) as threads:
            list(threads.map(lambda each: self._ask(each, share), self.sockets))
        self.speeds.append(share * len(self.sockets) / (time.perf_counter() - begin))

    def once(self) -> float:
        """Ask once and return the seconds that it took."""
        begin = time.perf_counter()
        self._ask(self.sockets[0], 1)
        return time.perf_counter() - begin

    def _ask(self, connection: socket.socket, times: int) -> None:
        for _number in range(times):
            connection.sendall(self.request)
            answer = connection.recv(262_144)
            while not (head := HEAD.match(answer)):
                answer += connection.recv(262_144)
            if head[1] != self.status:
                raise SystemExit(f"{head[1].decode()} and not {self.status.decode()} for {self.request.decode()}")
            length = LENGTH.search(head[2])
            missing = head.end() + (int(length[1]) if length else 0) - len(answer)
            while missing > 0:
                missing -= len(connection.recv(262_144))

    @property
    def speed(self) -> float:
        """Answers per second: the median of the rounds."""
        return statistics.median(self.speeds)


def fetched(port: int, address: str) -> tuple[dict, str]:
    """Return the decoded answer at ``address``, and its tag."""
    client = http.client.HTTPConnection(HOST, port, timeout=30)
    client.request("GET", address, headers={"Host": "testserver"})
    response = client.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{response.status} for {address}: {body[:500].decode()}")
    return json.loads(body), response.headers.get("ETag", "")


def compare(ours: dict, theirs: dict, our_list: dict, their_list: dict) -> None:
    """Print what both answer, and exit where they are not about the same."""
    streams = ("causes", "symptoms", "treatments", "self_care", "faqs", "body", "sources")
    assert ours["title"] == theirs["title"]
    assert ours["summary"] == theirs["summary"]
    assert all([b["id"] for b in ours[name]] == [b["id"] for b in theirs[name]] for name in streams)
    mine, other = ([card["id"] for card in answer["items"]] for answer in (our_list, their_list))
    assert len(mine) == CARDS
    assert sorted(mine) == sorted(other)
    sizes = [len(json.dumps(answer)) for answer in (ours, theirs, our_list, their_list)]
    print("detail: ours {:,} bytes, theirs {:,}; list of 20: ours {:,}, theirs {:,}".format(*sizes))
    print("both hold the same blocks; ours also pictures with copies, links, cards, SEO and structured data")


def prepare() -> ConditionPage:
    """Load the demo clinic with twenty conditions and return the largest of them."""
    call_command("load_demo", verbosity=0)
    conditions = list(ConditionPage.objects.order_by("path"))
    for number in range(CARDS - len(conditions)):
        source = conditions[number]
        source.copy(update_attrs={"slug": f"{source.slug}-{number}", "title": f"{source.title} {number}"})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return max(conditions, key=lambda page: len(json.dumps(page.self_care.get_prep_value())))


def after_changes(reader: Reader, number: int) -> float:
    """Return the answers per second where each comes after a change of the site."""
    seconds = []
    for _number in range(number):
        ContentState.touch()
        seconds.append(reader.once())
    return 1 / statistics.median(seconds)


def run(requests: int, rounds: int, connections: int) -> None:
    """Measure the pairs in turns, and print."""
    page = prepare()
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[-1]})
    our_page = f"{OURS}by-path/?{urlencode({'path': Page.objects.get(pk=page.pk).get_url()})}"
    their_page = f"{THEIRS}{page.pk}/?fields=*"
    our_list = f"{OURS}?type=ConditionPage&limit={CARDS}"
    their_list = f"{THEIRS}?type=conditions.ConditionPage&limit={CARDS}&fields={CARD_FIELDS}"
    with served(cores[0]) as port:
        ours, tag = fetched(port, our_page)
        compare(ours, *(fetched(port, address)[0] for address in (their_page, our_list, their_list)))
        readers = {
            "v2 detail": Reader(port, connections, their_page),
            "our detail": Reader(port, connections, our_page),
            "v2 list": Reader(port, connections, their_list),
            "our list": Reader(port, connections, our_list),
            "our 304": Reader(port, connections, our_page, 304, **{"If-None-Match": tag}),
        }
        for reader in readers.values():  # Statements and templates are made once.
            reader.run(20)
            reader.speeds.clear()
        for _round in range(rounds):
            for name, reader in readers.items():
                reader.run(requests * (4 if name == "our 304" else 1))
        changing = after_changes(readers["our detail"], 30)
    speeds = {name: reader.speed for name, reader in readers.items()}
    for name, speed in speeds.items():
        print(f"{name:<22}{speed:>8,.0f} answers/s")
    print(f"{'our detail, each after a change':<32}{changing:>6,.0f} answers/s over one connection")
    print(f"ratio detail {speeds['our detail'] / speeds['v2 detail']:.2f}")
    print(f"ratio list {speeds['our list'] / speeds['v2 list']:.2f}")
    print(f"ratio 304 {speeds['our 304'] / speeds['v2 detail']:.2f}")


if __name__ == "__main__":
    measure(run, __doc__, "requests", 300)
