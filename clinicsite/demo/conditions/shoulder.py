"""The shoulder."""

import datetime

from clinicsite.demo.conditions.publishers import AAOS, COCHRANE, JOSPT, MEDLINEPLUS, NHS, NIAMS
from clinicsite.demo.vocabulary import Condition, Source, callout, exercise

FROZEN_SHOULDER = Condition(
    slug="frozen-shoulder",
    title="Frozen shoulder",
    short_name="a frozen shoulder",
    other_names=("Adhesive capsulitis", "Stiff shoulder"),
    regions=("shoulder",),
    summary="""In a frozen shoulder the lining of the joint gets sore, thick and tight, so the arm will not
        lift or turn.
        It is slow: it often takes one to three years. It mostly gets better, and good care can make that time
        easier
        and shorter.""",
    search_description="""Frozen shoulder: the three stages, how long it lasts, what helps in each one, and safe
        exercises from Seattle physical therapists.""",
    emergency="""
- Shoulder or arm pain with chest pressure, sweating, nausea or shortness of breath
- A fall or blow, and the shoulder looks out of shape or the hand is cold or numb
- A hot, red shoulder with fever and severe pain
""",
    urgent="""
- You cannot lift the arm at all after an injury
- Pain that is severe at rest and no position eases it
- A lump, or weight loss you cannot explain
- Numbness or weakness in the hand that is new
- You have had cancer of the breast or lung, and this pain is new
""",
    routine="""
- The shoulder is losing motion from week to week
- Pain wakes you when you roll onto that side
- You have diabetes or thyroid trouble and your shoulder is getting stiff
""",
    symptoms_introduction="""It comes in three stages that run into each other.""",
    symptoms="""
Freezing: pain first
Weeks to months of pain that gets worse, most of all at night. Motion shrinks.

Frozen: stiffness
The pain eases, but the arm will not go up, back or out. This can last four to twelve months.

Thawing: motion returns
Slowly, over months.

Trouble with daily things
Fastening a bra, a seat belt or a coat is hard.
""",
    pattern="""In the first stage nights are worst, and a quick reach can bring a pain that takes minutes to
        settle. Later the pain is mostly felt at the end of motion. Change is counted in months, not days.""",
    causes_introduction="""Why it starts is often unclear. Some things make it more likely.""",
    causes="""
Diabetes
People with diabetes have it far more often, and for longer.

Thyroid disease
Too much or too little hormone both raise the chance.

Keeping the arm still
After an operation, a break or a stroke.

Age and sex
Most common between 40 and 60, and in women.
""",
    treatment_introduction="""
We compare both shoulders and find out which stage you are in, because the stage decides the plan. Pushing
hard in the painful stage makes things worse.

If pain is the main problem, we talk about an injection with you and your doctor. Together with exercise it
can bring relief for some weeks.
""",
    treatments={
        "education": """Knowing the stages helps you plan. We find sleeping positions, easier ways to dress,
            and how much stretching your shoulder likes right now.""",
        "manual": """We move the joint gently and within your limits. As pain settles, we work closer to the
            stiff end.""",
        "stretching": """You stretch only as far as pain allows for the stage you are in. Two or three
            stretches, done daily, beat ten done once a week.""",
        "strength": """In the last stage we build back the strength that was lost.""",
    },
    outlook="""Most people end with a shoulder that does what they need, though some stiffness can stay for
        years. It can happen in the other shoulder, but rarely in the same one twice. If you are still very
        stiff after a year, we talk about other treatments.""",
    self_care=(
        callout(
            "Better nights",
            """Lie on your back or on the other side, with a pillow under the sore arm so that it does not
                drop. A warm pack before bed helps many people.""",
        ),
        exercise(
            "Pendulum",
            "Loosens the joint with no effort.",
            "Lean forward with your good hand on a table and let the sore arm hang.",
            "Rock your body so that the arm swings in small circles. Keep the shoulder loose.",
            dose="1 minute, three times a day",
            stop_if="the ache stays worse for more than half an hour",
            picture="exercise-pendulum",
            alt_text="A person leans on a table and lets the other arm hang and swing",
        ),
        exercise(
            "Table slide",
            "Brings back reaching, bit by bit.",
            "Sit at a table with your hand on a towel.",
            "Slide the towel forward as you lean, until you feel a stretch.",
            "Hold for ten seconds and slide back.",
            dose="10 times, twice a day",
            stop_if="you feel a sharp pain instead of a stretch",
            picture="exercise-table-slide",
            alt_text="A person sits at a table and slides one hand forward on a towel",
        ),
    ),
    prevention="""
- After an injury or operation, ask when and how to start moving the arm.
- If you have diabetes, keep your blood sugar near its target.
- See someone early when a shoulder gets stiff: the first months are when pain relief helps most.
""",
    faqs="""
Should I push through the pain?
Not in the first stage. Later on, a firm stretch that eases within minutes is fine.

Will an X-ray show it?
No, it looks normal. We may still want one to rule out arthritis.

Do injections help?
A steroid injection can lessen pain for a number of weeks, most of all early on. It may raise blood sugar for
some days if you have diabetes.

Is surgery needed?
Seldom. It may be an option when good care for many months has not helped.
""",
    sources=(
        Source(
            "Shoulder Pain and Mobility Deficits: Adhesive Capsulitis",
            JOSPT,
            "https://www.jospt.org/doi/10.2519/jospt.2013.0302",
            2013,
        ),
        Source(
            "Manual therapy and exercise for adhesive capsulitis (frozen shoulder)",
            COCHRANE,
            "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD011275/full",
            2014,
        ),
        Source("Frozen Shoulder", AAOS, "https://orthoinfo.aaos.org/en/diseases--conditions/frozen-shoulder/"),
        Source("Frozen shoulder", NHS, "https://www.nhs.uk/conditions/frozen-shoulder/"),
    ),
    clinicians=("amina-warsame", "jun-manalo"),
    author="amina-warsame",
    reviewer="tomas-lindqvist",
    reviewed=datetime.date(2026, 4, 27),
    related=("rotator-cuff-pain", "neck-pain"),
)

