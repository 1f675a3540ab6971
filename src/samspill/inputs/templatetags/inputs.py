from collections.abc import Sequence
from typing import Any

from django import template

from samspill.inputs.kinds.base import weight_of

register = template.Library()


@register.filter
def weight(cards: Sequence[Any]) -> str:
    """How much there is to read on one page of the big screen, and so how large it can be written."""
    return weight_of([getattr(card, "text", None) or card.what for card in cards])
