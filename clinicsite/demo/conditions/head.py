"""The head and the jaw."""

import datetime

from clinicsite.demo.conditions.publishers import JOSPT, MEDLINEPLUS, NHS
from clinicsite.demo.vocabulary import Condition, Source, callout, exercise

NECK_HEADACHE = Condition(
    slug="neck-headache",
    title="Headache from the neck",
    short_name="headache",
    other_names=("Cervicogenic headache", "Tension-type headache", "Neck-related headache"),
    regions=("head-jaw", "neck"),
    summary="""Some headaches start in the neck, and many more come with tight neck and jaw muscles. They can
        be treated
        without daily pills. We find out what sets yours off and which movements and habits calm it.""",
    search_description="""Headaches that start in the neck and tension headaches: warning signs, exercises and how
        physical therapy in Seattle can help.""",
    emergency="""
- A sudden headache that reaches its worst within a minute, like a thunderclap
- Headache with weakness, a drooping face, trouble speaking or seeing, or confusion
- Headache with fever and a stiff neck
- Headache after a blow to the head, with vomiting, drowsiness or a seizure
- Headache with a painful red eye, or halos around lights
""",
    urgent="""
- You are over 50 and this is a new kind of headache, above all with a sore scalp, sore jaw or changes in sight
- A headache that gets worse week by week, or wakes you at night
- You are pregnant or have just given birth
- You have cancer or a weak immune system
- A headache that comes on with coughing, straining or exercise
""",
    routine="""
- Headaches that come back week after week
- You take pain medicine on more than two days a week
- Neck stiffness along with the headache
""",
    symptoms_introduction="""Headaches overlap. These signs point to the neck or to muscle tension.""",
    symptoms="""
Pain that starts at the base of the skull
It may spread over the head to one eye, mostly on the same side.

A tight band around the head
Both sides, pressing rather than throbbing.

A neck that feels stiff
Turning to one side may bring the headache on.

Tender spots
In the neck, the shoulders or the temples.
""",
    pattern="""Neck-related headache often follows long desk work, driving or a poor night. Tension-type
        headache tends to build in the afternoon and can last from half an hour to several days. Both may come
        in spells during busy weeks.""",
    causes_introduction="""Nerves from the upper neck and the face meet in the same place in the brain stem.
        That is why a sore neck can be felt as a headache.""",
    causes="""
Stiff joints in the upper neck
From an old injury, or from years of one position.

Tired neck and shoulder muscles
Screens, heavy bags and clenched teeth all add up.

Stress and lack of sleep
They lower the threshold for every kind of headache.

Too much pain medicine
Taken on more than ten to fifteen days a month, it can cause headaches itself. Do not stop strong medicine on
your own. Ask your doctor.
""",
    treatment_introduction="""
We ask about the pattern of your headaches and test your neck, jaw, eyes and balance. If it looks like
migraine or something else, we tell you and write to your doctor.

A diary of two weeks often shows more than a scan.
""",
    treatments={
        "manual": """Gentle work on the upper neck joints and the muscles at the base of the skull can ease a
            headache from the neck, often within a few visits.""",
        "strength": """Deep neck muscles are often weak in people with headache. Five minutes a day of the
            right exercise makes a difference over six weeks.""",
        "education": """We look for your triggers together: screens, sleep, skipped meals, clenching. You pick
            one to change first.""",
    },
    outlook="""Many people have fewer and milder headaches after six to eight weeks. Some headaches stay a
        part of life, and then the aim is fewer bad days and less medicine.""",
    self_care=(
        callout(
            "When one starts",
            """Drink a glass of water. Rest your eyes on something far away. Let your jaw hang loose, put a
                warm pack on your neck and breathe out slowly for two minutes.""",
        ),
        exercise(
            "Chin tuck",
            "Eases the joints at the base of the skull.",
            "Sit tall. Slide your chin straight back and feel the stretch under your skull.",
            "Hold for five seconds, then let go.",
            dose="8 times, three times a day",
            stop_if="you feel dizzy or the headache rises",
            picture="exercise-chin-tuck",
            alt_text="A person seen from the side slides the chin straight back",
        ),
        exercise(
            "Shoulder blade squeeze",
            "Takes work off the top of your shoulders.",
            "Draw your shoulder blades back and down.",
            "Hold for five seconds. Keep your jaw loose.",
            dose="10 times, three times a day",
            stop_if="your shoulders creep up to your ears",
            picture="exercise-shoulder-squeeze",
            alt_text="A person seen from behind draws both shoulder blades in",
        ),
    ),
    prevention="""
- Rest your eyes and neck for a minute every half hour at the screen.
- Sleep and eat at regular times.
- Keep lips together and teeth apart.
- Move enough to get warm on most days of the week.
- Limit pain medicine to two days a week, unless your doctor says otherwise.
""",
    faqs="""
Is it migraine?
Migraine often throbs on one side, with nausea or trouble with light, and makes you want to lie still. It can
come with neck pain, too. We help sort it out with your doctor.

Do I need a brain scan?
Most people with a normal exam and a long-known headache do not. The warning signs above change that.

Can bad posture cause headaches?
No single posture does. Staying in any one of them for hours can.
""",
    sources=(
        Source("Tension headaches", NHS, "https://www.nhs.uk/conditions/tension-headaches/"),
        Source("Headache", MEDLINEPLUS, "https://medlineplus.gov/headache.html"),
        Source("Neck Pain: Revision 2017", JOSPT, "https://www.jospt.org/doi/10.2519/jospt.2017.0302", 2017),
        Source(
            "The International Classification of Headache Disorders, 3rd edition",
            "International Headache Society",
            "https://ichd-3.org/",
            2018,
        ),
    ),
    clinicians=("hana-yoshida", "tomas-lindqvist"),
    author="hana-yoshida",
    reviewer="marisol-vega",
    reviewed=datetime.date(2026, 5, 18),
    related=("neck-pain", "jaw-pain", "whiplash"),
)

