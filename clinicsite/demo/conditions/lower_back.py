"""The lower back."""

import datetime

from clinicsite.demo.conditions.publishers import AAOS, COCHRANE, JOSPT, MEDLINEPLUS, NHS, NIAMS
from clinicsite.demo.vocabulary import Condition, Source, callout, exercise, heading, table

LOW_BACK_PAIN = Condition(
    slug="low-back-pain",
    title="Low back pain",
    short_name="low back pain",
    other_names=("Lumbar pain", "Lumbago", "Back strain"),
    regions=("lower-back",),
    summary="""Low back pain is pain between the lowest ribs and the buttocks. Nearly everyone has it at some
        time. It
        can hurt a great deal and still not be dangerous. Staying active, within reason, helps most people
        recover, and
        we help you find the right amount.""",
    search_description="""Low back pain: which signs are an emergency, what helps in the first days, exercises
        for home
        and how physical therapy works. Plain answers from Seattle therapists.""",
    emergency="""
- You cannot pass urine, or you lose control of your bladder or bowels
- Numbness around your genitals, anus or inner thighs
- New weakness in one or both legs, such as a foot that drags
- Severe pain after a crash, a fall or a hard blow
- Sudden tearing pain in the back or belly, or you feel faint with it
""",
    urgent="""
- Fever, chills or feeling very ill
- Pain that stays just as bad when you lie down, or wakes you every night
- You have or had cancer, or have lost weight without trying
- You take medicine that weakens your immune system, or have used injected drugs
- You are over 65, or have thin bones, and the pain came on after a small fall
""",
    routine="""
- The pain is not easing after two weeks
- It keeps coming back
- You are afraid to move, or have stopped doing things that matter to you
""",
    symptoms_introduction="""Pain can sit in one spot or spread like a belt. How strong it is tells little
        about how serious it is.""",
    symptoms="""
An ache across the lower back
It may reach the buttocks or the upper thigh.

Stiffness
Putting on socks or getting out of the car takes planning.

Muscle spasm
A muscle may clamp down without warning. It is frightening and painful, but it lets go.

Trouble with one position
For some people sitting is worst, for others standing still or bending.
""",
    pattern="""The first days are often the hardest. Mornings can be stiff for half an hour. Pain tends to
        come and go during the day, and to rise after long sitting or heavy work. Most people are much better
        within six weeks, though small flare-ups are common in the first year.""",
    causes_introduction="""In about nine out of ten people no single damaged part can be named. That is good
        news: it
        means nothing is badly wrong. These often play a part.""",
    causes="""
A strained muscle or ligament
From one lift, or from many days of a bit too much.

Joints and discs that are irritated
Wear shows on most scans after 40, also in people with no pain at all.

A body out of practice
Backs get sore when they do far more, or far less, than they are used to.

Stress, low mood and poor sleep
They turn up the volume of pain. Treating them is part of treating the back.

A nerve under pressure
Then the leg often hurts more than the back. See our page on [sciatica](page:sciatica).
""",
    treatment_introduction="""
We first make sure that you do not have one of the rare serious causes. Then we find out which movements ease
your pain and which ones you have started to avoid.

The plan is mostly active, because that is what research supports: movement you can do, a little more each
week, with hands-on care where it helps you start.
""",
    treatments={
        "movement": "",
        "manual": """For back pain of a few days or weeks, hands-on treatment can bring relief sooner. We use
        it in the first visits, then less and less.""",
        "strength": """Legs, hips and trunk work as a team. You learn to squat, hinge and carry with a weight
        that is right for you, and you add to it step by step.""",
        "education": """We talk about what scans mean, how to pace work and chores, and why hurt does not have
        to mean harm. People who understand their pain tend to do more and fear less.""",
    },
    outlook="""Most new back pain settles within six weeks. If yours has lasted for months, change is slower
        but still likely: the aim is to do more of what you value, with pain that bothers you less. We check
        your progress with the same few questions every month.""",
    self_care=(
        callout(
            "In the first three days",
            """Walk for five minutes, several times a day. Use heat on the sore area. Lie down to rest if you
            must, but not for whole days. Ask a pharmacist before you take pain medicine if you have other
            illnesses.""",
        ),
        exercise(
            "Knee rolls",
            "Eases a back that feels locked.",
            "Lie on your back with your knees bent and your feet on the floor.",
            "Let both knees roll slowly to one side, only as far as is easy.",
            "Roll back to the middle and over to the other side.",
            dose="10 times to each side, morning and evening",
            stop_if="pain shoots below your knee",
            picture="exercise-knee-roll",
            alt_text="A person lies on the back with bent knees and rolls them to one side",
        ),
        exercise(
            "Bridge",
            "Builds hips and back without strain.",
            "Lie on your back with your knees bent.",
            "Press your feet down and lift your hips until your body makes a line from shoulders to knees.",
            "Hold for three seconds and lower slowly.",
            dose="8 to 12 times, once a day; add a second round when it feels easy",
            stop_if="you get a cramp or the pain climbs while you hold",
            picture="exercise-bridge",
            alt_text="A person lies on the back with bent knees and lifts the hips off the floor",
        ),
        exercise(
            "Sit to stand",
            "Practices the lift you do most often.",
            "Sit at the front of a firm chair, feet under your knees.",
            "Lean forward from your hips and stand up.",
            "Sit down again as slowly as you can.",
            dose="10 times, twice a day",
            stop_if="your legs give way or you feel faint",
            picture="exercise-sit-to-stand",
            alt_text="A person leans forward and rises from a chair",
        ),
    ),
    prevention="""
- Keep active in a way you like. Regular exercise is the best-proven way to lower the chance of another episode.
- Train your legs and back twice a week.
- Hold loads close to your body, and split heavy ones into two trips.
- Sleep seven hours or more where you can.
- If you smoke, ask for help to stop. Discs and bones depend on good blood flow.
""",
    faqs="""
Should I stay in bed?
No. More than a day or two in bed makes recovery slower. Short rests between short walks work better.

Do I need a scan?
Only if we or your doctor find a warning sign, or if the result would change your care. Guidelines advise
against scans for most new back pain.

Will I need surgery?
Very few people with back pain do. Surgery may help when a nerve is being pressed and you are losing strength,
or when leg pain does not ease over time.

Is a belt or a brace a good idea?
It can feel good for a heavy task. Worn all day it does not prevent pain, and your own muscles do less.
""",
    sources=(
        Source(
            "Interventions for the Management of Acute and Chronic Low Back Pain: Revision 2021",
            JOSPT,
            "https://www.jospt.org/doi/10.2519/jospt.2021.0304",
            2021,
        ),
        Source(
            "Noninvasive Treatments for Acute, Subacute, and Chronic Low Back Pain",
            "American College of Physicians, Annals of Internal Medicine",
            "https://www.acpjournals.org/doi/10.7326/M16-2367",
            2017,
        ),
        Source(
            "Exercise therapy for chronic low back pain",
            COCHRANE,
            "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD009790.pub2/full",
            2021,
        ),
        Source("Back Pain", NIAMS, "https://www.niams.nih.gov/health-topics/back-pain"),
        Source("Back pain", NHS, "https://www.nhs.uk/conditions/back-pain/"),
    ),
    clinicians=("marisol-vega", "amina-warsame", "jun-manalo"),
    author="marisol-vega",
    reviewer="amina-warsame",
    reviewed=datetime.date(2026, 8, 3),
    related=("sciatica", "upper-back-pain", "hip-osteoarthritis"),
    body=(
        heading("What happens when"),
        table(
            "A usual course of new low back pain",
            ("Time", "What you may feel", "What helps"),
            ("First week", "Sharp pain, stiff mornings, spasm", "Short walks, heat, easy movements"),
            ("Weeks 2 to 6", "More good hours than bad", "Usual activity, the exercises above"),
            ("After 6 weeks", "A flare-up now and then", "Strength training, a plan for bad days"),
            ("After 3 months", "Pain that lingers in some people", "A longer program, and help with sleep and stress"),
        ),
    ),
)

