from typing import Any

from django import template
from django.conf import settings
from django.utils.module_loading import import_string

from samspill.cohorts.models import Cohort

register = template.Library()


@register.inclusion_tag("ui/chain.html", takes_context=True)
def cohort_chain(context: template.Context, cohort: Cohort, active: str = "") -> dict[str, Any]:
    """The strip tailoring → dates → gatherings → follow-up → effect → report, one click from link to link.

    What the links are is decided at the roof (`settings.COHORT_CHAIN`), which knows every app.
    """
    links = import_string(settings.COHORT_CHAIN)(cohort, context["request"].user, active)
    return {"chain": links}
