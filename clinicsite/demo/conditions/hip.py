"""The hip."""

import datetime

from clinicsite.demo.conditions.publishers import AAOS, CDC, COCHRANE, JOSPT
from clinicsite.demo.vocabulary import Condition, Source, callout, exercise

HIP_OSTEOARTHRITIS = Condition(
    slug="hip-osteoarthritis",
    title="Hip osteoarthritis",
    short_name="hip pain",
    other_names=("Hip arthritis", "Coxarthrosis", "Worn hip"),
    regions=("hip",),
    summary="""In hip osteoarthritis the joint becomes rough, stiff and sore. It cannot be undone, but strength and
        movement often bring less pain and longer walks. Many people put off surgery for years or never need it.""",
    search_description="""Hip osteoarthritis: what exercise can do, when to see a doctor soon, and a plan for
        less pain
        from Seattle physical therapists.""",
    emergency="""
- You cannot stand or put weight on the leg after a fall, or the leg looks shorter or turned out
- A hot, very painful hip with fever or chills
- Hip or leg pain with chest pain or sudden shortness of breath
""",
    urgent="""
- Sudden, severe pain in the groin without an injury
- You have an artificial hip, and it has become painful, or you feel ill
- One leg is swollen, warm and sore: this may be a blood clot
- Night pain that nothing eases, weight loss, or you have had cancer
- You have taken steroids for a long time and the groin has begun to hurt
""",
    routine="""
- Groin or hip pain for more than a few weeks
- Shoes and socks have become hard to put on
- You walk less because of the hip
""",
    symptoms_introduction="""Hip joint pain is mostly felt in the groin, not on the side.""",
    symptoms="""
Pain in the groin, buttock or thigh
It may reach the knee, and some people only feel it there.

Stiffness
Worst on waking or after sitting, and gone within an hour.

Less motion
Bending to cut toenails, getting out of a low car.

A limp
The body leans to spare the joint.
""",
    pattern="""Pain goes up with long walks and hills, and down with rest. Spells of worse weeks come and go,
        often after doing a lot more or a lot less than usual. Cold, wet days bother some people.""",
    causes_introduction="""The joint wears faster than it can repair itself. Often several things add up.""",
    causes="""
Age
It is most common after 50.

The shape of the joint
A shallow socket or an uneven ball from birth or youth.

An old injury
Such as a break near the joint.

Body weight
More weight means more load at each step.

Family
It runs in some families.

Heavy work
Years of lifting and carrying.
""",
    treatment_introduction="""
We measure how the hip moves, how strong you are, how far you walk in six minutes and how fast you rise from a
chair. You will see these numbers again.

Guidelines around the world name the same first steps: learning, exercise and, if it applies, losing some weight.
""",
    treatments={
        "strength": """Buttocks and thighs get stronger twice a week for at least eight weeks. Mild pain
            during exercise is safe, and tends to get less.""",
        "stretching": "",
        "manual": """Gentle pulling and gliding of the joint can ease stiffness so that exercise gets easier.""",
        "gait": """A stick in the other hand, used right, takes a good part of the load off. We show you, and
            take it away again when you do not need it.""",
    },
    outlook="""Many people have clearly less pain after two to three months of training, and keep it as long
        as they keep training. If pain still rules your days after that, a new hip is one of the most
        successful operations there is. Going in strong helps you come out strong.""",
    self_care=(
        callout(
            "Find your walking budget",
            """Count the minutes you can walk before pain goes above 5 out of 10. Walk that much, several
                times a week, and add a minute or two each week.""",
        ),
        exercise(
            "Bridge",
            "Strength for the buttocks.",
            "Lie on your back with your knees bent.",
            "Press into your feet and lift your hips.",
            "Hold for three seconds and lower slowly.",
            dose="2 rounds of 10, every other day",
            stop_if="the groin pinches sharply",
            picture="exercise-bridge",
            alt_text="A person lies on the back with bent knees and lifts the hips off the floor",
        ),
        exercise(
            "Sit to stand",
            "Makes chairs, cars and stairs easier.",
            "Sit at the front of a firm chair. Put a cushion on it if it is low.",
            "Lean forward and stand up without using your hands, if you can.",
            "Sit down slowly.",
            dose="2 rounds of 8, every other day",
            stop_if="pain stays worse the next day",
            picture="exercise-sit-to-stand",
            alt_text="A person leans forward and rises from a chair",
        ),
    ),
    prevention="""
- Keep your legs strong and your weight steady.
- Walk, cycle or swim: joints are fed by movement.
- Get a hip injury treated fully.
- Children with a limp or a hip that does not move well should be seen early.
""",
    faqs="""
Does exercise wear the joint out?
No. Sensible load feeds cartilage. People who train do not get worse on X-rays than people who rest.

When is it time for a new hip?
When pain and stiffness keep you from what matters, day and night, and good care has not helped enough. The
X-ray alone does not decide.

Do supplements help?
Studies of glucosamine for the hip show little or no effect. Ask your doctor before you take any pills.

Can I run?
Some people can. We test it with you, step by step.
""",
    sources=(
        Source(
            "Hip Pain and Mobility Deficits - Hip Osteoarthritis: Revision 2017",
            JOSPT,
            "https://www.jospt.org/doi/10.2519/jospt.2017.0301",
            2017,
        ),
        Source(
            "Exercise for osteoarthritis of the hip",
            COCHRANE,
            "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD007912.pub2/full",
            2014,
        ),
        Source(
            "Osteoarthritis of the Hip",
            AAOS,
            "https://orthoinfo.aaos.org/en/diseases--conditions/osteoarthritis-of-the-hip/",
        ),
        Source("Osteoarthritis", CDC, "https://www.cdc.gov/arthritis/osteoarthritis/index.html"),
    ),
    clinicians=("marisol-vega", "jun-manalo"),
    author="marisol-vega",
    reviewer="kwame-asante",
    reviewed=datetime.date(2026, 5, 4),
    related=("knee-osteoarthritis", "low-back-pain"),
)
