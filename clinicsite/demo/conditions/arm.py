"""The elbow, the wrist and the hand."""

import datetime

from clinicsite.demo.conditions.publishers import AAOS, JOSPT, MEDLINEPLUS, NHS
from clinicsite.demo.vocabulary import Condition, Source, callout, exercise

TENNIS_ELBOW = Condition(
    slug="tennis-elbow",
    title="Tennis elbow",
    short_name="tennis elbow",
    other_names=("Lateral epicondylitis", "Lateral elbow tendinopathy"),
    regions=("elbow-wrist-hand",),
    summary="""Tennis elbow is pain on the outer side of the elbow when you grip or lift. Few people who have
        it play
        tennis. The tendon of the forearm muscles has had more work than it could keep up with, and the right
        kind of
        work helps it recover.""",
    search_description="""Tennis elbow: why gripping hurts, which exercises help the tendon, and when elbow
        pain needs a
        doctor soon.""",
    emergency="""
- Left arm or elbow pain with chest pressure, sweating or shortness of breath
- A fall on the arm, and the elbow looks out of shape or the hand is cold or numb
- A hot, red, swollen elbow with fever
""",
    urgent="""
- You cannot straighten or bend the elbow after an injury
- Sudden loss of strength in the wrist or fingers
- Numbness in the hand that does not go away
- Night pain that gets steadily worse
""",
    routine="""
- Pain on the outer elbow for more than two weeks
- A weak or painful grip that gets in the way of work
- It keeps coming back
""",
    symptoms_introduction="""It mostly affects the arm you use most.""",
    symptoms="""
Pain on the outer elbow
One tender spot, often spreading down the forearm.

Pain when you grip
A handshake, a door handle or a full cup.

A weak grip
You may drop things.

Stiffness in the morning
The first cup of coffee is the worst.
""",
    pattern="""It comes on slowly after a change in hand work. Pain rises during or a few hours after
        gripping, and eases with rest, only to come back with the same task. Many cases fade by themselves
        within a year.""",
    causes_introduction="""The tendon on the outer elbow works each time you hold the wrist up against a load.""",
    causes="""
Repeated gripping and lifting
Tools, pans, a mouse, a toddler.

A sudden burst of work
A weekend of pruning or painting.

Racket sports
A heavy racket or a late backhand loads the tendon.

Age and health
It is most common from 35 to 55. Smoking raises the risk.
""",
    treatment_introduction="""
We check the neck, shoulder and nerves as well, since they can copy this pain. We measure your grip on both
sides without pain, and again every few weeks, to see real change.
""",
    treatments={
        "strength": """You load the wrist slowly and with control: first holding, then lowering, then lifting.
            Heavy enough to matter, light enough to allow.""",
        "load": """We look at the tasks that flare it. A thicker handle, palm-up lifting or a break every ten
            minutes can cut the load by half.""",
        "tape": """A strap below the elbow or tape can make gripping easier while you train.""",
        "manual": "",
    },
    outlook="""Most people improve over three to six months. Exercise may not be faster than waiting in the
        first weeks, but it leaves you stronger and helps keep the pain from coming back.""",
    self_care=(
        callout(
            "Lift palm up",
            """Turn your palm toward the ceiling when you lift a bag or a pan. The sore tendon then does much
                less.""",
        ),
        exercise(
            "Slow lowering",
            "Trains the tendon where it is weak.",
            "Rest your forearm on a table, hand over the edge, palm down, with a small weight or a full bottle.",
            "Lift the hand with the help of your other hand.",
            "Lower it alone, counting to four.",
            dose="3 rounds of 10, every other day",
            stop_if="pain goes above 5 out of 10, or is still worse the next day",
            picture="exercise-wrist-lower",
            alt_text="A forearm rests on a table; the hand lowers a small weight over its edge",
        ),
        exercise(
            "Towel squeeze",
            "Gentle grip work for sore days.",
            "Hold a rolled towel with your elbow bent at your side.",
            "Squeeze at half of your strength for 20 seconds.",
            dose="5 times, twice a day",
            stop_if="the pain spreads down to the hand",
        ),
    ),
    prevention="""
- Build up hand work and racket time in steps.
- Keep handles thick and tools sharp.
- Change hands, and change tasks.
- Train forearm and shoulder twice a week.
""",
    faqs="""
Should I have a steroid injection?
It can ease pain for some weeks. Studies found more pain after a year than with no injection at all, so we
rarely suggest it.

Do I have to stop playing?
Most people can go on with less: shorter play, a lighter racket, more days in between.

Does a strap help?
For some. Wear it for tasks, not all day.
""",
    sources=(
        Source(
            "Lateral Elbow Pain and Muscle Function Impairments",
            JOSPT,
            "https://www.jospt.org/doi/10.2519/jospt.2022.0302",
            2022,
        ),
        Source(
            "Tennis Elbow (Lateral Epicondylitis)",
            AAOS,
            "https://orthoinfo.aaos.org/en/diseases--conditions/tennis-elbow-lateral-epicondylitis/",
        ),
        Source("Tennis elbow", NHS, "https://www.nhs.uk/conditions/tennis-elbow/"),
    ),
    clinicians=("priya-raman", "kwame-asante"),
    author="priya-raman",
    reviewer="kwame-asante",
    reviewed=datetime.date(2026, 2, 9),
    related=("carpal-tunnel", "rotator-cuff-pain"),
)

