from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from samspill.people.access import require_facilitator
from samspill.people.models import Person
from samspill.people.searching import contains
from samspill.sectors.choices import OrganisationKind
from samspill.sectors.matching import Directory
from samspill.sectors.models import Organisation, Position, Sector


def organisations(
    *, reader: Person, words: str = "", kind: str = "", ministry: int | None = None
) -> QuerySet[Organisation]:
    """The register by name, with `parent`; for owners and facilitators.

    `words` is part of a name, an abbreviation or a number; `ministry` the id of a parent, which is included.
    """
    require_facilitator(reader)
    found = Organisation.objects.select_related("parent")
    sought = words.strip()
    if sought:
        names = contains(sought, "name_nb", "name_nn", "name_en")
        number = Q(number__startswith=sought.replace(" ", ""))
        found = found.filter(names | number | Q(abbreviation__iexact=sought))
    if kind in OrganisationKind.values:
        found = found.filter(kind=kind)
    if ministry is not None:
        found = found.filter(Q(parent=ministry) | Q(pk=ministry))
    return found


def organisation_for(reader: Person, pk: int) -> Organisation:
    """With its parent; for owners and facilitators, 404 when there is none."""
    found = organisations(reader=reader).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def ministries() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind=OrganisationKind.MINISTRY)


def sectors(*, reader: Person) -> QuerySet[Sector]:
    """With coordinator and `size`, the number of organisations; for owners and facilitators."""
    require_facilitator(reader)
    return Sector.objects.select_related("coordinator").annotate(size=Count("organisations"))


def sector_for(reader: Person, pk: int) -> Sector:
    found = sectors(reader=reader).filter(pk=pk)
    sector = found.prefetch_related(
        Prefetch("organisations", Organisation.objects.select_related("parent"))
    ).first()
    if sector is None:
        raise Http404
    return sector


def positions_in(organisation: Organisation) -> QuerySet[Position]:
    return organisation.positions.select_related("person").filter(person__erased_on__isnull=True)


def position_for(reader: Person, pk: int) -> Position:
    require_facilitator(reader)
    found = Position.objects.select_related("organisation", "person").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def directory() -> Directory:
    """Everything in the register by what it is called. One query; for matching many texts."""
    return Directory(Organisation.objects.all())


def match_organisation(text: str) -> Organisation | None:
    """By number, abbreviation or any name, whatever the case and spaces; None when it is not exactly one."""
    return directory().match(text)


def register_as_it_is() -> list[Organisation]:
    """The whole register with parents, for comparing with an import. One query."""
    return list(Organisation.objects.select_related("parent"))


def personal_data(person: Person) -> dict[str, Any]:
    """The offices we know the person to hold."""
    held = person.positions.select_related("organisation")
    return {
        "positions": [
            {"organisation": str(position.organisation), "title": position.title} for position in held
        ]
    }
