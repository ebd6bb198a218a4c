"""The drawing of requests per day: where each bar stands. The template draws it as SVG."""

import datetime as dt
from dataclasses import dataclass

WIDTH, HEIGHT = 720.0, 200.0


@dataclass(frozen=True)
class Bar:
    """One day of the plot, in the units of the drawing."""

    day: dt.date
    number: int
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True)
class Plot:
    """The drawing of requests per day: its bars, the ``top`` of its scale and the most of a day."""

    bars: list[Bar]
    top: int
    largest: int

    @property
    def middle(self) -> int:
        """The number at half of the scale."""
        return self.top // 2


def plot(days: list[tuple[dt.date, int]]) -> Plot:
    """Return the bars of requests per day; the scale ends at an even number, so that its middle is one too."""
    largest = max((number for _day, number in days), default=0)
    top = max(2, largest + largest % 2)
    step = WIDTH / max(len(days), 1)
    bars = []
    for index, (day, number) in enumerate(days):
        height = round(number / top * HEIGHT, 1)
        bars.append(Bar(day, number, round(index * step, 1), round(step * 0.75, 1), HEIGHT - height, height))
    return Plot(bars, top, largest)
