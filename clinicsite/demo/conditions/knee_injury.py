"""Injuries of the knee."""

import datetime

from clinicsite.demo.conditions.publishers import AAOS, JOSPT, MEDLINEPLUS
from clinicsite.demo.vocabulary import Condition, Source, callout, exercise

ACL_INJURY = Condition(
    slug="acl-injury",
    title="ACL injury and recovery",
    short_name="your ACL",
    other_names=("Torn ACL", "Anterior cruciate ligament tear", "ACL rehab"),
    regions=("knee",),
    summary="""The ACL keeps the shin from sliding forward and the knee from twisting. A tear often happens
        without any
        contact, with a pop and fast swelling. With or without surgery, months of well-planned training are
        what bring
        the knee back.""",
    search_description="""Torn ACL: first aid, surgery or not, the stages of rehab and the tests that tell
        when you are
        ready for sport.""",
    emergency="""
- The knee or lower leg looks out of place, or the foot is cold, pale or numb
- You cannot put any weight on the leg, and the pain is severe
- After surgery: chest pain or sudden shortness of breath
""",
    urgent="""
- A pop and swelling within two hours of an injury
- A knee that is locked and will not straighten
- After surgery: a calf that is swollen and sore, fever, or a wound that is red or leaks
- A knee that gives way when you walk
""",
    routine="""
- You have a known tear and want to avoid surgery or get ready for it
- Your rehab has stalled
- You want to know whether you are ready to play
""",
    symptoms_introduction="""The first hours often tell the story.""",
    symptoms="""
A pop, then swelling
Within two hours in most people.

A knee that gives way
Above all when you turn or change direction.

Stiffness
The knee will not bend or straighten all the way.

Fear of trusting the knee
It is part of the injury, and part of the rehab.
""",
    pattern="""Swelling and pain calm down over two to six weeks. Walking straight may then feel normal, while
        turning does not. A knee that swells again after training has had too much that day.""",
    causes_introduction="""Most tears happen when the foot is fixed and the knee twists.""",
    causes="""
Cutting and pivoting
Soccer, basketball and handball.

Landing badly
On one leg with a straight knee that falls inward.

A ski that does not release
The lower leg is turned by force.

A blow
To the side of the knee in a tackle.
""",
    treatment_introduction="""
First we get swelling down, motion back and the thigh muscle firing again. That is the same with and without
surgery.

Then you, your surgeon and we decide. Age, sport, other injuries and how often the knee gives way all count.
Some people do well without an operation.
""",
    treatments={
        "strength": """Months of it. The thigh on the injured side should reach at least nine tenths of the
            other one.""",
        "balance": """Single-leg balance, then hopping, then turning, always with good control first.""",
        "sport": "",
        "education": """You get a plan by goals, not by weeks alone, and see which ones you have met.""",
    },
    outlook="""After surgery, plan on nine to twelve months before sports with turning. Going back earlier
        raises the chance of a new tear. Most people return to some sport, though not all to their old level,
        and we are open about that from the start.""",
    self_care=(
        callout(
            "The first week",
            """Keep the leg up, use a wrap and crutches if you limp, and tighten your thigh muscle for five
                seconds, ten times each hour you are awake. See someone within days.""",
        ),
        exercise(
            "Bridge",
            "Early strength, safe for most knees.",
            "Lie on your back with your knees bent.",
            "Lift your hips and hold for three seconds.",
            dose="3 rounds of 10, once a day",
            stop_if="your surgeon told you to wait, or the back of the knee cramps",
            picture="exercise-bridge",
            alt_text="A person lies on the back with bent knees and lifts the hips off the floor",
        ),
        exercise(
            "One-leg balance",
            "Brings back trust, once you walk without a limp.",
            "Stand next to a counter on the injured leg, knee slightly bent.",
            "Hold still for 30 seconds. Then try it with your eyes closed and one finger on the counter.",
            dose="3 times, once a day",
            stop_if="the knee gives way",
            picture="exercise-balance",
            alt_text="A person stands on one leg with one hand on a counter",
        ),
    ),
    prevention="""
- A 15-minute warm-up with jumps, balance and strength, two or three times a week, cuts knee injuries in team
  sports.
- Learn to land softly, on two bent knees.
- Have ski bindings checked each season.
- Do not go back to sport before you pass the tests.
""",
    faqs="""
Do I need surgery?
Not everyone does. If the knee stays steady with training and you can live without turning sports, you may do
well without it. You can also decide later.

Can a torn ACL heal?
Some tears heal partly, and researchers are still learning which ones. We do not count on it.

When can I run?
Often after three to four months, when swelling is gone and strength is good enough. We test first.

Will I get arthritis?
The risk is higher after an ACL tear, with or without surgery. Strong legs and a steady weight are the best
you can do.
""",
    sources=(
        Source(
            "Knee Stability and Movement Coordination Impairments: Knee Ligament Sprain Revision 2017",
            JOSPT,
            "https://www.jospt.org/doi/10.2519/jospt.2017.0303",
            2017,
        ),
        Source(
            "Anterior Cruciate Ligament (ACL) Injuries",
            AAOS,
            "https://orthoinfo.aaos.org/en/diseases--conditions/anterior-cruciate-ligament-acl-injuries/",
        ),
        Source("Knee Injuries and Disorders", MEDLINEPLUS, "https://medlineplus.gov/kneeinjuriesanddisorders.html"),
    ),
    clinicians=("kwame-asante",),
    author="kwame-asante",
    reviewer="marisol-vega",
    reviewed=datetime.date(2026, 7, 27),
    related=("kneecap-pain", "ankle-sprain"),
)
