"""Rules of every kind in one form, answers of every kind to it, and what the server shows for them.

The browser must show the same (see test_rule_parity). Answers with an error are not among them: the server refuses
those, whatever shows, and looks again once they are put right.
"""

import itertools
import random
import uuid
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from clinicsite.models import HomePage
from forms import intake, rules
from forms.definitions import questions_of
from forms.fields import FIELD_TYPES, field_type
from forms.fields.pickers import ANY, live_pages
from forms.models import FormDefinition, FormPage
from forms.rules import OPERATORS
from tests.forms.builders import a_field, a_form, a_step
from tests.forms.files import PDF

SLUG = "every-rule"
ROUNDS, GROUPS = 40, 300

# Case, accents, spaces of all kinds, letters whose lower case is longer, and what looks like nothing.
WORDS = [
    *("Ada", "  ADA  ", "ada lovelace", "Straße", "STRASSE", "İstanbul", "ΟΔΟΣ", "0", "false"),
    *(
        "\u00e9",
        "e\u0301",
        "\u00a0Ada\u00a0",
        "\u200bAda",
        "\ufeffAda",
        "Ada\u0085",
        "\u2003Ada",
        "Ada\x1f",
        "a\u2028b",
    ),
]
COMPARED_WORDS = ["ada", " ADA ", "love", "straße", "ss", "istanbul", "i\u0307stanbul", "οδος", "οδοσ", "é", "0", "  "]
NUMBERS = ["0", "-0", "1", "6", "06", "7", "10", "520"]
DECIMALS = ["0", "0.1", "0.30000000000000004", ".5", "6.0", "1e2", "-0.5", "0.29999999999999999"]
COMPARED_NUMBERS = [0, -0.0, 0.1, 0.3, 0.1 + 0.2, 1, 6, 6.0, 6.5, 10, 100, -1, 1e21]
DAYS = ["2024-02-29", "2024-03-01", "1999-12-31", "2026-01-01"]
COMPARED_DAYS = [*DAYS, "0999-01-01", "2024-02-28"]
BIRTHS = [
    *(
        ("2", "29", "1984"),
        ("02", "29", "2024"),
        ("Feb", "29", "2024"),
        ("february", " 9", "2000"),
        ("Sept.", "1", "1999"),
    ),
    *(("MARCH", "01", "2024"), ("may", "31", " 1950"), ("12", "31", "1999"), ("Oct", "010", "2001")),
]
COMPARED_BIRTHS = ["1984-02-29", "2024-02-29", "2000-02-09", "1999-09-01", "1950-05-31", "2001-10-10", "2024-03-01"]
A, B, OTHER, NONE = (
    {"type": "item", "id": f"bbbbbbbb-0000-4000-8000-00000000000{number}", "value": value}
    for number, value in enumerate(
        ({"label": "A"}, {"label": "B"}, {"label": "Other", "kind": "other"}, {"label": "None", "kind": "none"})
    )
)

Typed = dict[str, list[str]]


def question_id(name: str) -> str:
    """Return the id of the question called ``name``."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def _asked() -> dict[str, dict[str, Any]]:
    """Return the questions by name: one of each type that a rule may look at, and of some types another."""
    options: dict[str, dict[str, Any]] = {
        "single_line": {"label": "Line"},
        "number": {"minimum": None, "maximum": None},
        "scale": {},
        "date": {"limit": "any"},
        "radios": {"choices": [A, B, OTHER]},
        "checkboxes": {"choices": [A, B, OTHER, NONE]},
        "select": {"choices": [A, B, OTHER]},
        "consent": {"required": False},
        "name": {"parts": ["first", "middle", "last"]},
    }
    kinds = [name for name, kind in FIELD_TYPES.items() if kind.operators]
    asked = {kind: a_field(kind, field_id=question_id(kind), **options.get(kind, {})) for kind in kinds}
    asked["decimal"] = a_field("number", field_id=question_id("decimal"), minimum=None, maximum=None, whole=False)
    # These are asked only sometimes: what was answered to them before must count for nothing then.
    for name, kind in (("ruled_line", "single_line"), ("ruled_radios", "radios"), ("ruled_boxes", "checkboxes")):
        rule = _rule("all", _condition("radios", "is_not", A["id"]))
        asked[name] = a_field(kind, field_id=question_id(name), rule=rule, **options[kind])
    return asked


def _condition(name: str, operator: str, value: Any) -> dict[str, Any]:
    return {"question": question_id(name), "operator": operator, "value": value}


def _rule(match: str, *conditions: dict[str, Any]) -> dict[str, Any]:
    return {"match": match, "conditions": list(conditions)}


def _conditions(asked: dict[str, dict[str, Any]], choices: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """Yield for each question all conditions: each operator with each value."""
    for name, field in asked.items():
        kind = FIELD_TYPES[field["type"]]
        values = {
            "text": COMPARED_WORDS,
            "number": COMPARED_NUMBERS,
            "date": COMPARED_BIRTHS if name == "date_of_birth" else COMPARED_DAYS,
            "choice": [*choices[name], "gone"],
            "": [],
        }[kind.operand]
        for operator in kind.operators:
            operand = OPERATORS[operator].operand
            many = [[], *([each] for each in values), *(list(pair) for pair in itertools.combinations(values, 2))]
            for value in {"none": [None], "one": values, "many": many}[operand]:
                yield _condition(name, operator, value)


def _groups(conditions: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield rules of two to five conditions, some of them in groups; the same ones each time."""
    chance = random.Random(4)  # noqa: S311 - the same rules each time
    for _number in range(GROUPS):
        parts = chance.sample(conditions, chance.randint(2, 5))
        if len(parts) > 2:
            inner = _rule(chance.choice(["all", "any"]), *parts[2:])
            parts = [*parts[:2], inner if chance.random() < 0.6 else _rule(chance.choice(["all", "any"]), inner)]
        yield _rule(chance.choice(["all", "any"]), *parts)


