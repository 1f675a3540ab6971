import re
from typing import Any

from django import template
from django.conf import settings
from django.utils.module_loading import import_string

from samspill.cohorts.choices import State
from samspill.cohorts.halves import in_words
from samspill.cohorts.models import Cohort
from samspill.people.choices import Language

register = template.Library()


@register.inclusion_tag("ui/chain.html", takes_context=True)
def cohort_chain(context: template.Context, cohort: Cohort, active: str = "") -> dict[str, Any]:
    """The strip tailoring → dates → gatherings → follow-up → effect → report, one click from link to link.

    What the links are is decided at the roof (`settings.COHORT_CHAIN`), which knows every app.
    """
    links = import_string(settings.COHORT_CHAIN)(cohort, context["request"].user, active)
    return {"chain": links}


@register.filter
def half_year(value: str) -> str:
    return in_words(value)


@register.filter
def state_colour(state: str) -> str:
    """The design system's colour of a state; the state is always said in words too."""
    return {
        State.INVITED: "neutral",
        State.DECLINED: "neutral",
        State.ACCEPTED: "info",
        State.TAILORING: "info",
        State.RUNNING: "success",
        State.FOLLOW_UP: "success",
        State.CLOSED: "neutral",
    }[State(state)]


@register.filter
def language_name(code: str) -> str:
    return str(Language(code).label)


@register.filter
def anchor(key: str) -> str:
    """A difference's key as the id of a place on the page."""
    return re.sub(r"[^a-z0-9-]", "-", key)
