"""The ankle and the foot."""

import datetime

from clinicsite.demo.conditions.publishers import AAOS, JOSPT, MEDLINEPLUS, NHS, NIAMS
from clinicsite.demo.vocabulary import Condition, Source, callout, exercise

ANKLE_SPRAIN = Condition(
    slug="ankle-sprain",
    title="Ankle sprain",
    short_name="an ankle sprain",
    other_names=("Rolled ankle", "Twisted ankle", "Lateral ankle ligament sprain"),
    regions=("ankle-foot",),
    summary="""A sprain stretches or tears the bands on the outer side of the ankle. Most sprains get better
        with early,
        gentle loading and balance training. Skipping that last part is why so many ankles roll again.""",
    search_description="""Rolled your ankle? How to tell if it may be broken, what to do in the first days,
        and how to
        keep it from happening again.""",
    emergency="""
- The ankle or foot looks out of shape, or a bone shows
- The foot is cold, pale, blue or numb
- Severe pain and swelling that grow fast, with a hard, tight calf
""",
    urgent="""
- You could not take four steps right after it happened, or cannot now
- It hurts when you press the bone at the tip or back edge of either ankle bump, or the outer edge of the mid-foot
- Pain above the ankle, in the shin or at the back of the heel with a pop
- A hot, red ankle with fever
- Swelling and pain in the calf in the days after
""",
    routine="""
- It still hurts to walk after one week
- The ankle feels wobbly or rolls again
- You want to go back to sport
""",
    symptoms_introduction="""How bad it looks in the first hours tells little about how long it will take.""",
    symptoms="""
Pain on the outer side
In front of and below the ankle bump.

Swelling and bruising
The bruise may sink down to the toes.

Stiffness
Above all when you bring your foot up.

A wobbly feeling
The ankle does not trust uneven ground.
""",
    pattern="""The first three days are the sorest. Swelling tends to grow toward evening for several weeks.
        Quick turns and rough ground are the last things to feel right.""",
    causes_introduction="""The foot rolls inward and the body's weight goes over it.""",
    causes="""
A step on uneven ground
A curb, a root, another player's foot.

An earlier sprain
The strongest risk of all, if it was not trained.

Poor balance or tired legs
Late in the game, late in the day.

Shoes
High heels or worn-out soles.
""",
    treatment_introduction="""
We check by a well-tested rule whether you need an X-ray. Then we start early: walking well comes first, then
balance, then jumping.
""",
    treatments={
        "tape": """A lace-up brace or tape protects the ankle for the first weeks, and in sport for up to a
            year.""",
        "manual": """Gentle gliding of the joint helps to bring the foot up again and to walk without a limp.""",
        "balance": "",
        "strength": """Calf and outer shin muscles learn to catch a roll before it goes too far.""",
    },
    outlook="""A mild sprain takes one to three weeks, a bad one two to three months. Up to four in ten people
        still have some trouble a year later, mostly those who stopped when the pain was gone. Four to six
        weeks of balance training lower that risk.""",
    self_care=(
        callout(
            "The first 48 hours",
            """Protect the ankle, put it up, wrap it. Use a cold pack for ten minutes at a time if it soothes.
                Walk as soon as you can do it without a limp, with crutches if you need them.""",
        ),
        exercise(
            "One-leg balance",
            "The best protection against the next sprain.",
            "Stand on the sore leg next to a counter.",
            "Keep your knee a little bent and hold still.",
            "Harder: stand on a cushion.",
            dose="3 times 30 seconds, every day for six weeks",
            stop_if="the ankle gives way or swells more",
            picture="exercise-balance",
            alt_text="A person stands on one leg with one hand on a counter",
        ),
        exercise(
            "Heel raise",
            "Brings back push and strength.",
            "Hold on to a counter, feet hip-wide.",
            "Rise onto your toes with both feet. Lower slowly.",
            "Later, lower on the sore leg alone.",
            dose="3 rounds of 10, every other day",
            stop_if="it hurts sharply at the back of the heel",
            picture="exercise-heel-raise",
            alt_text="A person holds on to a counter and rises onto the toes",
        ),
    ),
    prevention="""
- Train balance for five minutes, three times a week, all season.
- Wear a brace in sport for the first year after a sprain.
- Warm up, and stop when your legs are spent.
- Light the path at home, and clear the steps.
""",
    faqs="""
Is it broken or sprained?
If you can take four steps and the bones are not sore to press, a break is unlikely. If in doubt, have it
looked at today.

Is ice needed?
It may ease pain. Healing does not depend on it.

When can I play again?
When you can hop, cut and land on it as well as on the other side. We test that.
""",
    sources=(
        Source(
            "Ankle Stability and Movement Coordination Impairments: Lateral Ankle Ligament Sprains Revision 2021",
            JOSPT,
            "https://www.jospt.org/doi/10.2519/jospt.2021.0302",
            2021,
        ),
        Source("Sprained Ankle", AAOS, "https://orthoinfo.aaos.org/en/diseases--conditions/sprained-ankle/"),
        Source("Sprains and Strains", NIAMS, "https://www.niams.nih.gov/health-topics/sprains-and-strains"),
    ),
    clinicians=("kwame-asante", "jun-manalo"),
    author="jun-manalo",
    reviewer="kwame-asante",
    reviewed=datetime.date(2026, 9, 7),
    related=("plantar-heel-pain", "acl-injury"),
)