SCIATICA = Condition(
    slug="sciatica",
    title="Sciatica",
    short_name="sciatica",
    other_names=("Lumbar radiculopathy", "Pinched nerve in the back", "Leg pain from the back"),
    regions=("lower-back", "hip"),
    summary="""Sciatica is pain that runs from the back or buttock down the leg because a nerve root is
        irritated. It can
        be fierce, and it often scares people. Most cases ease over weeks to a few months without surgery.""",
    search_description="""Sciatica: why your leg hurts, the signs that mean 911, gentle nerve exercises and
        how physical
        therapy helps while the nerve heals.""",
    emergency="""
- You cannot pass urine, or you lose control of your bladder or bowels
- Numbness around your genitals, anus or inner thighs, or sudden loss of feeling during sex
- Pain, numbness or weakness in both legs
- Weakness that gets worse from hour to hour
- Sciatica after a serious fall or crash
""",
    urgent="""
- A foot or leg that has become weak in the last days, such as a foot that slaps the floor
- Fever, or feeling very ill
- You have or had cancer
- Pain that nothing eases, not even for a few minutes
- One calf that is swollen, warm and sore: this may be a blood clot
""",
    routine="""
- Leg pain that has lasted more than a week or two
- Tingling that stays the same or slowly fades
- Pain that keeps you from sitting, walking or sleeping
""",
    symptoms_introduction="""The leg is often worse than the back. It mostly affects one side.""",
    symptoms="""
A line of pain down the leg
From the buttock to the back or side of the thigh, and often below the knee.

Burning, shooting or electric feelings
Nerve pain feels different from muscle pain.

Tingling or numbness
Often in the outer calf, the top of the foot or the small toes.

A weak ankle or knee
Stairs or standing on tiptoe may feel harder on that side.
""",
    pattern="""Sitting, coughing and bending forward often set it off. Many people feel better when they walk
        or lie on their side. As a nerve calms down, pain tends to draw back up the leg toward the buttock,
        even if the back itself feels sore for a while. That is a good sign.""",
    causes_introduction="""Something near the spine bothers a nerve root. The most common reasons are these.""",
    causes="""
A disc that bulges
Part of a disc presses on the nerve or makes it sore. The body often shrinks the bulge over some months.

Narrowing of the spine
With age the space for nerves can get smaller. Then walking hurts and sitting brings relief. Doctors call it
spinal stenosis.

A vertebra that has slipped forward
This can narrow the exit of a nerve. Many people who have it never notice.

Strain around the buttock
Tight or overworked muscles deep in the hip can cause leg pain that feels much the same.
""",
    treatment_introduction="""
Your therapist tests strength, feeling and reflexes at each visit in the first weeks, so that any change is
seen early. If you lose strength, we call your doctor the same day.

Treatment eases the nerve first and builds you up second.
""",
    treatments={
        "movement": """We look for positions and movements that draw the pain up out of your leg. Those become
        your first exercises.""",
        "nerve": "",
        "strength": """Once the leg pain calms down, we train hips, trunk and calf. A leg that has rested for
        weeks needs its strength back.""",
        "education": """Nerves heal slowly, and it helps to know that. We plan sitting, driving and sleep with
        you, so the nerve gets some quiet.""",
    },
    outlook="""Many people improve a lot in six to twelve weeks. Tingling is often the last thing to fade. If
        pain stays severe or strength does not come back, we will talk with you and your doctor about other
        steps, such as an injection or an operation.""",
    self_care=(
        callout(
            "Find your position of ease",
            """Try lying on your side with a pillow between your knees, or on your back with your lower legs
            on a chair. Ten minutes, a few times a day, can calm a sore nerve. Walk in between.""",
        ),
        exercise(
            "Sitting nerve glide",
            "Lets the nerve slide in its path.",
            "Sit tall on a chair, hands on your thighs.",
            "Slowly straighten the sore leg and look up at the same time.",
            "Bend the knee again while you lower your chin.",
            dose="10 slow times, twice a day",
            stop_if="tingling lasts after you put your foot down",
            picture="exercise-nerve-glide",
            alt_text="A person sits on a chair, straightens one leg and looks up",
        ),
        exercise(
            "Knee rolls",
            "Gentle motion for the lower back.",
            "Lie on your back with your knees bent.",
            "Let both knees roll a little to each side, without force.",
            dose="20 easy times, two or three times a day",
            stop_if="pain moves further down your leg",
            picture="exercise-knee-roll",
            alt_text="A person lies on the back with bent knees and rolls them to one side",
        ),
    ),
    prevention="""
- Break up sitting every half hour.
- Learn to lift with your hips and legs, close to your body.
- Keep your trunk and legs strong all year.
- Get in shape before a big job such as moving house.
""",
    faqs="""
Is a bulging disc permanent?
Often not. Scans taken months later show that many bulges have shrunk. Pain often eases before that.

Should I stretch the back of my leg hard?
No. A sore nerve does not like to be stretched. Glide it gently instead.

Can I walk?
Yes. Short, frequent walks are good for you as long as the pain does not keep moving further down the leg.

When is surgery a choice?
When strength is being lost, or when leg pain is still severe after six to twelve weeks of good care. Surgery
may bring relief sooner. After a year or two, many people do about as well without it.
""",
    sources=(
        Source("Sciatica", MEDLINEPLUS, "https://medlineplus.gov/sciatica.html"),
        Source("Sciatica", NHS, "https://www.nhs.uk/conditions/sciatica/"),
        Source("Sciatica", AAOS, "https://orthoinfo.aaos.org/en/diseases--conditions/sciatica/"),
        Source(
            "Interventions for the Management of Acute and Chronic Low Back Pain: Revision 2021",
            JOSPT,
            "https://www.jospt.org/doi/10.2519/jospt.2021.0304",
            2021,
        ),
    ),
    clinicians=("marisol-vega", "amina-warsame"),
    author="amina-warsame",
    reviewer="marisol-vega",
    reviewed=datetime.date(2026, 6, 22),
    related=("low-back-pain", "hip-osteoarthritis"),
)
