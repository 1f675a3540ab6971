"""Every read of programmes. Blueprints are open to programme owners and facilitators (`people.access`)."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from samspill.people.access import require_facilitator, require_owner
from samspill.people.models import Person
from samspill.programmes.choices import VersionState
from samspill.programmes.models import BlueprintVersion, Measure, Umbrella


def umbrellas(person: Person) -> QuerySet[Umbrella]:
    """Umbrella programmes with their measures, and with these their versions, newest first."""
    require_facilitator(person)
    versions = Prefetch("versions", BlueprintVersion.objects.defer("content"))
    return Umbrella.objects.prefetch_related(Prefetch("measures", Measure.objects.prefetch_related(versions)))


def measure_for(person: Person, key: str) -> Measure:
    """The measure; 404 if there is none, 403 for who may not read blueprints."""
    require_facilitator(person)
    measure = Measure.objects.select_related("umbrella").filter(key=key).first()
    if measure is None:
        raise Http404
    return measure


def versions_of(measure: Measure) -> QuerySet[BlueprintVersion]:
    """All versions, newest first; the draft, if there is one, is the first."""
    return measure.versions.select_related("released_by")


def draft_of(measure: Measure) -> BlueprintVersion | None:
    return measure.versions.filter(state=VersionState.DRAFT).first()


def latest_release(measure: Measure) -> BlueprintVersion | None:
    return measure.versions.filter(state=VersionState.RELEASED).order_by("-number").first()


def version_for(person: Person, pk: int) -> BlueprintVersion:
    """The version; 404 if there is none, 403 for who may not read blueprints."""
    require_facilitator(person)
    found = BlueprintVersion.objects.select_related("measure__umbrella", "released_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def draft_for(person: Person, pk: int) -> BlueprintVersion:
    """A draft to be edited: owners only. 404 when the version has been released or thrown away."""
    require_owner(person)
    draft = version_for(person, pk)
    if draft.state != VersionState.DRAFT:
        raise Http404
    return draft


def released_version(measure_key: str) -> BlueprintVersion | None:
    """The newest released version of the measure, for whoever needs it; None before the first release."""
    return (
        BlueprintVersion.objects.select_related("measure")
        .filter(measure__key=measure_key, state=VersionState.RELEASED)
        .order_by("-number")
        .first()
    )


def released_versions() -> tuple[BlueprintVersion, ...]:
    """The newest released version of every measure that has one, in the measures' order."""
    newest: dict[int, BlueprintVersion] = {}
    released = BlueprintVersion.objects.filter(state=VersionState.RELEASED).select_related("measure")
    for version in released.order_by("measure_id", "number"):
        newest[version.measure_id] = version
    return tuple(newest.values())