CARPAL_TUNNEL = Condition(
    slug="carpal-tunnel",
    title="Carpal tunnel syndrome",
    short_name="carpal tunnel syndrome",
    other_names=("CTS", "Median nerve compression at the wrist"),
    regions=("elbow-wrist-hand",),
    summary="""In carpal tunnel syndrome a nerve is squeezed where it passes through the wrist. Thumb, index
        and middle
        finger tingle or go numb, most of all at night. A splint, a few changes and time help many people;
        others do well
        with a small operation.""",
    search_description="""Carpal tunnel syndrome: night tingling, splints, exercises, when to see a doctor
        soon, and hand
        therapy in Seattle.""",
    emergency="""
- Sudden numbness or weakness of an arm, the face or a leg, or trouble speaking
- A crushed or badly broken wrist with a numb, pale or cold hand
- Fast-growing swelling and severe pain in the forearm or hand
""",
    urgent="""
- Numbness that is there all the time
- The muscle at the base of your thumb is shrinking
- You drop things, and it is getting worse fast
- A wound or bite on the hand that is red, hot or swollen
""",
    routine="""
- Tingling that wakes you more than twice a week
- Numb fingers when you drive, read or hold a phone
- You are pregnant and your hands tingle
""",
    symptoms_introduction="""The little finger is mostly spared. That helps tell it from other nerve problems.""",
    symptoms="""
Tingling or numbness
Thumb, index, middle and half of the ring finger.

Waking up to shake the hand
Shaking or hanging it over the bed brings relief.

Aching up the forearm
Sometimes to the shoulder.

Clumsy fingers
Buttons and coins are hard to handle.
""",
    pattern="""It starts at night and with tasks that keep the wrist bent. Over months it can creep into the
        day. In pregnancy it often goes away in the weeks after birth.""",
    causes_introduction="""The tunnel is narrow, and anything that takes up room in it squeezes the nerve.""",
    causes="""
Bent wrists for hours
Most often in sleep.

Heavy, repeated or shaking hand work
Drills, meat cutting, packing lines.

Fluid and hormones
Pregnancy, thyroid disease and menopause.

Other conditions
Diabetes, arthritis of the wrist or an old break.

Family
Some people are born with a narrow tunnel.
""",
    treatment_introduction="""
Our hand therapist tests feeling, strength and the nerve from neck to fingertip. If there are signs that the
nerve is losing ground, we suggest a nerve test and a hand surgeon early.
""",
    treatments={
        "tape": """We make you a splint that keeps the wrist straight at night. Most people wear it for six to
            eight weeks. It takes twenty minutes to shape.""",
        "nerve": "",
        "education": """We look at how you sleep, work and hold your phone, and change the two or three things
            that matter most.""",
    },
    outlook="""Mild cases often settle in two to three months. If numbness stays, or strength fades, surgery
        has good results and should not wait too long, because a nerve that is squeezed for years may not
        fully recover.""",
    self_care=(
        callout(
            "Tonight",
            """Keep your wrist straight in bed. A soft splint from the pharmacy will do until we make one.
                Take off tight watches and rings.""",
        ),
        exercise(
            "Fist and fan",
            "Glides the tendons and the nerve.",
            "Hold your hand up, fingers straight.",
            "Bend the fingers into a hook, then a full fist.",
            "Open and spread them like a fan.",
            dose="5 slow times, three times a day",
            stop_if="tingling stays for more than a few minutes",
        ),
        exercise(
            "Shoulder blade squeeze",
            "Gives the nerve more room higher up.",
            "Sit tall and draw your shoulder blades back and down.",
            "Hold for five seconds.",
            dose="10 times, twice a day",
            stop_if="your hand starts to tingle",
            picture="exercise-shoulder-squeeze",
            alt_text="A person seen from behind draws both shoulder blades in",
        ),
    ),
    prevention="""
- Keep wrists straight at the keyboard and in bed.
- Hold tools and the wheel with less force.
- Break up repeated hand work every 20 minutes.
- Get diabetes and thyroid disease treated well.
""",
    faqs="""
Is typing the cause?
Research does not show a strong link. Forceful, shaking or bent-wrist work matters more.

How long do I wear the splint?
At night for at least six weeks. You can stop in steps when the tingling is gone.

Does an injection help?
It can ease symptoms for weeks to months. Many people need something more later on.

Will I lose the use of my hand?
That is rare. Numbness all day or a thin thumb muscle are signs to act on soon.
""",
    sources=(
        Source(
            "Hand Pain and Sensory Deficits: Carpal Tunnel Syndrome",
            JOSPT,
            "https://www.jospt.org/doi/10.2519/jospt.2019.0301",
            2019,
        ),
        Source(
            "Carpal Tunnel Syndrome", AAOS, "https://orthoinfo.aaos.org/en/diseases--conditions/carpal-tunnel-syndrome/"
        ),
        Source("Carpal Tunnel Syndrome", MEDLINEPLUS, "https://medlineplus.gov/carpaltunnelsyndrome.html"),
        Source("Carpal tunnel syndrome", NHS, "https://www.nhs.uk/conditions/carpal-tunnel-syndrome/"),
    ),
    clinicians=("priya-raman",),
    author="priya-raman",
    reviewer="marisol-vega",
    reviewed=datetime.date(2026, 8, 24),
    related=("tennis-elbow", "neck-pain"),
)
