"""Sample requests of the demo clinic: invented people, sent in through ``forms.intake`` as a patient's request is."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from clinicsite.demo import form
from clinicsite.demo.vocabulary import Block
from forms import intake
from forms.evidence import Evidence
from forms.fields import field_type
from forms.models import FormDefinition, Status, StepCount, Submission

COUNT = 200
SPREAD = timedelta(days=60)
GIVEN_NAMES = """
Ada Aisha Alejandro Alice Amit Ana Andre Beatriz Ben Carla Carmen Chidi Chloe Daniel Denise Diego Elena Eli Emma
Farid Fatima Finn Grace Hassan Hiro Ingrid Ivan Jamal Jasmine Jin Joan Jorge Kenji Kira Lars Leila Lena Lucas Luis
Mai Malik Marcus Maria Mei Mina Naomi Nia Noah Nora Omar Owen Paula Pedro Quinn Rachel Ravi Rosa Sam Sofia Tariq
Thuy Tomoko Uma Victor Wanda Yusuf Zoe
"""
FAMILY_NAMES = """
Abdi Adams Ahmed Allen Alvarez Baker Bell Brooks Carter Chen Cruz Davis Diaz Edwards Evans Flores Foster Garcia
Gomez Green Hall Hansen Hassan Hill Ito Jackson Johansen Kaur Kelly Khan Kim Larsen Lee Lopez Mason Mendez Miller
Moore Morales Nelson Nguyen Ochoa Olsen Ortiz Park Patel Pham Price Ramos Reed Reyes Rivera Ross Sato Shah Silva
Singh Sutton Tanaka Torres Tran Vang Walker Ward Wong Wright Young
"""
REASONS = (
    "My lower back went out when I lifted a box {when}. Sitting is the worst.",
    "Stiff neck since {when}. I cannot turn my head to back out of the drive.",
    "Left shoulder hurts when I reach up or sleep on it. Started {when}.",
    "Right knee pain on stairs since {when}. I would like to hike again by spring.",
    "I tore my ACL {when} and would like to try without surgery first.",
    "The room spins when I roll over in bed. It began {when}.",
    "Tingling in both hands at night since {when}. I work at a computer.",
    "Heel pain with the first steps in the morning, since {when}.",
    "I rolled my ankle {when}. It is still swollen after runs.",
    "Pain between my shoulder blades since {when}, most of all after work.",
    "My doctor says hip arthritis. I want to put off surgery as long as I can.",
    "Headaches that start in my neck, two or three a week since {when}.",
    "My jaw clicks and hurts when I chew. Since {when}.",
    "Rear-ended {when}. Neck and upper back are sore and I sleep badly.",
    "Sciatica down my right leg since {when}. Walking helps, driving does not.",
    "Tennis elbow from painting the house {when}. I can hardly hold a cup.",
    "Frozen shoulder. I have diabetes and it gets stiffer every week.",
    "Knee replacement planned for the new year. I want to get strong before it.",
    "I am 78 and have fallen twice since {when}. My daughter says I should call you.",
    "Runner, training for a half marathon, pain around both kneecaps since {when}.",
    "Wrist pain after having a baby {when}. Lifting her hurts.",
    "Back pain again, like two years ago. Marisol helped me then.",
    "I would like to go on with Kwame for my knee. Last visit was {when}.",
    "My splint is too loose since the swelling went down. Could Priya look at it?",
    "New exercises, please. The old ones have become too easy.",
    "Do you treat teenagers? My son has knee pain since {when}, he plays soccer.",
    "Need someone who speaks Spanish for my mother. She has shoulder pain.",
    "Work injury {when}, lower back. I have a claim number.",
    "Video visit to check my exercises, if you can. I travel a lot.",
    "=Not sure what it is. Hip or back, hurts since {when}, mostly at night on that side.",
)
WHEN = (
    "last week", "last month", "two weeks ago", "in September", "in August", "early in the summer", "in October",
    "three days ago", "a few months ago", "in the spring",
)  # fmt: skip
OTHER_WAYS = ("The school's nurse", "My insurance's list", "I walked past", "A flyer at the library")
# What robots write, and a patient whom the browser helped so well that it looked like one: for the quarantine tab.
CAUGHT: tuple[tuple[str, Evidence], ...] = (
    (
        "We rank your clinic FIRST on every search engine. 4000 links for $49, reply today.",
        Evidence(honeypot="http://"),
    ),
    ("Dear business owner, cheap loans without questions. Click our link.", Evidence(honeypot="Best loans")),
    ("My left knee again, since last week. You know me from two years ago.", Evidence(seconds=0.1)),
)
AREAS = form.BODY_AREA.value["offered"]
DAYS = form.DAYS.value["offered"]
TIMES = form.TIMES.value["offered"]


# Of ten patients who open the form seven send it; each step further one has left.
SENT, LEFT_AT_EACH_STEP = 0.7, 0.1


@dataclass
class Sampler:
    """Invents requests to one form; the same random numbers give the same requests."""

    definition: FormDefinition
    random: random.Random

    def __post_init__(self) -> None:
        self._questions = {question["label"]: question for question in self.definition.questions}

    def send(self, now: datetime) -> Submission:
        """Send in one request from the days before ``now``, and take it as far as the front desk would have by now."""
        age = SPREAD * self.random.random()
        submission = intake.submit(
            self.definition, self.answers(), source=self.source(), received_at=now - age, notify=False
        )
        self._work_on(submission, now - age, age)
        return submission

    def send_caught(self, now: datetime) -> int:
        """Send in what is caught and put in quarantine, in the days before ``now``; return how many."""
        for reason, evidence in CAUGHT:
            answers = self.answers() | {self._question(form.REASON)["id"]: reason}
            at = now - timedelta(days=20) * self.random.random()
            intake.submit(
                self.definition, answers, source=self.source(), received_at=at, notify=False, evidence=evidence
            )
        return len(CAUGHT)

    def source(self) -> str:
        """Return the path of the page that the request was sent from."""
        return self.random.choice(
            ("/appointment/", "/appointment/", "/conditions/low-back-pain/", "/conditions/neck-pain/", "/telehealth/")
        )

    def answers(self) -> dict[str, Any]:
        """Return answers by field id, with the gaps that real ones have."""
        draw = self.random
        given, family = draw.choice(GIVEN_NAMES.split()), draw.choice(FAMILY_NAMES.split())
        words = [
            (form.REASON, draw.choice(REASONS).format(when=draw.choice(WHEN))),
            (form.NAME, {"first": given, "last": family}),
            (form.BODY_AREA, draw.sample(AREAS, draw.choice((1, 1, 1, 2)))),
            (form.PAIN, draw.randrange(2, 10)),
            (form.PHONE, f"{draw.choice(('206', '425', '253'))} 555 01{draw.randrange(100):02}"),
            (form.EMAIL, f"{given}.{family}@example.org".lower() if draw.random() < 0.7 else ""),
            (form.DAYS, [day for day in DAYS if draw.random() < 0.45]),
            (form.TIMES, [time for time in TIMES if draw.random() < 0.5]),
            (form.CONSENT, True),
        ]
        answers = {self._question(field)["id"]: value for field, value in words}
        is_new = draw.random() < 0.7
        answers[self._question(form.NEW_OR_EXISTING)["id"]] = "new" if is_new else "existing"
        following = form.HEARD_ABOUT_US if is_new else form.USUAL_CLINICIAN
        answers[self._question(following)["id"]] = self._heard() if is_new else self._page(form.USUAL_CLINICIAN)
        answers[self._question(form.LOCATION)["id"]] = self._page(form.LOCATION)
        return answers

    def _heard(self) -> Any:
        chosen = self._choice(form.HEARD_ABOUT_US, (4, 3, 4, 1))
        other = self._question(form.HEARD_ABOUT_US)["choices"][-1]["id"]
        return {"choice": other, "other": self.random.choice(OTHER_WAYS)} if chosen == other else chosen

    def _page(self, field: Block) -> dict[str, Any]:
        """Return one of the pages that the question offers."""
        question = self._question(field)
        key = self.random.choice(field_type(question).choices(question))[0]
        return {"id": int(key) if key.isdigit() else key}

    def _question(self, field: Block) -> dict[str, Any]:
        return self._questions[field.value["label"]]

    def _choice(self, field: Block, weights: tuple[int, ...]) -> str:
        return self.random.choices([choice["id"] for choice in self._question(field)["choices"]], weights)[0]

    def _work_on(self, submission: Submission, received_at: datetime, age: timedelta) -> None:
        """Move the request on: what is older has mostly been booked or closed."""
        steps = [Status.CONTACTED, self.random.choices([Status.BOOKED, Status.CLOSED], (4, 1))[0], Status.CLOSED]
        chances = (timedelta(days=1), timedelta(days=3), timedelta(days=25))
        at = received_at
        for status, usual_delay in zip(steps, chances, strict=True):
            at += usual_delay * (0.3 + self.random.random())
            if at - received_at >= age or submission.status == Status.CLOSED:
                return
            if submission.read_at is None:
                submission.read_at = at
                submission.save(update_fields=["read_at"])
            submission.change_status(status, seen=Status(submission.status), user=None, at=at)


def count_steps(definition: FormDefinition, sent: list[Submission]) -> None:
    """Count how far patients got on the days of these requests, as their browsers would have."""
    per_day = Counter(timezone.localdate(each.created_at) for each in sent)
    StepCount.objects.bulk_create(
        StepCount(
            form_id=definition.form_id,
            day=day,
            step=step["id"],
            count=round(sends * (1 - place * LEFT_AT_EACH_STEP) / SENT),
        )
        for day, sends in per_day.items()
        for place, step in enumerate(definition.steps)
    )
