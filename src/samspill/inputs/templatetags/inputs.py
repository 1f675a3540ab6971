from collections.abc import Sequence
from typing import Any

from django import template

from samspill.inputs.kinds.wall import layout_of

register = template.Library()


@register.filter
def layout(cards: Sequence[Any]) -> str:
    """The name of the layout in which the cards are written as large as they fit on one page of a big screen."""
    return layout_of([card.words for card in cards]).name
