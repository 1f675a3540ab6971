"""The few named refusals. Every one carries a sentence for a person, in the reader's language."""

from django.utils.functional import Promise


class Refused(Exception):
    """What was asked for is not legal now; `sentence` says why and what would mend it."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class TooOften(Refused):
    """A person asked for the same thing too many times; `sentence` says when to try again."""
