from datetime import datetime

from django import template

register = template.Library()


@register.filter
def epoch(moment: datetime | None) -> str:
    """Milliseconds since 1970, for the clocks in the browser; empty for none."""
    return str(round(moment.timestamp() * 1000)) if moment else ""
