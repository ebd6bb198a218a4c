"""The conditions of the demo clinic, one module per part of the body.

The texts are original. Red flags and advice follow the sources that each condition cites.
"""

from clinicsite.demo.conditions.lower_back import LOW_BACK_PAIN, SCIATICA
from clinicsite.demo.conditions.upper_back import UPPER_BACK_PAIN
from clinicsite.demo.vocabulary import callout

INDEX = {
    "title": "Conditions we treat",
    "introduction": """Find what you have by the part of the body that hurts, or by name. Each page says when
        to get help
        fast, what you can do today and how we treat it.""",
    "search_description": """What we treat at Heronfield Physical Therapy in Seattle, from head to foot: symptoms,
        causes, when to get help, exercises and treatment.""",
    "body": (
        callout(
            "Do not see what you have?",
            """This list is not complete. Call us and describe it in your own words. If we are not the right
            place, we
            will say so and help you find it.""",
        ),
    ),
}

CONDITIONS = (
    UPPER_BACK_PAIN,
    LOW_BACK_PAIN,
    SCIATICA,
)
