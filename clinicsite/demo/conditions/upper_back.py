"""The upper back."""

import datetime

from clinicsite.demo.conditions.publishers import AAOS, CDC, MEDLINEPLUS, NIAMS
from clinicsite.demo.vocabulary import Condition, Source, callout, exercise

UPPER_BACK_PAIN = Condition(
    slug="upper-back-pain",
    title="Upper back pain",
    short_name="upper back pain",
    other_names=("Thoracic spine pain", "Pain between the shoulder blades", "Mid-back pain"),
    regions=("upper-back", "neck"),
    summary="""Upper back pain is felt between the base of the neck and the lowest ribs. It mostly comes from
        muscles
        and joints that are tired, stiff or strained, and it tends to ease within a few weeks when you keep
        moving.
        We find what keeps yours going and help you get strong enough for your day.""",
    search_description="""Pain between the shoulder blades: what causes it, when to call 911, what you can do
        today and
        how physical therapy in Seattle can help.""",
    emergency="""
- Upper back pain with chest pain or pressure, shortness of breath, sweating, or pain that spreads to the jaw
  or arm
- Sudden pain like a tear or a rip, in the back or chest
- New weakness or numbness in both legs, or new trouble holding urine or stool
- Back pain after a fall from a height, a car crash or another hard blow
""",
    urgent="""
- Fever, chills or feeling very ill along with the pain
- Pain that does not let up at night or when you lie still
- Weight loss you cannot explain, or you have or had cancer
- Sudden pain after a small bump or cough, and you have thin bones or have taken steroids for a long time
- A band of pain or burning around one side of your chest, with or without a rash
""",
    routine="""
- The pain changes when you move or shift position
- It has lasted more than two weeks, or keeps coming back
- It stops you from working, sleeping or exercising the way you want
""",
    symptoms_introduction="""People describe upper back pain in many ways. You may notice one of these, or
        several.""",
    symptoms="""
Tight, tired muscles
Often beside the spine or under a shoulder blade, with spots that are tender to press.

Stiffness when you turn or bend
Looking over your shoulder or reaching up may feel blocked.

An ache, or a sharp catch
A dull ache that builds through the day, or a quick stab with one movement or a deep breath.

Pain that spreads
It may reach the neck, the shoulder or around the ribs.
""",
    pattern="""It is common to feel worst on waking and again after a long stretch of sitting. Many people
        loosen up within half an hour of moving around, then tire toward evening. Good days and bad days in
        the first weeks are normal. A bad day does not mean that you have harmed something.""",
    causes_introduction="""There is often more than one reason. In most people scans do not show a clear
        cause, and are
        not needed.""",
    causes="""
Staying in one posture too long
No posture is bad for a few minutes. Hours bent over a screen, a bench or a baby leave the same muscles
working without a break.

Doing more than the back is used to
A weekend of painting, a new rowing class or a heavy box can strain muscles and the small joints of the ribs.

A disc that bulges in the upper spine
This is far less common here than in the neck or lower back. It can irritate a nerve and send pain around the
chest.

A broken bone in the spine
After a hard fall, or after very little in people whose bones have become thin. It needs a doctor first.

Stress and poor sleep
Both make the body more alert to pain and the muscles slower to let go.
""",
    treatment_introduction="""
Your first visit starts with your story. Then your therapist checks how your back, neck, ribs and shoulders
move, and makes sure that nothing needs a doctor. You hear what we found and what it means before you leave.

From there we agree on a plan with you. Many people with upper back pain need four to eight visits, spread out
more and more as they take over.
""",
    treatments={
        "manual": """We loosen stiff joints of the spine and ribs and ease tight muscles, with pressure you
        control. Many people can turn more freely right after. We use that window to practice the movement
        that was stuck.""",
        "movement": """We watch how you sit, twist, reach and lift, and test how long your back muscles can
        hold. This shows which parts are stiff, which are tired and which are fine and need no treatment at
        all.""",
        "posture": """You build strength with rows, carries and overhead work, sized to you. We set up your
        desk, car seat or feeding chair with you, so that changing position becomes easy.""",
        "education": "",
    },
    outlook="""Most people feel clearly better in two to six weeks. Some have flare-ups later on, and that is
        normal. We cannot promise that the pain will never return. We can make sure that you know what to do
        when it does. If you are not improving after about four visits, we change the plan or talk with your
        doctor.""",
    self_care=(
        callout(
            "Move a little, often",
            """Set a timer for 30 minutes. When it rings, stand up, reach to the ceiling and take three slow
            breaths. Heat for 15 minutes can ease tight muscles. Keep doing your usual things, only less of
            what makes it flare.""",
        ),
        exercise(
            "Open book",
            "Loosens the upper back when turning feels stuck.",
            "Lie on your side with your knees bent and your arms straight out in front of you, palms together.",
            "Lift the top arm and let it open toward the floor behind you. Let your eyes follow your hand.",
            "Breathe out, rest there for one breath, then close the book again.",
            dose="8 times on each side, once or twice a day",
            stop_if="the pain gets sharp or spreads around your chest",
            picture="exercise-open-book",
            alt_text="A person lies on one side with bent knees and opens the top arm back toward the floor",
        ),
        exercise(
            "Shoulder blade squeeze",
            "Wakes up the muscles between your shoulder blades.",
            "Sit tall at the front of a chair, with your arms by your sides.",
            "Draw your shoulder blades back and down, as if to slide them into your back pockets.",
            "Hold for five seconds, then let go fully.",
            dose="10 times, three times a day",
            stop_if="your neck starts to tighten; then use half the effort",
            picture="exercise-shoulder-squeeze",
            alt_text="A person sits tall on a chair and draws the shoulder blades together",
        ),
        exercise(
            "Cat and cow",
            "A gentle warm-up for the whole spine.",
            "Go on your hands and knees.",
            "Breathe out and round your back up toward the ceiling.",
            "Breathe in and let your chest sink between your shoulders.",
            dose="10 slow rounds, in the morning",
            stop_if="it hurts more with each round",
            picture="exercise-cat-cow",
            alt_text="A person on hands and knees rounds the back upward",
        ),
    ),
    prevention="""
- Change position every 30 minutes. Your next posture is your best posture.
- Bring the screen to eye height and the keyboard to your elbows.
- Pull as often as you push: rows, bands and carrying bags all count.
- Add new work in small steps, about a tenth more each week.
- Protect your bones: walk, lift, eat enough protein, and ask your doctor about a bone scan if you are over 65.
""",
    faqs="""
Do I need an X-ray or an MRI?
Most people do not. Scans often show changes that have nothing to do with the pain. We send you for one when
we find a sign that it would change your care.

Is it safe to exercise while it hurts?
Yes, as long as none of the warning signs above fit you. Mild soreness that settles by the next day is fine.
If it stays worse for more than a day, do less next time.

Will cracking my back put it in place?
Nothing is out of place. The pop is gas in a joint. It can feel good for an hour, and there is no harm in
that, but strength lasts longer.

How should I sleep?
In the position you like best. A pillow between your arms when you lie on your side, or under your knees on
your back, can take the pull off.
""",
    sources=(
        Source("Back Pain", NIAMS, "https://www.niams.nih.gov/health-topics/back-pain"),
        Source("Back Pain", MEDLINEPLUS, "https://medlineplus.gov/backpain.html"),
        Source(
            "Osteoporosis and Spinal Fractures",
            AAOS,
            "https://orthoinfo.aaos.org/en/diseases--conditions/osteoporosis-and-spinal-fractures/",
        ),
        Source(
            "About Heart Attack Symptoms, Risk, and Recovery",
            CDC,
            "https://www.cdc.gov/heart-disease/about/heart-attack.html",
        ),
    ),
    clinicians=("amina-warsame", "marisol-vega", "tomas-lindqvist"),
    author="amina-warsame",
    reviewer="marisol-vega",
    reviewed=datetime.date(2026, 9, 14),
    related=("neck-pain", "low-back-pain", "rotator-cuff-pain"),
)
