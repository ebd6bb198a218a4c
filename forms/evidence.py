"""What is known of how a form was sent."""

from dataclasses import dataclass

# The name of the field that people do not see; it reads like one that robots fill in.
HONEYPOT = "website"


@dataclass(frozen=True)
class Evidence:
    """What is known of how a form was sent.

    ``honeypot`` is what stood in the field that people do not see, ``seconds`` how long the page was open (None where
    no script could tell), ``proof`` the work done by the browser. An ``address`` is never stored as it is.
    """

    address: str = ""
    honeypot: str = ""
    seconds: float | None = None
    proof: str = ""
