"""The neck."""

import datetime

from clinicsite.demo.conditions.publishers import AAOS, COCHRANE, JOSPT, MEDLINEPLUS, NHS
from clinicsite.demo.vocabulary import Condition, Source, callout, exercise

NECK_PAIN = Condition(
    slug="neck-pain",
    title="Neck pain",
    short_name="neck pain",
    other_names=("Cervical pain", "Stiff neck", "Wry neck"),
    regions=("neck", "upper-back"),
    summary="""Neck pain can come on overnight or build up over months. It is most often linked to muscles and
        joints
        that are overworked or stiff, and it usually eases with gentle movement. We help you turn, work and
        sleep again,
        and look early for the few signs that need a doctor.""",
    search_description="""Neck pain and stiff neck: emergency signs, what you can do today, simple exercises and
        physical therapy in Seattle.""",
    emergency="""
- Sudden weakness or numbness in the face, an arm or a leg, trouble speaking or seeing, or loss of balance:
  these can be signs of a stroke
- Sudden, severe neck pain or headache unlike any you have had
- Neck pain with chest pain, sweating or shortness of breath
- Neck pain after a crash, a dive or a fall, with tingling or weakness
- A stiff neck with fever, a bad headache, or light that hurts your eyes
""",
    urgent="""
- Weakness in an arm or hand that is new or getting worse
- Clumsy hands, unsteady walking, or electric shocks down the spine when you bend your neck
- Trouble swallowing, or a lump in the neck
- Pain that never eases, also at night
- You have or had cancer, or you are losing weight without trying
""",
    routine="""
- Pain or stiffness that has lasted more than a week or two
- Mild tingling in an arm that comes and goes
- Headaches that seem to start in the neck
""",
    symptoms_introduction="""You may have one or several of these.""",
    symptoms="""
A neck that will not turn
Backing out of a parking space is often the first sign.

Aching at the base of the skull or the top of the shoulder
The muscle feels like a hard band.

Pain or tingling down an arm
A sore nerve in the neck can be felt as far as the fingers.

Headache
It often starts at the back of the head on one side.
""",
    pattern="""A stiff neck that you wake up with tends to fade within a week. Pain from long screen work
        often grows through the day and eases at weekends. Stress and short nights bring it back sooner.""",
    causes_introduction="""Most neck pain has no single cause that a scan could show.""",
    causes="""
Holding still for hours
At a laptop, in traffic or over a phone, small muscles work without a pause.

A joint that has locked up
You turn or wake up, and one side is stuck. It is painful but not dangerous.

Age-related change
Discs get thinner and joints rougher in nearly everyone. Many people feel nothing of it.

An irritated nerve
A disc or a bony edge can press on a nerve, so the arm hurts more than the neck.

An injury
After a crash, see our page on [whiplash](page:whiplash).
""",
    treatment_introduction="""
We listen first, then test your movement, strength, reflexes and feeling. We also check the signs that tell us
whether your blood vessels or spinal cord need a doctor's look.

Research supports a mix: hands-on care to start moving, exercise to keep moving.
""",
    treatments={
        "manual": """We ease stiff joints of the neck and upper back with slow pressure or a quick, small
            movement if you agree to it. We explain the risks and other ways first. You can always say no.""",
        "strength": """Deep neck muscles and the muscles around your shoulder blades get stronger with short,
            easy efforts. They tire quickly at first, so little and often works best.""",
        "posture": "",
        "nerve": """If your arm tingles, we show you a glide for that nerve and the positions that give it room.""",
    },
    outlook="""Most new neck pain gets much better within two to eight weeks. Arm pain from a nerve can take
        three months or more. Flare-ups are common and pass sooner when you know what to do.""",
    self_care=(
        callout(
            "Warmth and small movements",
            """Put a warm pack on your neck for 15 minutes, then look left, right, up and down as far as is
                easy, ten times. Do not wear a collar unless a doctor told you to.""",
        ),
        exercise(
            "Chin tuck",
            "Wakes up the deep muscles at the front of your neck.",
            "Sit tall and look straight ahead.",
            "Slide your chin straight back, as if to make a double chin. Keep your eyes level.",
            "Hold for five seconds, then let go.",
            dose="8 times, three times a day",
            stop_if="you feel dizzy or your arm starts to tingle",
            picture="exercise-chin-tuck",
            alt_text="A person seen from the side slides the chin straight back",
        ),
        exercise(
            "Band row",
            "Builds the muscles that hold up your neck and shoulders.",
            "Fix a band to a closed door at waist height and hold both ends.",
            "Pull your elbows back and draw your shoulder blades together.",
            "Let the band go forward slowly.",
            dose="10 to 15 times, three days a week",
            stop_if="your neck tightens; use a lighter band",
            picture="exercise-band-row",
            alt_text="A person stands and pulls a band that is fixed to a door toward the waist",
        ),
    ),
    prevention="""
- Raise your screen so that the top edge is at eye level.
- Take calls with a headset. Do not pinch the phone with your shoulder.
- Use one pillow that fills the space between shoulder and ear.
- Train shoulders and upper back twice a week.
""",
    faqs="""
Is it safe to have my neck adjusted?
Serious harm is very rare, but it has happened. We screen for risk first, use gentle techniques, and never do
it without your clear yes. Exercise alone is a good choice too.

Which pillow is best?
The one you sleep well on. Try to keep your nose in line with your breastbone when you lie on your side.

My neck cracks when I turn. Is that bad?
No. Noises without pain are normal.

How long should I wait before I call you?
If you can work and sleep, give it a week. If you cannot, or pain goes down your arm, call sooner.
""",
    sources=(
        Source("Neck Pain: Revision 2017", JOSPT, "https://www.jospt.org/doi/10.2519/jospt.2017.0302", 2017),
        Source(
            "Exercises for mechanical neck disorders",
            COCHRANE,
            "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD004250.pub5/full",
            2015,
        ),
        Source("Neck Injuries and Disorders", MEDLINEPLUS, "https://medlineplus.gov/neckinjuriesanddisorders.html"),
        Source("Neck Pain", AAOS, "https://orthoinfo.aaos.org/en/diseases--conditions/neck-pain/"),
    ),
    clinicians=("tomas-lindqvist", "marisol-vega", "amina-warsame"),
    author="tomas-lindqvist",
    reviewer="marisol-vega",
    reviewed=datetime.date(2026, 10, 5),
    related=("whiplash", "neck-headache", "upper-back-pain"),
)

