"""How cards are laid out on the big screen: as large as they all fit, else over as few pages as can be.

Lengths are in em of the screen's smallest type (28 px at 1080p), so they hold on a screen of any size. What is taken
here is a little more than browsers take, so that nothing is cut off.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDE, HIGH = 63.0, 19.0
"""What is free for cards when the question takes three lines and the way in is shown."""
LINE = 1.36
FRAME_ACROSS, FRAME_DOWN = 1.5, 1.85
"""Padding, border and the gap to the next card."""
LETTER = 0.5
"""How wide a letter is, with what is lost at the ends of lines."""


@dataclass(frozen=True)
class Layout:
    name: str
    columns: int
    size: float  # of the type

    @property
    def letters(self) -> int:
        """Letters on a line."""
        column = (WIDE / self.size - (self.columns - 1)) / self.columns
        return int((column - FRAME_ACROSS) / LETTER)

    def height(self, text: str) -> float:
        lines = sum(max(1, math.ceil(len(line) / self.letters)) for line in text.split("\n"))
        return (lines * LINE + FRAME_DOWN) * self.size

    def holds(self, texts: Iterable[str]) -> bool:
        """Whether the cards fit in their order, each column filled before the next."""
        columns, left = 0, 0.0
        for height in map(self.height, texts):
            if height > left:
                columns, left = columns + 1, HIGH
            left -= height
            if left < 0 or columns > self.columns:
                return False
        return True


LARGEST_FIRST = (Layout("huge", 2, 1.7), Layout("large", 3, 1.4), Layout("medium", 3, 1.2))
SMALLEST = (Layout("small", 3, 1.0), Layout("long", 2, 1.0))


def layout_of(texts: Sequence[str]) -> Layout:
    """The layout of one page; the longest cards that exist fit in the last one."""
    return next((each for each in (*LARGEST_FIRST, *SMALLEST) if each.holds(texts)), SMALLEST[-1])


def pages(texts: Sequence[str]) -> tuple[range, ...]:
    """Which of the texts stand on each page, in their order; one empty page for none."""
    if layout_of(texts).holds(texts):
        return (range(len(texts)),)
    return min((_paged(texts, layout) for layout in SMALLEST), key=len)


def _paged(texts: Sequence[str], layout: Layout) -> tuple[range, ...]:
    starts = [0]
    for place in range(1, len(texts)):
        if not layout.holds(texts[starts[-1] : place + 1]):
            starts.append(place)
    return tuple(range(start, end) for start, end in zip(starts, [*starts[1:], len(texts)], strict=True))
