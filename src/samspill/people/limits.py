"""Limits per person. Never per network address: a whole ministry sits behind one."""

import math
import time

from django.core.cache import cache
from django.utils.translation import gettext_lazy, ngettext_lazy

from samspill.errors import TooOften
from samspill.people.models import Person

_SOON = gettext_lazy("That was many times in a short while. Wait a moment and try again.")


def limit(person: Person, key: str, times: int, seconds: int) -> None:
    """Count one more `key` for the person; `TooOften` when it is more than `times` within `seconds`.

    The window begins with the first count and is shared by all processes through the cache.
    """
    window = f"limit:{key}:{person.pk}"
    cache.add(window, (0, time.time() + seconds), seconds)
    count, until = cache.get(window) or (0, time.time() + seconds)
    left = until - time.time()
    if count >= times:
        raise TooOften(_when(left))
    cache.set(window, (count + 1, until), max(1, math.ceil(left)))


def _when(seconds: float) -> str:
    if seconds < 60:
        return str(_SOON)
    minutes = math.ceil(seconds / 60)
    return ngettext_lazy(
        "That was many times in a short while. Try again in %(minutes)d minute.",
        "That was many times in a short while. Try again in %(minutes)d minutes.",
        "minutes",
    ) % {"minutes": minutes}
