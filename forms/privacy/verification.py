"""Whether the audit trail is whole: no event changed, removed, put in or moved."""

from dataclasses import dataclass

from django.db.models import QuerySet

from forms.models import AuditHead, SubmissionEvent
from forms.privacy import chain

BATCH = 2000


@dataclass(frozen=True)
class Verdict:
    """What was found: how many events are in order, and at which one and why it ends; ``problem`` is empty if whole."""

    events: int
    head: str
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was wrong."""
        return not self.problem


def verify(expected: str = "") -> Verdict:
    """Follow the trail from its first event to its last, in constant memory, and return what was found.

    ``expected`` is the end of the trail as an earlier verification printed it, ``number:digest``: that event must still
    be there as it was. Without it, a trail that was cut short together with its head cannot be told from a shorter one.
    """
    walk = _Walk(seen=not expected)
    # The site is in use: what is added during the long first walk, the second finds, and where it is to end.
    problem = walk.go_on(SubmissionEvent.objects.all(), expected)
    head = AuditHead.objects.get(pk=AuditHead.ONLY)
    problem = problem or walk.go_on(SubmissionEvent.objects.filter(sequence__lte=head.sequence), expected)
    problem = problem or problem_of_end(head, walk.count, walk.previous)
    if not problem and not walk.seen:
        problem = f"The event {expected} that was seen before is not in the trail."
    return Verdict(walk.count, _name(walk.count, walk.previous), problem)


@dataclass
class _Walk:
    """How far the trail was followed, and whether the event looked for was met."""

    seen: bool
    count: int = 0
    previous: bytes = chain.START

    def go_on(self, events: QuerySet[SubmissionEvent], expected: str) -> str:
        """Follow the trail from here to the last of ``events``, and return what is wrong with the first that is."""
        for event in events.filter(sequence__gt=self.count).order_by("sequence").iterator(chunk_size=BATCH):
            if problem := problem_of(event, self.count + 1, self.previous):
                return problem
            self.previous, self.count = bytes(event.mac), event.sequence
            self.seen = self.seen or _name(self.count, self.previous) == expected
        return ""


def problem_of(event: SubmissionEvent, number: int, previous: bytes) -> str:
    """Return what is wrong with the event at place ``number`` behind one with this digest; empty for nothing."""
    if event.sequence != number:
        return f"Event {number} is missing: event {event.sequence} follows."
    try:
        expected = event.expected_mac(previous)
    except KeyError:
        return f"Event {number} was sealed with the key “{event.key_id}”, which is not among the keys of this site."
    if expected != bytes(event.mac):
        return f"Event {number} was changed, or put in another's place."
    return ""


def problem_of_end(head: AuditHead, count: int, last: bytes) -> str:
    """Return what is wrong with a trail of ``count`` events that ends in the digest ``last``; empty for nothing."""
    if (head.sequence, bytes(head.mac)) == (count, last):
        return ""
    return f"The trail ends at event {count}, but event {head.sequence} was the last added."


def _name(sequence: int, mac: bytes) -> str:
    return f"{sequence}:{mac.hex()[:32]}"
