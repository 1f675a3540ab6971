import uuid

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from samspill.people.models import Person
from samspill.planning.calendar import Meeting
from samspill.planning.models import Gathering
from samspill.ui.text import FALLBACKS, pick


def uid_of(gathering: Gathering, person: Person) -> str:
    """The UID of the person's invitation: always the same one, and it tells nothing about either."""
    return (
        f"{uuid.uuid5(uuid.NAMESPACE_URL, f'samspill/gathering/{gathering.pk}/person/{person.pk}')}@samspill"
    )


def meeting_of(gathering: Gathering, uid: str, sequence: int) -> Meeting:
    """What a calendar shows of the gathering, in the language that is active."""
    language = get_language() or FALLBACKS[0]
    plan = gathering.plan
    starts_at, ends_at = gathering.time
    url = settings.SITE_ADDRESS + reverse("planning:gathering", args=[gathering.pk])
    lines = [
        pick(gathering.cohort.blueprint.content["title"], language),
        gettext("Theme: %(theme)s") % {"theme": pick(plan.theme, language)},
        gettext("Say whether you are coming, and see the programme: %(address)s") % {"address": url},
    ]
    return Meeting(
        uid=uid,
        sequence=sequence,
        starts_at=starts_at,
        ends_at=ends_at,
        summary=gettext("Gathering %(number)d: %(title)s")
        % {"number": gathering.number, "title": pick(plan.title, language)},
        description="\n\n".join(lines),
        place=gathering.place,
        url=url,
    )