PLANTAR_HEEL_PAIN = Condition(
    slug="plantar-heel-pain",
    title="Plantar heel pain",
    short_name="heel pain",
    other_names=("Plantar fasciitis", "Heel spur pain", "Plantar fasciopathy"),
    regions=("ankle-foot",),
    summary="""Plantar heel pain is a sharp pain under the heel with the first steps of the day. The strong
        band under
        your foot is sore where it joins the heel. It can take months, but simple daily work helps most people.""",
    search_description="""Plantar fasciitis and heel pain: why the first steps hurt, which stretches and
        exercises help,
        and when to see a doctor.""",
    emergency="""
- A sudden snap at the back of the heel or calf, and you cannot push off: the Achilles tendon may be torn
- A fall from a height onto the heel, and you cannot put weight on it
- A hot, red, swollen foot with fever, above all if you have diabetes
""",
    urgent="""
- A sore or wound on the foot, and you have diabetes or poor blood flow
- Numbness or burning in the foot that is new
- Heel pain on both sides with long morning stiffness, red eyes or a rash
- Pain at night or at rest that gets worse, or a heel that is very sore when squeezed from both sides
""",
    routine="""
- First-step pain for more than two or three weeks
- You limp, or have cut down on walking
- Insoles or rest alone have not helped
""",
    symptoms_introduction="""Most people can put a thumb on the spot.""",
    symptoms="""
Sharp pain with the first steps
In the morning, and after sitting.

An ache after long standing
It builds toward evening.

A tender spot
Under the inner side of the heel.

Tight calves
The foot will not come up far.
""",
    pattern="""The first ten steps are the worst, then it eases, then it comes back after a long day on your
        feet. It goes up and down for months before it fades.""",
    causes_introduction="""The band under the foot carries load at each step. It gets sore when there is more
        than it is used to.""",
    causes="""
More time on your feet
A new job, a trip, a new sport.

Tight or weak calves
They pass more strain to the foot.

Shoes with little support
Or barefoot on hard floors, when you are not used to it.

Body weight
More weight, more load.

A heel spur?
Many people have one and feel nothing. It is seldom the cause.
""",
    treatment_introduction="""
We look at your feet, calves, shoes and your week. We also make sure that the pain does not come from a nerve
or the bone.
""",
    treatments={
        "stretching": """Stretching the calf and the band under the foot, twice a day, is the first step in
            the guideline.""",
        "tape": """Tape under the arch often eases the first steps the same day. If it does, a ready-made
            insole may do the same for longer.""",
        "strength": """Slow heel raises make the band and the calf stronger. It is hard work, and worth it.""",
        "load": "",
    },
    outlook="""Most people get better within three to twelve months, faster when they start early. A few need
        more, such as shock waves or an injection, and we talk through the good and the bad of each.""",
    self_care=(
        callout(
            "Before your first step",
            """Sit on the edge of the bed. Pull your toes back with your hand for ten seconds, ten times. Put
                on shoes with a cushioned heel before you stand.""",
        ),
        exercise(
            "Calf stretch at the wall",
            "Takes strain off the heel.",
            "Stand facing a wall with the sore leg behind you, heel down, knee straight.",
            "Lean forward until you feel a stretch in your calf.",
            "Hold for 30 seconds. Then do the same with the knee slightly bent.",
            dose="3 times each, twice a day",
            stop_if="the heel hurts more instead of less",
            picture="exercise-calf-stretch",
            alt_text="A person leans into a wall with one leg stretched out behind",
        ),
        exercise(
            "Heel raise on a towel",
            "Makes the band under your foot stronger.",
            "Put a rolled towel under your toes and hold on to a counter.",
            "Rise slowly, counting to three. Hold for two. Lower, counting to three.",
            dose="3 rounds of 8 to 12, every other day",
            stop_if="pain goes above 5 out of 10",
            picture="exercise-heel-raise",
            alt_text="A person holds on to a counter and rises onto the toes",
        ),
    ),
    prevention="""
- Raise your steps per day bit by bit.
- Replace worn-out shoes, and change between two pairs.
- Keep calves strong and loose.
- On hard floors, wear slippers with a sole.
""",
    faqs="""
Do I need an X-ray?
Mostly not. It is useful when the pain does not fit or does not change.

Should I stop walking?
No. Walk less, on softer ground, in cushioned shoes.

Are expensive insoles better?
Studies found no clear advantage over ready-made ones for heel pain.

Do steroid injections help?
They may ease pain for about a month, and carry a small risk of harm to the band. They are not a first step.
""",
    sources=(
        Source(
            "Heel Pain - Plantar Fasciitis: Revision 2023",
            JOSPT,
            "https://www.jospt.org/doi/10.2519/jospt.2023.0303",
            2023,
        ),
        Source(
            "Plantar Fasciitis and Bone Spurs",
            AAOS,
            "https://orthoinfo.aaos.org/en/diseases--conditions/plantar-fasciitis-and-bone-spurs/",
        ),
        Source("Heel Injuries and Disorders", MEDLINEPLUS, "https://medlineplus.gov/heelinjuriesanddisorders.html"),
        Source("Plantar fasciitis", NHS, "https://www.nhs.uk/conditions/plantar-fasciitis/"),
    ),
    clinicians=("jun-manalo", "kwame-asante"),
    author="jun-manalo",
    reviewer="amina-warsame",
    reviewed=datetime.date(2026, 8, 17),
    related=("ankle-sprain",),
)
