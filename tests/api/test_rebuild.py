"""The API alone is enough to draw every page of the demo clinic."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import PIL.Image
import pytest
from django.utils import translation
from wagtail.models import Page

from clinicsite.models import ClinicImage, ClinicRendition, HomePage
from tests.api.conftest import ApiClient

# What gettext gives stands between these, so that an interface word is told from the same word in the content.
OPEN, CLOSE = "\u27e6", "\u27e7"
INTERFACE = re.compile(f"{OPEN}.*?{CLOSE}", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)s")
CLOCK = re.compile(f"(\\d\\d?)(?::(\\d\\d))? {OPEN}([ap])\\.m\\.{CLOSE}")
# A template may put these around a value.
PUNCTUATION = " ,.:()"
VOID = {"br", "hr", "img", "input", "meta", "link", "source", "wbr"}
UNSEEN = {"script", "style"}


@dataclass
class Seen:
    """What a reader of a page meets: words, words for pictures, files of pictures, addresses that links lead to."""

    texts: set[str] = field(default_factory=set)
    alts: set[str] = field(default_factory=set)
    pictures: set[int | str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)


class Reader(HTMLParser):
    """Collects what is seen of HTML; with ``inside``, only of the element of that name."""

    def __init__(self, inside: str | None = None) -> None:
        super().__init__()
        self.seen = Seen()
        self._inside = inside
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a picture, a link or a date, and step into the element."""
        values = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if not self._is_read():
            return
        if tag == "img":
            self.seen.alts.add(squeezed(values["alt"]))
            self.seen.pictures.add(values["src"])
        if tag == "a" and not values.get("href", "#").startswith("#"):
            self.seen.targets.add(address(values["href"]))
        if tag == "time":
            self.seen.texts.add(values["datetime"])

    def handle_endtag(self, tag: str) -> None:
        """Step out of the element."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Note the words of a piece of text that are not the interface's own."""
        if self._is_read() and not UNSEEN & set(self._open) and "time" not in self._open:
            data = CLOCK.sub(lambda match: f"{OPEN}{CLOSE}{clock(*match.groups())}{OPEN}{CLOSE}", data)
            self.seen.texts.update(squeezed(part) for part in INTERFACE.split(data))

    def _is_read(self) -> bool:
        return self._inside is None or self._inside in self._open


def squeezed(text: str) -> str:
    """Return ``text`` on one line without spaces at its ends."""
    return " ".join(text.split())


def clock(hour: str, minute: str | None, half: str) -> str:
    """Return a time of day as the API writes it."""
    return f"{int(hour) % 12 + (12 if half == 'p' else 0):02}:{minute or '00'}"


def address(url: str) -> str:
    """Return ``url`` without our own scheme and host."""
    return url.removeprefix("http://testserver").removeprefix("http://localhost")


def picture_of_each_file() -> dict[str, int]:
    """Return the id of the picture that each stored file shows."""
    copies = {copy.url: copy.image_id for copy in ClinicRendition.objects.all()}
    return copies | {image.file.url: image.pk for image in ClinicImage.objects.all()}


def strings(answer: Any) -> Iterator[str]:
    """Yield every text and number of an answer."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, list):
        for part in answer:
            yield from strings(part)
    elif answer is not None:
        yield str(answer)


def told(*answers: Any) -> Seen:
    """Return all that the answers of the API tell, where they are HTML as a reader would see it."""
    everything = Seen()
    reader = Reader()
    for text in strings(list(answers)):
        reader.feed(text) if "<" in text else everything.texts.add(squeezed(text))
    reader.close()
    everything.texts |= reader.seen.texts | set(scale_numbers(list(answers)))
    everything.alts = everything.texts
    everything.targets = reader.seen.targets | {address(text) for text in everything.texts}
    everything.pictures = set(pictures_in(list(answers)))
    return everything


def objects_in(answer: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of an answer."""
    if isinstance(answer, dict):
        yield answer
        answer = list(answer.values())
    for part in answer if isinstance(answer, list) else []:
        yield from objects_in(part)