ROTATOR_CUFF = Condition(
    slug="rotator-cuff-pain",
    title="Rotator cuff pain",
    short_name="shoulder pain",
    other_names=("Rotator cuff tendinopathy", "Shoulder impingement", "Shoulder tendinitis"),
    regions=("shoulder",),
    summary="""The rotator cuff is a team of four muscles that steers your shoulder. When its tendons are
        asked to do too
        much, reaching, lifting and lying on that side hurt. A planned strength program helps most people,
        often as much
        as surgery would.""",
    search_description="""Rotator cuff pain and shoulder impingement: what helps, when to see a doctor fast, and
        exercises you can start at home.""",
    emergency="""
- Pain in the shoulder or arm with chest pressure, sweating or shortness of breath
- A fall or blow, and the shoulder looks out of place, or the hand is cold, pale or numb
- A hot, swollen shoulder with fever
""",
    urgent="""
- You suddenly cannot lift your arm after a fall or a pull, even if it hurts little: this may be a large tear,
  and early care matters
- A pop, then bruising and weakness
- Pain that never lets up, or with weight loss or fever
- Numbness or weakness spreading down the arm
""",
    routine="""
- Pain with reaching or lifting for more than two or three weeks
- Nights are broken by shoulder pain
- Work or sport overhead has become hard
""",
    symptoms_introduction="""Most people feel it on the outer side of the upper arm, not in the joint itself.""",
    symptoms="""
Pain when you lift the arm
Often worst between waist and shoulder height, and on the way down.

Pain at night
Lying on that side is hard to bear.

Weakness
A full pan or a jug of milk feels heavy.

Stiffness behind the back
Tucking in a shirt pulls.
""",
    pattern="""It tends to grow over weeks after a change in load. It may feel fine once warmed up, and ache
        that evening. One good week does not mean that the tendon is ready for the full load again.""",
    causes_introduction="""Tendons like regular work and dislike sudden change.""",
    causes="""
More load than usual
A new sport, painting a ceiling, a week of moving boxes.

Too little load for long
A tendon that is never used gets weak.

Age
Small tears are common after 50, and many people never notice theirs.

Health
Diabetes, smoking and poor sleep slow tendon repair.

An injury
A fall on the arm or a hard pull can tear a tendon.
""",
    treatment_introduction="""
We test strength and movement in many directions and check that the pain does not come from your neck. A scan
is rarely needed at the start, because its result seldom changes the plan.

Expect to work for twelve weeks. Tendons change slowly, but they do change.
""",
    treatments={
        "strength": """The heart of the plan. You start at a level with little pain, such as pulling a band at
            waist height, and move up to lifting overhead. We add load every one or two weeks.""",
        "load": "",
        "manual": """Hands-on work can ease pain and stiffness for a while. Alone it changes little, so it is
            only a part.""",
        "tape": """Tape can make reaching easier for a few days in some people. If it does not help you, we
            leave it off.""",
    },
    outlook="""Many people are much better after three months, and go on improving for a year. Large tears
        after an injury are different: there we work with a surgeon from the start.""",
    self_care=(
        callout(
            "Calm it, do not park it",
            """For a week or two keep the load below the level that hurts for hours. Use the arm for
                everything that is fine. Sleep on the other side and hug a pillow.""",
        ),
        exercise(
            "Band row",
            "A safe start for cuff and shoulder blade.",
            "Fix a band to a closed door at waist height. Hold both ends.",
            "Pull your elbows back along your sides. Keep your shoulders low.",
            "Let go slowly.",
            dose="3 rounds of 10, every other day",
            stop_if="pain goes above 5 out of 10, or lasts into the next day",
            picture="exercise-band-row",
            alt_text="A person stands and pulls a band that is fixed to a door toward the waist",
        ),
        exercise(
            "Table slide",
            "Keeps your reach while the tendon settles.",
            "Sit at a table with your hand on a towel.",
            "Slide forward until you feel a light stretch, and come back.",
            dose="15 times, once or twice a day",
            stop_if="you feel a sharp catch",
            picture="exercise-table-slide",
            alt_text="A person sits at a table and slides one hand forward on a towel",
        ),
    ),
    prevention="""
- Raise loads and training by small steps.
- Train pulling and pushing in equal parts.
- Warm up for ten minutes before overhead work or sport.
- Stop smoking, and sleep enough. Tendons heal at night.
""",
    faqs="""
I have a tear on my MRI. Do I need surgery?
Not always. Many tears cause no pain. Small ones, and ones that came with age, often do well with exercise.

Is impingement the same thing?
It is an older name. It made people think that bone rubs on tendon. Load explains the pain better.

Should I ice it?
You can, for comfort. It does not speed healing.

How much pain is all right during exercise?
Up to about 4 out of 10, if it settles within a day.
""",
    sources=(
        Source(
            "Manual therapy and exercise for rotator cuff disease",
            COCHRANE,
            "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD012224/full",
            2016,
        ),
        Source("Rotator Cuff Injuries", MEDLINEPLUS, "https://medlineplus.gov/rotatorcuffinjuries.html"),
        Source("Rotator Cuff Tears", AAOS, "https://orthoinfo.aaos.org/en/diseases--conditions/rotator-cuff-tears/"),
        Source("Shoulder Problems", NIAMS, "https://www.niams.nih.gov/health-topics/shoulder-problems"),
    ),
    clinicians=("amina-warsame", "kwame-asante", "jun-manalo"),
    author="kwame-asante",
    reviewer="amina-warsame",
    reviewed=datetime.date(2026, 3, 16),
    related=("frozen-shoulder", "neck-pain", "upper-back-pain"),
)