def build() -> int:
    """Publish the form at /every-rule/; return how many rules it has."""
    page = FormPage.objects.filter(slug=SLUG).first() or _build(_asked())
    steps = FormDefinition.objects.current(page.form_id).content["steps"]
    return sum("rule" in field for step in steps for field in step["fields"])


def _build(asked: dict[str, dict[str, Any]]) -> FormPage:
    page = a_form(HomePage.objects.get(), steps=[a_step(*asked.values())], title="Every rule", slug=SLUG)
    frozen = questions_of(page.definition.content)
    pairs = zip(asked, frozen, strict=True)
    choices = {name: [key for key, _label in field_type(field).choices(field)] for name, field in pairs}
    conditions = list(_conditions(asked, choices))
    ruled = [*(_rule("all", each) for each in conditions), *_groups(conditions)]
    texts = [
        a_field("static_text", text=f"<p>{number}</p>", field_id=question_id(f"text {number}"), rule=rule)
        for number, rule in enumerate(ruled)
    ]
    step_rule = _rule("any", _condition("ruled_line", "answered", None), _condition("scale", "greater_than", 6))
    last = a_field("static_text", text="<p>step</p>", field_id=question_id("text step"))
    page.steps = [a_step(*asked.values(), *texts), a_step(last, rule=step_rule)]
    page.save_revision().publish()
    return page


def _fillings(name: str, kind: str) -> list[Typed]:
    """Return the ways in which a question is answered: what a browser sends for each, by the control's name."""
    key = question_id(name)
    if kind in ("single_line", "multi_line"):
        lines = ["a line\r\nADA\r\nanother"] if kind == "multi_line" else []
        return [{key: [text]} for text in [*WORDS, *lines]]
    if kind in ("date_of_birth", "name", "address"):
        return [{f"{key}_{part}": [text] for part, text in parts.items()} for parts in _parts(kind)]
    simple = {
        "number": DECIMALS if name == "decimal" else NUMBERS,
        "scale": ["0", "6", "7", "10"],
        "date": DAYS,
        "email": ["ada@example.org", "ADA@Example.Org"],
        "phone": ["206 555 0142", " +1 (206) 555-0142"],
        "consent": ["on"],
        "days_of_week": ["monday", "friday"],
        "times_of_day": ["morning"],
        "body_area": ["neck", "knee"],
        "patient_type": ["new", "existing"],
        "location": [*_ids("location"), ANY],
        "clinician": [*_ids("clinician"), ANY],
        "upload": [],
    }
    if kind in simple:
        several = [simple[kind]] if FIELD_TYPES[kind].multiple else []
        return [{key: values} for values in [*([value] for value in simple[kind]), *several]]
    other = {key: [OTHER["id"]], f"{key}_other": ["A"]}
    if kind == "checkboxes":
        other = {key: [A["id"], OTHER["id"]], f"{key}_other": ["B"]}
        return [other, {key: [A["id"]]}, {key: [A["id"], B["id"]]}, {key: [NONE["id"]]}]
    return [other, {key: [A["id"]]}, {key: [B["id"]], f"{key}_other": ["left from before"]}]


def _parts(kind: str) -> list[dict[str, str]]:
    if kind == "date_of_birth":
        return [dict(zip(("month", "day", "year"), birth, strict=True)) for birth in BIRTHS]
    if kind == "name":
        return [{"first": "Ada", "last": "Lovelace"}, {"first": " ", "middle": "\u00a0"}]
    return [{"street": "1 Pine Street", "city": "Seattle", "state": "WA", "zip": "98107"}]


def _ids(kind: str) -> list[str]:
    return [str(page.pk) for page in live_pages(kind) if getattr(page, "takes_new_patients", True)]


def expected() -> list[dict[str, Any]]:
    """Return for each round what is ``typed``, whether a ``file`` is added, and which texts the server shows.

    Round by round each question takes its next answer, or none, so that each meets many answers to the others. Fails
    where an answer is none that the server takes.
    """
    page = FormPage.objects.get(slug=SLUG)
    definition = FormDefinition.objects.current(page.form_id)
    ways = [[{}, *_fillings(name, field["type"])] for name, field in _asked().items()]
    chance = random.Random(5)  # noqa: S311 - the same answers each time
    rounds = []
    for number in range(ROUNDS):
        chosen = [way[number] if number < len(way) else chance.choice(way) for way in ways]
        typed: Typed = {key: values for each in chosen for key, values in each.items()}
        rounds.append({"typed": typed, "file": number % 2 == 1, "shown": _shown(definition, typed, number % 2 == 1)})
    return rounds


def _shown(definition: FormDefinition, typed: Typed, has_file: bool) -> list[str]:
    data = QueryDict(mutable=True)
    for key, values in typed.items():
        data.setlist(key, values)
    file = SimpleUploadedFile("card.pdf", PDF, "application/pdf")
    files = MultiValueDict({question_id("upload"): [file]} if has_file else {})
    form = intake.filled(definition, data, files)
    if not form.is_valid():
        raise AssertionError({_told(form, key): errors for key, errors in form.errors.items()})
    ids = rules.shown(definition.content, form.answers())
    texts = {
        field["id"]: field["text"].removeprefix("<p>").removesuffix("</p>")
        for step in definition.content["steps"]
        if step["id"] in ids
        for field in step["fields"]
        if field["type"] == "static_text"
    }
    return sorted(text for key, text in texts.items() if key in ids)


def _told(form: Any, key: str) -> str:
    return f"{form.questions[key]['label']}: {form.data.getlist(key)}"
