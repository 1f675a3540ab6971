from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from samspill.cohorts.models import Cohort
from samspill.planning.agenda import Agenda, agenda_of
from samspill.planning.models import AgendaRelease, Gathering
from samspill.programmes.differences import Difference, differences_between

ROOM = timedelta(days=7)  # thirteen weeks are three months to everybody who plans by weeks


def gatherings_of(cohort: Cohort) -> list[Gathering]:
    """In their order; all of them share the one cohort object, so that its blueprint is read once."""
    return list(cohort.gatherings.all())


def next_gathering(cohort: Cohort, now: datetime | None = None) -> Gathering | None:
    """The first gathering that has a date, is not cancelled and is not over."""
    now = now or timezone.now()
    coming = [one for one in gatherings_of(cohort) if not one.cancelled and one.ends_at and one.ends_at > now]
    return min(coming, key=lambda one: (one.starts_at or now, one.number), default=None)


def is_soon(gathering: Gathering) -> bool:
    """From two hours before the start until an hour after the end, people may want to go into the room."""
    if gathering.starts_at is None or gathering.ends_at is None:
        return False
    early, late = timedelta(hours=2), timedelta(hours=1)
    return gathering.starts_at - early < timezone.now() < gathering.ends_at + late


def current_release(gathering: Gathering) -> AgendaRelease | None:
    return gathering.releases.first()


def current_releases(cohort: Cohort) -> dict[int, AgendaRelease]:
    """The newest release of each of the cohort's gatherings, by the gathering's id, in one query."""
    found = AgendaRelease.objects.filter(gathering__cohort=cohort).order_by("number")
    return {release.gathering_id: release for release in found}


def draft_agenda(gathering: Gathering) -> Agenda:
    """The agenda as it is tailored now, in time."""
    return agenda_of(gathering.plan.items, gathering.starts_at, gathering.cohort.blueprint.blueprint.form)


def released_agenda(gathering: Gathering, release: AgendaRelease) -> Agenda:
    return agenda_of(release.agenda, gathering.starts_at, gathering.cohort.blueprint.blueprint.form)


def changes_since(gathering: Gathering, release: AgendaRelease | None) -> tuple[Difference, ...]:
    """What the draft has that the release has not; nothing when there is no release."""
    return differences_between([release.document], [gathering.document]) if release else ()


def span_sentence(cohort: Cohort, gatherings: Sequence[Gathering]) -> str:
    """What to say when the dates lie outside the months the blueprint gives; empty when they do not.

    Nothing is said before every gathering that is not cancelled has its date.
    """
    dates = [timezone.localtime(one.starts_at) for one in gatherings if one.starts_at and not one.cancelled]
    if len(dates) < 2 or any(one.starts_at is None and not one.cancelled for one in gatherings):
        return ""
    least, most = cohort.blueprint.blueprint.form.span_months
    first, last = min(dates), max(dates)
    facts = {"least": least, "most": most}
    if _months_later(first, least) > last + ROOM:
        return (
            gettext(
                "The gatherings lie closer together than the blueprint advises: %(least)d to %(most)d months "
                "from the first to the last, so that there is time to try things out between them."
            )
            % facts
        )
    if _months_later(first, most) < last - ROOM:
        return (
            gettext(
                "The gatherings lie further apart than the blueprint advises: %(least)d to %(most)d months "
                "from the first to the last, so that the thread is not lost."
            )
            % facts
        )
    return ""


def _months_later(moment: datetime, months: int) -> datetime:
    """The same day and time so many months later; the 28th for days that not every month has."""
    years, month = divmod(moment.month - 1 + months, 12)
    return moment.replace(year=moment.year + years, month=month + 1, day=min(moment.day, 28))
