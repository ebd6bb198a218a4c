"""What docs/webhooks.md tells receivers to do works on messages that the site signed."""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from webhooks import signing
from webhooks.models import EventType
from webhooks.retries import WAITS

DOCS = (settings.BASE_DIR / "docs" / "webhooks.md").read_text()
BODY = '{"type":"webhook.test","data":{"webhook":"Zoë"}}'.encode()


def code(language: str) -> str:
    """Return the example in ``language``."""
    [found] = re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)
    return found


def by_python(secret: str, headers: dict[str, str], body: bytes) -> bool:
    known: dict = {}
    exec(code("python"), known)  # noqa: S102 - it is what receivers copy
    return known["is_genuine"](secret, headers, body)


def by_node(secret: str, headers: dict[str, str], body: bytes) -> bool:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed here.")
    given = json.dumps([secret, headers, body.decode("latin-1")])
    script = f"{code('js')}\nconst [s, h, b] = {given}; console.log(isGenuine(s, h, Buffer.from(b, 'latin1')));"
    done = subprocess.run([node, "-e", script], capture_output=True, text=True, check=True)
    return {"true": True, "false": False}[done.stdout.strip()]


@pytest.mark.parametrize("is_genuine", [by_python, by_node])
def test_the_examples_take_what_the_site_signed_and_nothing_else(is_genuine: Callable[..., bool]) -> None:
    old, new = signing.new_secret(), signing.new_secret()
    now = int(time.time())
    both = signing.headers("msg_1", now, BODY, [new, old])
    assert is_genuine(old, both, BODY)
    assert is_genuine(new, both, BODY)
    assert not is_genuine(signing.new_secret(), both, BODY)
    assert not is_genuine(old, both, BODY + b" ")
    assert not is_genuine(old, both | {"webhook-id": "msg_2"}, BODY)
    assert not is_genuine(old, both | {"webhook-timestamp": str(now + 1)}, BODY)
    assert not is_genuine(old, signing.headers("msg_1", now - 301, BODY, [old]), BODY)


def test_every_event_is_described_and_the_tries_are_as_said() -> None:
    for event in EventType.values:
        assert f"| `{event}` |" in DOCS
    assert "ten tries in three days" in " ".join(DOCS.split())
    assert len(WAITS) == 9
    assert 3 <= sum(wait.total_seconds() for wait in WAITS) / 86400 < 3.5


def test_the_guide_is_led_to() -> None:
    for place in ("README.md", "docs/api.md", "docs/operations.md"):
        assert "webhooks.md" in Path(settings.BASE_DIR / place).read_text()
