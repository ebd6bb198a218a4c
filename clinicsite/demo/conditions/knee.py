"""The knee."""

import datetime

from clinicsite.demo.conditions.publishers import AAOS, COCHRANE, JOSPT, NHS, NIAMS
from clinicsite.demo.vocabulary import Condition, Source, callout, exercise

KNEE_OSTEOARTHRITIS = Condition(
    slug="knee-osteoarthritis",
    title="Knee osteoarthritis",
    short_name="knee pain",
    other_names=("Knee arthritis", "Gonarthrosis", "Worn knee"),
    regions=("knee",),
    summary="""Knee osteoarthritis is the most common reason for knee pain after 50. The joint gets rough and
        stiff, but
        how it feels depends a lot on your muscles, weight and sleep. That part you can change, and exercise is the
        treatment with the best proof.""",
    search_description="""Knee osteoarthritis: why strength helps, which exercises to start with, and when a swollen
        knee needs a doctor.""",
    emergency="""
- A hot, red, swollen knee with fever or chills
- A fall or blow, and you cannot put weight on the leg, or the knee looks out of shape
- A swollen, sore calf with chest pain or shortness of breath
""",
    urgent="""
- A knee that swells fast, within hours
- A knee that is locked and will not straighten
- One calf that is swollen, warm and sore
- An artificial knee that has become painful or hot
- Night pain that nothing eases, or weight loss you cannot explain
""",
    routine="""
- Knee pain for more than a few weeks
- Stairs or kneeling have become hard
- You move less because you fear wearing it out
""",
    symptoms_introduction="""You may have good weeks and bad weeks.""",
    symptoms="""
Pain with stairs, squatting or long walks
Often on the inner side or behind the kneecap.

Stiffness after rest
It takes a few steps to loosen up.

Swelling
The knee looks puffy after a busy day.

Grinding or cracking
It sounds worse than it is.

Giving way
Mostly a sign of weak or tired thigh muscles.
""",
    pattern="""Pain is often worst with the first steps, better when warm, and worse again after a long day.
        Flare-ups may last from days to a few weeks, most often after a change in activity.""",
    causes_introduction="""Wear is only part of it. The joint also reacts to load, and to your general health.""",
    causes="""
Age and family
Both raise the chance.

An earlier injury
A torn ligament or meniscus, even decades ago.

Weak thigh muscles
They are the knee's shock absorbers.

Body weight
Every pound less takes several pounds off the knee at each step.

Jobs with much kneeling and lifting
Above all both together.
""",
    treatment_introduction="""
We look at your knee, and at how you rise, climb and walk. Then we set a goal together that has nothing to do
with the X-ray, such as two flights of stairs or kneeling in the garden.
""",
    treatments={
        "strength": """Two or three sessions a week for eight to twelve weeks. Thigh, hip and calf get
            stronger, and most knees hurt less.""",
        "education": """What you can do on a flare-up day, how weight and sleep change pain, and why cracking
            is fine.""",
        "gait": "",
        "tape": """A simple brace or tape makes walking easier for some people. We try it in the clinic before
            you buy one.""",
    },
    outlook="""Exercise eases pain for most people about as much as common pain medicine, without its side
        effects. It works as long as you keep at it. If a good program for three months does not help enough,
        we talk about injections or surgery with you and your doctor.""",
    self_care=(
        callout(
            "The 24-hour rule",
            """Pain during exercise is safe if it stays at 4 out of 10 or less and is back to normal within 24
                hours. If not, do a little less next time. Do not stop.""",
        ),
        exercise(
            "Sit to stand",
            "The best first exercise for knees.",
            "Sit at the front of a chair, feet hip-wide.",
            "Stand up with your weight on both legs.",
            "Sit down slowly, counting to three.",
            dose="2 rounds of 10, every other day",
            stop_if="the knee swells after",
            picture="exercise-sit-to-stand",
            alt_text="A person leans forward and rises from a chair",
        ),
        exercise(
            "Step up",
            "Gets you ready for stairs.",
            "Stand in front of a low step and hold a rail.",
            "Step up with the sore leg and bring the other foot beside it.",
            "Step down again slowly.",
            dose="2 rounds of 8 on each leg, every other day",
            stop_if="the knee gives way or gets a sharp pain",
            picture="exercise-step-up",
            alt_text="A person steps onto a low box",
        ),
    ),
    prevention="""
- Train your thighs twice a week, for life.
- Keep a steady weight; even five percent less can be felt.
- After a knee injury, finish your rehab.
- Move on most days: walk, ride, swim or dance.
""",
    faqs="""
Will exercise make it worse?
No. Reviews of many studies found that it lessens pain and is safe for the joint.

Is walking enough?
It is a good start. Strength work adds more.

Do injections help?
Steroid injections can ease a flare for some weeks. Talk with your doctor about how often is wise.

What about keyhole surgery to clean the joint?
Guidelines advise against it for wear of the knee, because it works no better than exercise.
""",
    sources=(
        Source(
            "Exercise for osteoarthritis of the knee",
            COCHRANE,
            "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD004376.pub3/full",
            2015,
        ),
        Source("Osteoarthritis", NIAMS, "https://www.niams.nih.gov/health-topics/osteoarthritis"),
        Source(
            "Arthritis of the Knee", AAOS, "https://orthoinfo.aaos.org/en/diseases--conditions/arthritis-of-the-knee/"
        ),
        Source("Osteoarthritis", NHS, "https://www.nhs.uk/conditions/osteoarthritis/"),
    ),
    clinicians=("jun-manalo", "kwame-asante", "marisol-vega"),
    author="kwame-asante",
    reviewer="marisol-vega",
    reviewed=datetime.date(2026, 10, 19),
    related=("kneecap-pain", "hip-osteoarthritis"),
)

