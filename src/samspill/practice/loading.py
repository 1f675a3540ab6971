"""The practice data: invented sectors at every stage of the programme."""

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from samspill.errors import Refused
from samspill.people.models import Person
from samspill.practice.clock import at
from samspill.practice.stories import tell
from samspill.practice.world import make_world
from samspill.programmes.actions import load_reference_programme
from samspill.sectors.actions import load_reference_register

BEFORE_ALL_STORIES = timedelta(days=450)


def load() -> None:
    """Fill an empty site with the practice data; refused when there are people in it already."""
    _refuse_outside_practice()
    if Person.objects.exists():
        raise Refused(
            "The site has people in it already. 'samspill practice reset' empties it and starts afresh."
        )
    with override("nb"), transaction.atomic():
        now = timezone.now()
        with at(now - BEFORE_ALL_STORIES):
            load_reference_register()
            version = load_reference_programme()
            world = make_world()
        tell(world, version, now)


def reset() -> None:
    """Throw away everything in the site, and load the practice data afresh."""
    _refuse_outside_practice()
    call_command("flush", interactive=False, verbosity=0)
    load()


def _refuse_outside_practice() -> None:
    if not settings.PRACTICE:
        raise Refused(
            "Practice data belong on a practice site only. Set SAMSPILL_PRACTICE=yes if this is one."
        )
