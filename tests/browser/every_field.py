"""A form that asks everything a form can ask: each type of field, with its options, so that all are looked at."""

from clinicsite.models import HomePage
from forms.fields import FIELD_TYPES
from forms.models import FormPage
from tests.forms.builders import a_choice, a_field, a_form, a_step

PAINFUL = "aaaaaaaa-0000-4000-8000-000000000002"
SITTING, LIFTING = a_choice("Sitting for long"), a_choice("Lifting")
OTHER = a_choice({"label": "Something else", "kind": "other"})
NONE = a_choice({"label": "None of these", "kind": "none"})


def build() -> None:
    """Publish the form at /every-question/. Fails where a type of field is not in it."""
    home = HomePage.objects.get()
    if FormPage.objects.filter(slug="every-question").exists():
        return
    steps = [_person(), _pain(), _visit()]
    asked = {field["type"] for step in steps for field in step["value"]["fields"]}
    if missing := FIELD_TYPES.keys() - asked:
        raise AssertionError(f"No question of the type {', '.join(sorted(missing))}.")
    a_form(
        home,
        steps=steps,
        title="Every question we can ask",
        slug="every-question",
        introduction="<p>It takes five minutes. In an emergency, call 911.</p>",
        promise="We call you within one working day.",
    )


def _person() -> dict:
    parts = ["prefix", "first", "middle", "last", "preferred"]
    return a_step(
        a_field("name", parts=parts, required=True, help_text="As it is on your insurance card."),
        a_field("date_of_birth", required=True, help_text="For example, 3 27 1984"),
        a_field("email", required=True, width="half"),
        a_field("phone", required=True, width="half", help_text="We call from a 206 number."),
        a_field("address", required=True),
        a_field("patient_type", required=True),
        title="About you",
        introduction="<p>So that we know who we are speaking with.</p>",
    )


def _pain() -> dict:
    rule = {"match": "all", "conditions": [{"question": PAINFUL, "operator": "greater_than", "value": 6}]}
    worse = [SITTING, LIFTING, OTHER, NONE]
    areas = ["head-jaw", "neck", "shoulder", "elbow-wrist-hand", "upper-back"]
    return a_step(
        a_field("scale", field_id=PAINFUL, required=True, high_label="Worst pain you can imagine"),
        a_field("multi_line", label="What do you do when it is this bad?", rule=rule, required=True, min_length=10),
        a_field("body_area", offered=[*areas, "lower-back", "hip", "knee", "ankle-foot"], required=True),
        a_field("date", required=True, width="third", earliest="2020-01-01"),
        a_field("number", label="Weeks of pain", required=True, width="third", error_text="Give it in weeks: 0 to 520"),
        a_field("checkboxes", label="What makes it worse?", choices=worse, required=True),
        a_field("static_text", text="<p>One more question, then you are nearly done.</p>"),
        a_field("radios", label="How did it begin?", choices=["Slowly", "All at once", OTHER], required=True),
        title="Your pain",
    )


def _visit() -> dict:
    return a_step(
        a_field("location", required=True),
        a_field("clinician", required=True),
        a_field("days_of_week", offered=["monday", "tuesday", "wednesday", "thursday", "friday"], required=True),
        a_field("times_of_day", required=True),
        a_field("select", required=True, width="half", choices=["Medicare", "I pay myself", OTHER]),
        a_field("single_line", label="Member number", mask="AA-######", required=True, width="half"),
        a_field("single_line", label="ZIP code of your work", pattern="zip", required=True, width="third"),
        a_field("multi_line", required=True, max_length=500),
        a_field("upload", required=True),
        a_field("hidden"),
        a_field("consent", label="Before you send this"),
        title="Your visit",
    )