KNEECAP_PAIN = Condition(
    slug="kneecap-pain",
    title="Kneecap pain",
    short_name="kneecap pain",
    other_names=("Patellofemoral pain", "Runner's knee", "Anterior knee pain"),
    regions=("knee",),
    summary="""Kneecap pain is felt around or behind the kneecap with stairs, squats, running or long sitting. It is
        common in active people and teenagers. Nothing is broken: the joint has more load than it likes, and
        strong hips
        and thighs help it cope.""",
    search_description="""Runner's knee or patellofemoral pain: what helps, how to keep running, and exercises
        for hip
        and thigh.""",
    emergency="""
- The kneecap has slipped out of place and stays there
- A fall or blow, and you cannot put weight on the leg or straighten the knee
- A hot, swollen knee with fever
""",
    urgent="""
- A knee that swelled within hours of a twist or blow
- A knee that locks or gives way again and again
- A child or teenager with a limp, or with groin or thigh pain together with knee pain
- Pain at night or at rest that gets steadily worse
""",
    routine="""
- Pain with stairs or squatting for more than three weeks
- It keeps you from sport
- It returns each time you train more
""",
    symptoms_introduction="""It is hard to point to with one finger. Most people draw a circle around the
        kneecap.""",
    symptoms="""
Pain on stairs and slopes
Going down is often worse than up.

Pain after sitting
Known as movie-goer's knee.

Pain when you squat, kneel or run
Often only after some minutes.

Creaking
Common, and harmless.
""",
    pattern="""Pain rises with load and often the day after. It may come and go for months, in step with
        training. Growth spurts and new sports are typical starts in teenagers.""",
    causes_introduction="""The kneecap carries several times your weight when you bend the knee. Trouble
        starts when load and strength do not match.""",
    causes="""
Too much, too soon
More miles, more hills, a new sport.

Weak hips or thighs
The knee then drifts inward at each step.

A change in shoes or ground
Even a good change needs time.

A kneecap that tracks a little to the side
It is a normal variation in many people.
""",
    treatment_introduction="""
We watch you squat, step down and run, and test hip and thigh strength. Then we decide together what stays in
your week, what pauses and what comes back when.
""",
    treatments={
        "strength": """Hip exercises first, since they load the knee little, then thigh work as pain allows.
            Doing both works better than either one.""",
        "load": """Most runners can go on running: shorter, flatter, every other day. We write it down for the
            next four weeks.""",
        "tape": """Tape on the kneecap can make the first weeks easier.""",
        "gait": """Taking slightly shorter, quicker steps lowers the load on the kneecap.""",
    },
    outlook="""Many people are better after six to twelve weeks of training. For some it lasts longer, above
        all if they have had it for years. Those who keep training have fewer relapses.""",
    self_care=(
        callout(
            "Turn the load down, not off",
            """Cut stairs, hills and deep squats by half for two weeks. Keep what does not hurt. Then add a
                tenth each week.""",
        ),
        exercise(
            "Bridge",
            "Strong hips steer the knee.",
            "Lie on your back with your knees bent.",
            "Lift your hips and hold for five seconds.",
            "When it is easy, do it with one leg.",
            dose="3 rounds of 10, every other day",
            stop_if="the kneecap hurts more than 4 out of 10",
            picture="exercise-bridge",
            alt_text="A person lies on the back with bent knees and lifts the hips off the floor",
        ),
        exercise(
            "Step up",
            "Teaches the knee to stay over the foot.",
            "Stand sideways or forward to a low step.",
            "Step up slowly. Watch that your knee points to your second toe.",
            "Lower with control.",
            dose="3 rounds of 8 on each leg, every other day",
            stop_if="it hurts more than 4 out of 10, or the next day",
            picture="exercise-step-up",
            alt_text="A person steps onto a low box",
        ),
    ),
    prevention="""
- Add no more than a tenth of distance a week.
- Train hips and thighs all year, not only after pain.
- Break in new shoes over two weeks.
- Let teenagers have a rest day, and more than one sport.
""",
    faqs="""
Is my cartilage damaged?
In most people it is not. Pictures are seldom needed.

Do insoles help?
Ready-made ones can help some people for the first six weeks. They do not replace training.

Should my teenager stop all sport?
No. Less and smarter is better than nothing.
""",
    sources=(
        Source("Patellofemoral Pain", JOSPT, "https://www.jospt.org/doi/10.2519/jospt.2019.0302", 2019),
        Source(
            "Exercise for treating patellofemoral pain syndrome",
            COCHRANE,
            "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD010387.pub2/full",
            2015,
        ),
        Source(
            "Patellofemoral Pain Syndrome",
            AAOS,
            "https://orthoinfo.aaos.org/en/diseases--conditions/patellofemoral-pain-syndrome/",
        ),
    ),
    clinicians=("kwame-asante", "jun-manalo"),
    author="kwame-asante",
    reviewer="amina-warsame",
    reviewed=datetime.date(2026, 6, 1),
    related=("knee-osteoarthritis", "acl-injury"),
)
