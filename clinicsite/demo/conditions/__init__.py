"""The conditions of the demo clinic, one module per part of the body.

The texts are original. Red flags and advice follow the sources that each condition cites.
"""

from clinicsite.demo.conditions.ankle_foot import ANKLE_SPRAIN, PLANTAR_HEEL_PAIN
from clinicsite.demo.conditions.arm import CARPAL_TUNNEL, TENNIS_ELBOW
from clinicsite.demo.conditions.balance import VERTIGO
from clinicsite.demo.conditions.head import JAW_PAIN, NECK_HEADACHE
from clinicsite.demo.conditions.hip import HIP_OSTEOARTHRITIS
from clinicsite.demo.conditions.knee import KNEE_OSTEOARTHRITIS, KNEECAP_PAIN
from clinicsite.demo.conditions.knee_injury import ACL_INJURY
from clinicsite.demo.conditions.lower_back import LOW_BACK_PAIN, SCIATICA
from clinicsite.demo.conditions.neck import NECK_PAIN, WHIPLASH
from clinicsite.demo.conditions.shoulder import FROZEN_SHOULDER, ROTATOR_CUFF
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
    NECK_HEADACHE,
    JAW_PAIN,
    VERTIGO,
    NECK_PAIN,
    WHIPLASH,
    FROZEN_SHOULDER,
    ROTATOR_CUFF,
    UPPER_BACK_PAIN,
    TENNIS_ELBOW,
    CARPAL_TUNNEL,
    LOW_BACK_PAIN,
    SCIATICA,
    HIP_OSTEOARTHRITIS,
    KNEE_OSTEOARTHRITIS,
    KNEECAP_PAIN,
    ACL_INJURY,
    ANKLE_SPRAIN,
    PLANTAR_HEEL_PAIN,
)
