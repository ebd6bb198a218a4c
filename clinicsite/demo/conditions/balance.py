"""Dizziness and balance."""

import datetime

from clinicsite.demo.conditions.publishers import CDC, COCHRANE
from clinicsite.demo.vocabulary import Condition, Source, callout, exercise

VERTIGO = Condition(
    slug="vertigo-bppv",
    title="Vertigo from loose ear crystals (BPPV)",
    short_name="vertigo",
    other_names=("Benign paroxysmal positional vertigo", "Positional vertigo", "Loose ear crystals"),
    regions=("head-jaw", "whole-body"),
    summary="""BPPV makes the room spin for seconds when you roll over in bed, look up or bend down. Tiny
        crystals in the
        inner ear have slipped into the wrong place. It feels alarming but is not dangerous, and one or two
        visits often
        help.""",
    search_description="""The room spins when you roll over? What BPPV is, when dizziness is an emergency, and how a
        short treatment can put ear crystals back.""",
    emergency="""
- Dizziness with a drooping face, weak arm or leg, slurred speech, double vision or numbness: possible stroke
- A sudden headache, the worst of your life
- You cannot stand or walk at all, even when you hold on
- Chest pain, a racing heart or fainting
- Sudden loss of hearing in one ear along with strong vertigo, or dizziness after a blow to the head
""",
    urgent="""
- Spinning that does not stop, for hours, even when you lie still
- Vomiting that keeps you from drinking
- New ringing, fullness or loss of hearing in an ear
- Fever with ear pain or discharge
- You have fallen because of it
""",
    routine="""
- Short spinning spells when you roll over, look up or bend down
- You feel unsteady between the spells
- It has come back after treatment
""",
    symptoms_introduction="""The spells are short. How you feel in between matters too.""",
    symptoms="""
Spinning for less than a minute
It starts a few seconds after you move your head, and fades if you stay still.

Nausea
Some people vomit.

Feeling unsteady
You may walk as if on a boat for hours after.

Fear of moving
Many people sleep sitting up. Treatment is easier and works better.
""",
    pattern="""Spells often come in the morning, with the first roll in bed. They may happen daily for some
        weeks, vanish for months, then return. Bright days without a spell are no sign that something is
        hidden.""",
    causes_introduction="""Small crystals help you sense gravity. When some come loose and drift into a canal
        of the inner ear, your brain gets a wrong signal.""",
    causes="""
Age
Crystals loosen more easily after 50. It is more common in women.

A knock on the head
Even a mild one.

An illness of the inner ear
Such as an inflamed balance nerve.

A long time lying down
After surgery, a long illness or in the dentist's chair.

No clear reason
This is the most common answer.
""",
    treatment_introduction="""
First we make sure it is BPPV. We lay you back with your head turned and watch your eyes. The way they move
shows us which ear and which canal.

Then we treat it in the same visit, if you feel ready.
""",
    treatments={
        "repositioning": "",
        "balance": """If you stay unsteady when the spinning has stopped, we train your balance for a few weeks.""",
        "education": """You learn what the crystals do, how to move out of bed, and what to do if it comes back.""",
    },
    outlook="""Guidelines report that most people are free of spinning after one to three treatments. It
        returns in up to half of people within five years, and can be treated again. If it does not fit the
        pattern, we call your doctor.""",
    self_care=(
        callout(
            "Stay safe today",
            """Get up in two stages: sit for a minute, then stand. Keep a light on at night. Do not drive or
                climb while spells are frequent. You do not have to sleep sitting up.""",
        ),
        exercise(
            "Standing on one leg",
            "Helps your brain trust your feet again, once the spinning has eased.",
            "Stand beside a kitchen counter with one hand on it.",
            "Lift one foot a little and stand tall. Look straight ahead.",
            "When it is easy, use only one finger.",
            dose="3 times 20 seconds on each leg, once a day",
            stop_if="the room spins or you cannot hold on safely",
            picture="exercise-balance",
            alt_text="A person stands on one leg with one hand on a counter",
        ),
    ),
    prevention="""
- There is no sure way to prevent BPPV.
- Ask your doctor about your vitamin D if it keeps coming back.
- Learn from us how to treat the ear at home, if it returns often.
- Make your home safe from falls: night light, no loose rugs, a rail in the shower.
""",
    faqs="""
Will the treatment make me dizzy?
Yes, for a short time, and we will be right beside you. Most people say it was easier than they feared.

Can I do the maneuver at home from a video?
Not before somebody has found the right ear and canal. Many people treat the wrong side, and some neck
problems make the turns unsafe.

Do pills help?
Pills for dizziness can calm nausea for a day. They do not move the crystals, and used for long they slow your
brain's recovery.

Should I get a brain scan?
Not for typical BPPV. If you have any sign of stroke, call 911 at once.
""",
    sources=(
        Source(
            "Clinical Practice Guideline: Benign Paroxysmal Positional Vertigo (Update)",
            "American Academy of Otolaryngology-Head and Neck Surgery",
            "https://doi.org/10.1177/0194599816689667",
            2017,
        ),
        Source(
            "The Epley (canalith repositioning) manoeuvre for benign paroxysmal positional vertigo",
            COCHRANE,
            "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD003162.pub3/full",
            2014,
        ),
        Source(
            "Balance Disorders",
            "National Institute on Deafness and Other Communication Disorders",
            "https://www.nidcd.nih.gov/health/balance-disorders",
        ),
        Source("Signs and Symptoms of Stroke", CDC, "https://www.cdc.gov/stroke/signs-symptoms/index.html"),
    ),
    clinicians=("hana-yoshida",),
    author="hana-yoshida",
    reviewer="amina-warsame",
    reviewed=datetime.date(2026, 9, 28),
    related=("whiplash", "neck-headache"),
)