JAW_PAIN = Condition(
    slug="jaw-pain",
    title="Jaw pain",
    short_name="jaw pain",
    other_names=("TMJ", "Temporomandibular disorder (TMD)", "Clicking jaw"),
    regions=("head-jaw", "neck"),
    summary="""Jaw pain is felt in front of the ear, in the cheek or the temple, when you chew, yawn or
        clench. It is
        common, seldom harmful, and often settles with simple care. We treat the jaw together with the neck.""",
    search_description="""Jaw pain, clicking and TMJ problems: causes, when to see a doctor or dentist, home
        care and
        hands-on physical therapy in Seattle.""",
    emergency="""
- Jaw pain with chest pressure, sweating, nausea or pain down an arm: this may be a heart attack
- A face that droops, slurred speech or sudden weakness
- Swelling in the face or neck with trouble breathing or swallowing
- A blow to the jaw, and your teeth no longer meet or you cannot open your mouth
""",
    urgent="""
- Your jaw is locked open or locked closed
- You are over 50 with a new headache, a sore scalp or changes in sight
- Fever, swelling or a bad tooth
- Numbness in the face, or a lump that is new
- Jaw pain that comes on when you walk uphill and stops when you rest: call your doctor today, and call 911 if
  it does not stop
""",
    routine="""
- Pain with chewing that has lasted more than two weeks
- Clicking that has become painful
- Morning headaches or sore jaw muscles on waking
""",
    symptoms_introduction="""Clicking alone, without pain, is common and needs no treatment.""",
    symptoms="""
Aching in front of the ear or in the cheek
It may feel like earache.

Clicking, popping or grating
With or without pain.

A jaw that tires or catches
A bagel or a long talk is hard work.

Headache at the temples
Often in the morning, after a night of clenching.
""",
    pattern="""Jaw pain tends to come in spells of days or weeks. It is often worse on waking in people who
        clench at night, and later in the day in people who clench at work.""",
    causes_introduction="""Often several small things come together.""",
    causes="""
Clenching or grinding
By day or by night, often without knowing.

A joint disc that slides
The soft disc in the joint can slip forward and click as it returns.

A long time with the mouth open
A dental visit, singing or a wide yawn can strain the joint.

Arthritis
In older joints, or as part of an illness of many joints.

Neck trouble and stress
Both make jaw muscles work harder.
""",
    treatment_introduction="""
We look at how your jaw opens and closes, feel the muscles inside and outside of the mouth with a glove if you
agree, and check the neck.

Simple steps come first. We do not grind teeth or do anything that cannot be undone.
""",
    treatments={
        "manual": """We ease the chewing muscles and guide the joint with small, slow movements. You keep
            control with a hand signal.""",
        "education": """You learn the resting position of the jaw: lips together, teeth apart, tongue on the
            roof of the mouth. It sounds small. Done many times a day it gives the joint a rest.""",
        "stretching": """Short opening exercises in front of a mirror help the jaw track straight.""",
    },
    outlook="""Most people improve within two to three months with exercise and habits. Clicking may stay even
        when the pain is gone. If you grind at night, your dentist can tell you whether a splint makes
        sense.""",
    self_care=(
        callout(
            "Give your jaw a soft week",
            """Choose food you can cut with a fork. Skip gum. Cut apples into slices. Support your chin with a
                fist when you yawn. Warmth for 15 minutes can ease the muscles.""",
        ),
        exercise(
            "Tongue up, slow opening",
            "Teaches the jaw to open without a jump.",
            "Put the tip of your tongue on the roof of your mouth, just behind the front teeth.",
            "Open slowly, as far as the tongue stays there. Watch in a mirror that your chin goes straight down.",
            "Close again without letting your teeth touch.",
            dose="6 times, five times a day",
            stop_if="your jaw locks or the pain gets sharp",
        ),
        exercise(
            "Chin tuck",
            "Takes strain off the joint between head and neck.",
            "Sit tall and slide your chin straight back.",
            "Hold for five seconds with your jaw loose.",
            dose="6 times, three times a day",
            stop_if="you feel dizzy",
            picture="exercise-chin-tuck",
            alt_text="A person seen from the side slides the chin straight back",
        ),
    ),
    prevention="""
- Put a colored dot on your screen. Each time you see it, let your teeth part.
- Chew on both sides, and do not chew pens or ice.
- Ask for breaks at long dental visits.
- Find a way to wind down before bed.
""",
    faqs="""
Is clicking harmful?
Not by itself. About a third of people have a jaw that clicks.

Do I need a splint?
Maybe at night, if you grind. It protects teeth. It does not always take the pain away.

Should I see you or my dentist?
Both can help. Tooth pain, a lost filling or swelling goes to the dentist first.

Is surgery common?
No. It is rare, and only for a few joint problems that do not get better with anything else.
""",
    sources=(
        Source(
            "TMD (Temporomandibular Disorders)",
            "National Institute of Dental and Craniofacial Research",
            "https://www.nidcr.nih.gov/health-info/tmd",
        ),
        Source(
            "Temporomandibular disorder (TMD)", NHS, "https://www.nhs.uk/conditions/temporomandibular-disorder-tmd/"
        ),
        Source("TMJ disorders", "Medical Encyclopedia, MedlinePlus", "https://medlineplus.gov/ency/article/001227.htm"),
    ),
    clinicians=("tomas-lindqvist", "hana-yoshida"),
    author="tomas-lindqvist",
    reviewer="hana-yoshida",
    reviewed=datetime.date(2025, 10, 15),
    related=("neck-headache", "neck-pain"),
)
