"""The only door to the core that decides what may be shown of answers.

Page, screen, stream, mail, export and report all ask `hidden_because`; nothing else decides it.
"""

from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.utils.translation import gettext, ngettext

from samspill.cores.disclosure import may_show
from samspill.inputs.choices import Attribution, Audience


class Hidden(Enum):
    """Why nothing but the count is shown."""

    NOT_OPENED = "not_opened"
    OPEN = "open"
    TOO_FEW = "too_few"
    NOT_REVEALED = "not_revealed"


@dataclass(frozen=True)
class Situation:
    """What decides whether answers may be shown.

    `people` have answered, with `answers` altogether; somebody may have given several, or withdrawn them.
    `looked`: the facilitator has chosen to look before revealing.
    """

    attribution: Attribution
    opened: bool
    open: bool
    looked: bool
    revealed: bool
    people: int
    answers: int

    @property
    def n(self) -> int:
        """The smaller of the two, so that neither one busy person nor many who withdrew make a crowd."""
        return min(self.people, self.answers)


def smallest(attribution: Attribution) -> int:
    """How many must have answered before anything is shown; the named do not hide behind others."""
    return 1 if attribution.bears_person else settings.MIN_ANSWERS


def hidden_because(situation: Situation, audience: Audience) -> Hidden | None:
    """Why the answers may not be shown to the audience now; None when they may."""
    if not situation.opened:
        return Hidden.NOT_OPENED
    if situation.attribution.bears_person:
        return None if situation.revealed or audience == Audience.FACILITATOR else Hidden.NOT_REVEALED
    if situation.open:
        return Hidden.OPEN
    if not may_show(situation.n, smallest(situation.attribution)):
        return Hidden.TOO_FEW
    seen = situation.revealed or (situation.looked and audience == Audience.FACILITATOR)
    return None if seen else Hidden.NOT_REVEALED


def may_reopen(situation: Situation) -> bool:
    """Whether more answers may come: never once protected ones can have been seen.

    Otherwise the difference between what was shown before and after would give the last answer away.
    """
    return situation.attribution.bears_person or not (situation.looked or situation.revealed)


def why(hidden: Hidden, n: int) -> str:
    """The sentence for somebody who wonders why nothing is shown."""
    if hidden == Hidden.TOO_FEW:
        few = ngettext("%(n)d answer came in.", "%(n)d answers came in.", n) % {"n": n}
        rule = gettext("So that nobody can be recognised, nothing is shown of fewer than %(k)d.") % {
            "k": settings.MIN_ANSWERS
        }
        return f"{few} {rule}"
    return {
        Hidden.NOT_OPENED: gettext("Nobody has been asked yet."),
        Hidden.OPEN: gettext(
            "The answers are shown to nobody, the facilitator included, until all have been collected."
        ),
        Hidden.NOT_REVEALED: gettext("The answers have been collected and not been shown yet."),
    }[hidden]