def pictures_in(answer: Any) -> Iterator[int]:
    """Yield the ids of the pictures of an answer."""
    return (item["id"] for item in objects_in(answer) if "srcset" in item)


def scale_numbers(answer: Any) -> Iterator[str]:
    """Yield the numbers of each scale: its ends tell them all."""
    for item in objects_in(answer):
        if item.get("type") == "scale":
            yield from map(str, range(item["lowest"], item["highest"] + 1))


def forms_in(answer: Any) -> Iterator[int]:
    """Yield the ids of the forms that an answer embeds."""
    return (item["value"]["form"]["id"] for item in objects_in(answer) if item.get("type") == "form_embed")


def is_told(text: str, known: set[str]) -> bool:
    """Return whether ``text`` is a known one, or several of them with commas between."""
    bare = text.strip(PUNCTUATION)
    parts = bare.split(", ")
    return (
        not bare
        or text in known
        or bare in known
        or any(
            ", ".join(parts[:count]) in known and is_told(", ".join(parts[count:]), known)
            for count in range(1, len(parts))
        )
    )


def missing_texts(seen: Seen, known: Seen) -> set[str]:
    """Return the texts of a page that the API does not tell; a card may show no more than a text's first sentence."""
    return {
        text
        for text in seen.texts
        if not is_told(text, known.texts)
        and not (text.endswith((".", "!", "?")) and any(whole.startswith(f"{text} ") for whole in known.texts))
    }


def marked(message: Any, *_more: Any) -> str:
    """Return an interface text between marks, with what is put into it outside of them."""
    return f"{OPEN}{PLACEHOLDER.sub(lambda match: f'{CLOSE}{match[0]}{OPEN}', str(message))}{CLOSE}"


def shrink_pictures() -> None:
    """Make the pictures small, so that their many copies are quickly made: only which picture it is matters here."""
    for image in ClinicImage.objects.all():
        with image.file.open(), PIL.Image.open(image.file) as picture:
            picture.thumbnail((64, 64))
            picture.save(image.file.path, "WEBP")
            image.width, image.height = picture.size
        image.set_focal_point(None)
        image.save()


@pytest.fixture
def marked_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mark every interface text, so that what is left is content."""
    monkeypatch.setattr(translation._trans, "gettext", marked)
    monkeypatch.setattr(translation._trans, "pgettext", lambda _context, message: marked(message))
    monkeypatch.setattr(translation._trans, "ngettext", lambda one, many, number: marked(one if number == 1 else many))


def demo_pages() -> list[Page]:
    """Return the live pages of the demo, in the order of the tree."""
    return list(Page.objects.live().filter(depth__gt=1).order_by("path").specific())


def test_the_api_tells_all_that_a_reader_sees_of_every_demo_page(
    demo: HomePage, api: ApiClient, request: pytest.FixtureRequest
) -> None:
    shrink_pictures()
    site = api.get("/api/v1/site/")
    answers = {page.url: api.get("/api/v1/pages/by-path/", {"path": page.url}) for page in demo_pages()}
    forms = {
        form_id: api.get(f"/api/v1/forms/{form_id}/") for answer in answers.values() for form_id in forms_in(answer)
    }
    request.getfixturevalue("marked_interface")
    html = {url: api.client.get(url).content.decode() for url in answers}
    files = picture_of_each_file()
    lacking = {}
    for url, answer in answers.items():
        reader = Reader(inside="main")
        reader.feed(html[url])
        seen, known = reader.seen, told(site, answer, [forms[form_id] for form_id in forms_in(answer)])
        assert len(seen.texts) > 5, url
        lacking[url] = [
            *missing_texts(seen, known),
            *(seen.alts - known.alts - {""}),
            *({files[src] for src in seen.pictures} - known.pictures),
            *(target for target in seen.targets - known.targets if not target.startswith(("tel:", "mailto:"))),
        ]
    assert len(answers) > 35
    assert {url: parts for url, parts in lacking.items() if parts} == {}
