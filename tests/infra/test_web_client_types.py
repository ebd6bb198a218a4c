"""The example front end draws all that the API can answer: what it does not draw fails its build."""

import copy
import json
import re
from pathlib import Path

import pytest

from tests.browser import web_client

DOCUMENT = json.loads(web_client.DOCUMENT.read_text())


@pytest.fixture(scope="module")
def typed_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the front end whose types can be made from another document."""
    return web_client.copy_to(tmp_path_factory.mktemp("web-client-types"))


def test_the_types_hold(typed_copy: Path) -> None:
    assert web_client.faults_of_types(typed_copy, DOCUMENT) == ""


@pytest.mark.parametrize(
    ("union", "like", "file"),
    [
        ("BodyBlock", "QuoteBlock", "src/blocks/stream.tsx"),
        ("AnyPage", "ContentPage", "src/pages/page-view.tsx"),
        ("AnyField", "PhoneField", "src/forms/field-view.tsx"),
    ],
)
def test_a_type_that_the_front_end_does_not_draw_fails_its_build(
    typed_copy: Path, union: str, like: str, file: str
) -> None:
    document = copy.deepcopy(DOCUMENT)
    schemas = document["components"]["schemas"]
    added = copy.deepcopy(schemas[like])
    added["properties"]["type"]["const"] = "made_up"
    schemas["MadeUp"] = added
    schemas[union]["oneOf"].append({"$ref": "#/components/schemas/MadeUp"})
    schemas[union]["discriminator"]["mapping"]["made_up"] = "#/components/schemas/MadeUp"
    faults = web_client.faults_of_types(typed_copy, document)
    assert re.search(rf"{re.escape(file)}.*not assignable to parameter of type 'never'", faults), faults