WHIPLASH = Condition(
    slug="whiplash",
    title="Whiplash",
    short_name="whiplash",
    other_names=("Neck sprain", "Neck strain", "Whiplash-associated disorder"),
    regions=("neck",),
    summary="""Whiplash is a sprain of the neck after a sudden jolt, most often a car crash. Pain may start
        hours later.
        For most people the best first treatment is simple: stay active, move the neck gently and give it some
        weeks.""",
    search_description="""Whiplash after a crash: when to go to the emergency room, what to do in the first
        week and how
        physical therapy helps your neck recover.""",
    emergency="""
- Numbness, tingling or weakness in arms or legs after a crash
- You cannot turn your head 45 degrees to each side, or the middle of your neck is very sore to touch
- You passed out, feel confused, keep vomiting or have a headache that gets worse
- Trouble speaking, seeing or walking, or a face that droops
- Loss of bladder or bowel control
""",
    urgent="""
- You are over 65 or have thin bones, and have not been checked since the crash
- Severe pain that does not ease with rest and simple pain medicine
- Shooting pain down an arm
- Dizziness, ringing in the ears or trouble swallowing that is new
""",
    routine="""
- Soreness that has not begun to ease after one week
- You are nervous about moving your neck or getting back in the car
- Headaches or poor sleep since the crash
""",
    symptoms_introduction="""It is normal to feel more sore on the second day than on the first.""",
    symptoms="""
Neck pain and stiffness
Often worst when you turn or look down.

Headache
Mostly at the back of the head.

Sore shoulders or upper back
Your body braced itself, and those muscles hurt too.

Feeling off
Tired, dizzy, foggy or on edge. It often fades as the neck calms down.
""",
    pattern="""Pain often builds over the first two days, stays for a week or so, then eases. A long drive or
        a bad night can make it flare. Some people improve fast, and others need a few months.""",
    causes_introduction="""The head is thrown back and forth faster than the muscles can react.""",
    causes="""
A car or bike crash
Being hit from behind is the most common cause, even at low speed.

Sport
A tackle, a fall on the ice or a hard landing can do the same.

A fall
Slipping on stairs jolts the neck as well.
""",
    treatment_introduction="""
We check that nothing is broken or pressing on a nerve, and send you for pictures if a well-tested rule says
you need them.

Then we help you do normal things again, early but not all at once.
""",
    treatments={
        "education": """Knowing what to expect is treatment. A sprained neck heals, and moving it helps. We
            plan your return to work, driving and sport.""",
        "stretching": """You learn easy neck movements to do every few hours. Short and often beats long and
            hard.""",
        "strength": "",
        "balance": """If you feel unsteady or cannot judge where your head is, we train eyes, neck and balance
            together.""",
    },
    outlook="""About half of people feel recovered within three months. Others still have some pain after
        that, most often mild. High pain in the first days, poor sleep and fear can slow things down, so we
        look at them early.""",
    self_care=(
        callout(
            "The first week",
            """Keep to your usual day as far as you can. Cold or warm packs are both fine. A soft collar is
                rarely helpful for more than a day or two.""",
        ),
        exercise(
            "Easy turns",
            "Keeps the neck moving while it heals.",
            "Lie on your back with a flat pillow.",
            "Roll your head slowly to one side, as far as is easy, then to the other.",
            dose="10 times, every two to three hours in the day",
            stop_if="you feel faint, sick or see double",
        ),
        exercise(
            "Chin tuck, lying down",
            "Calm strength for deep neck muscles.",
            "Lie on your back. Nod gently, as if to say yes, and feel the back of your neck grow long.",
            "Hold for five seconds without lifting your head.",
            dose="8 times, twice a day",
            stop_if="tingling starts in an arm",
            picture="exercise-chin-tuck",
            alt_text="A person seen from the side slides the chin straight back",
        ),
    ),
    prevention="""
- Set your headrest so that its top is level with the top of your head, close behind you.
- Sit upright, with the backrest nearly straight.
- Keep two car lengths more than you think you need, above all in rain.
- Strong neck and shoulder muscles help in contact sport.
""",
    faqs="""
Should I wear a collar?
In most cases no. Resting the neck for long makes it stiffer and slows you down.

When can I drive again?
When you can turn your head far enough to look over both shoulders, and no medicine makes you drowsy.

Why does everything hurt so long after?
Pain depends on more than tissue. Stress after a crash keeps the body alert. That is real, and it can be treated.

Will you write to my insurer?
Yes. With your consent we send notes to the insurer or lawyer you name, and to nobody else.
""",
    sources=(
        Source("Neck Pain: Revision 2017", JOSPT, "https://www.jospt.org/doi/10.2519/jospt.2017.0302", 2017),
        Source("Neck Sprain (Whiplash)", AAOS, "https://orthoinfo.aaos.org/en/diseases--conditions/neck-sprain/"),
        Source("Whiplash", NHS, "https://www.nhs.uk/conditions/whiplash/"),
        Source("Neck Injuries and Disorders", MEDLINEPLUS, "https://medlineplus.gov/neckinjuriesanddisorders.html"),
    ),
    clinicians=("tomas-lindqvist", "hana-yoshida"),
    author="hana-yoshida",
    reviewer="tomas-lindqvist",
    reviewed=datetime.date(2026, 7, 13),
    related=("neck-pain", "neck-headache", "vertigo-bppv"),
)
