from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.audit.actions import record
from samspill.errors import Refused
from samspill.people.access import require_owner
from samspill.people.models import Person
from samspill.sectors.choices import SectorKind
from samspill.sectors.imports import FIELDS, KNOWN, Plan, differences, plan_of
from samspill.sectors.models import Organisation, Position, Sector
from samspill.sectors.queries import register_as_it_is
from samspill.spreadsheets.choices import Verdict
from samspill.spreadsheets.preview import EVERYTHING, Chosen, Line
from samspill.spreadsheets.reading import read_bytes

REFERENCE = Path(__file__).parent / "data" / "norway_orgs.csv"
_CHUNK = 500


@dataclass(frozen=True)
class Imported:
    new: int
    changed: int


@dataclass(frozen=True)
class Office:
    """Somebody's office, as an import says it."""

    person: Person
    organisation: Organisation
    title: str


def keep_organisation(*, organisation: Organisation, by: Person | None) -> Organisation:
    """Save a new or changed organisation that a form has filled; refuses one that would belong to itself."""
    _require_owner_or_system(by)
    _refuse_own_ancestor(organisation)
    key = "sectors.organisation_changed" if organisation.pk else "sectors.organisation_created"
    with transaction.atomic():
        organisation.save()
        record(key=key, subject=f"organisation:{organisation.pk}", actor=by.pk if by else None)
    return organisation


def remove_organisation(*, organisation: Organisation, by: Person) -> None:
    """Take out an organisation that nothing refers to."""
    require_owner(by)
    subject = f"organisation:{organisation.pk}"
    try:
        with transaction.atomic():
            organisation.delete()
            record(key="sectors.organisation_removed", subject=subject, actor=by.pk)
    except ProtectedError as error:
        raise Refused(
            _("The organisation cannot be removed: other organisations, sectors or cohorts refer to it.")
        ) from error


def keep_sector(*, sector: Sector, organisations: Sequence[Organisation], by: Person | None) -> Sector:
    """Save a sector with its organisations; the co-ordinating body always belongs to it."""
    _require_owner_or_system(by)
    members = {organisation.pk: organisation for organisation in [sector.coordinator, *organisations]}
    if len(members) < 2:
        raise Refused(
            _("A sector is a co-ordinating body with at least one other organisation. Choose them.")
        )
    key = "sectors.sector_changed" if sector.pk else "sectors.sector_created"
    with transaction.atomic():
        sector.save()
        sector.organisations.set(members.values())
        record(key=key, subject=f"sector:{sector.pk}", actor=by.pk if by else None)
    return sector


def sector_of_ministry(*, ministry: Organisation, by: Person | None) -> Sector:
    """The ministry with everything below it as a sector, under the ministry's own names."""
    existing = Sector.objects.filter(coordinator=ministry, kind=SectorKind.MINISTRY_AREA).first()
    if existing is not None:
        return existing
    sector = Sector(coordinator=ministry, kind=SectorKind.MINISTRY_AREA)
    sector.name_nb, sector.name_nn, sector.name_en = ministry.name_nb, ministry.name_nn, ministry.name_en
    return keep_sector(sector=sector, organisations=list(ministry.children.all()), by=by)


def import_organisations(*, plan: Plan, chosen: Chosen, source: str, by: Person | None) -> Imported:
    """Save what the preview showed and the person chose, set by set. `source` is "file" or "register"."""
    _require_owner_or_system(by)
    taken = [line for line in plan.preview.lines if chosen.takes(line)]
    today = timezone.localdate()
    with transaction.atomic():
        known = {one.number: one for one in register_as_it_is() if one.number}
        new = [line for line in taken if line.verdict is Verdict.NEW]
        changed = [line for line in taken if line.verdict is Verdict.CHANGE]
        created = _create_all(plan, new, known, (source, today))
        _change_all(plan, changed, known, today)
        if created or changed:
            record(
                key="sectors.imported",
                subject="register",
                actor=by.pk if by else None,
                new=created,
                changed=len(changed),
                source=source,
            )
    return Imported(created, len(changed))


def load_reference_register(*, by: Person | None = None) -> Imported:
    """The 15 ministries of 2014–2018 and their agencies, which ship with Samspill. What is there stays."""
    _require_owner_or_system(by)
    plan = plan_of(read_bytes(REFERENCE.read_bytes(), known=KNOWN), register_as_it_is())
    only_new = Chosen(accepted=frozenset(), left_out=EVERYTHING.left_out)
    return import_organisations(plan=plan, chosen=only_new, source="reference", by=by)


def keep_positions(*, offices: Sequence[Office], by: Person) -> None:
    """Every person's office as given; a new title replaces the old one. Set-wise, for thousands.

    Whether `by` may say so is the caller's matter: offices come with the lists of cohorts.
    """
    rows = {(one.person.pk, one.organisation.pk): one for one in offices}
    with transaction.atomic():
        Position.objects.bulk_create(
            [Position(person=o.person, organisation=o.organisation, title=o.title) for o in rows.values()],
            batch_size=_CHUNK,
            update_conflicts=True,
            unique_fields=["person", "organisation"],
            update_fields=["title"],
        )
        record(key="sectors.positions_kept", subject="register", actor=by.pk, count=len(rows))


def remove_position(*, position: Position, by: Person) -> None:
    require_owner(by)
    with transaction.atomic():
        subject = f"organisation:{position.organisation_id}"
        record(key="sectors.position_removed", subject=subject, actor=by.pk)
        position.delete()


def forget_person(person: Person) -> None:
    """An office tells who somebody was, so an erased person holds none."""
    person.positions.all().delete()


def _require_owner_or_system(by: Person | None) -> None:
    if by is not None:
        require_owner(by)


def _refuse_own_ancestor(organisation: Organisation) -> None:
    above = organisation.parent
    while above is not None:
        if organisation.pk and above.pk == organisation.pk:
            raise Refused(_("The organisation would belong to itself. Choose another parent."))
        above = above.parent


def _create_all(
    plan: Plan, lines: Iterable[Line], known: dict[str, Organisation], source: tuple[str, date]
) -> int:
    """Parents before children, one level at a time, so that the number of queries follows the depth only."""
    waiting = {plan.wanted[line.row.number].number: line.row.number for line in lines}
    count = len(waiting)
    while waiting:
        level = {number: row for number, row in waiting.items() if plan.parents.get(row) not in waiting}
        rows = [
            Organisation(
                number=number,
                parent=known.get(plan.parents.get(row, "")),
                source=source[0],
                seen_on=source[1],
                **_values(plan.wanted[row].values),
            )
            for number, row in level.items()
        ]
        known.update(
            {one.number or "": one for one in Organisation.objects.bulk_create(rows, batch_size=_CHUNK)}
        )
        waiting = {number: row for number, row in waiting.items() if number not in level}
    return count


def _change_all(plan: Plan, lines: Iterable[Line], known: Mapping[str, Organisation], today: date) -> None:
    changed = []
    for line in lines:
        wanted = plan.wanted[line.row.number]
        organisation = known[wanted.number]
        for name, value in differences(wanted, organisation).items():
            setattr(organisation, name, value)
        parent = plan.parents.get(line.row.number, "")
        if parent in known:
            organisation.parent = known[parent]
        organisation.seen_on = today
        changed.append(organisation)
    Organisation.objects.bulk_update(changed, [*FIELDS, "parent", "seen_on"], batch_size=_CHUNK)


def _values(values: Mapping[str, str]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS}
