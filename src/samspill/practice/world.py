"""The invented people, organisations and sectors of the practice data."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from samspill.people.actions import create, find_or_create
from samspill.people.choices import Details, Duty
from samspill.people.models import Person
from samspill.practice.roles import Seat, seats
from samspill.sectors.actions import keep_organisation, keep_sector
from samspill.sectors.choices import OrganisationKind, SectorKind
from samspill.sectors.models import Organisation, Sector

DATA = Path(__file__).parent / "data"
DIRECTORATE = "ovingsdirektoratet.example"


@dataclass(frozen=True)
class Leader:
    person: Person
    seat: Seat
    organisation: Organisation


@dataclass(frozen=True)
class Area:
    """One invented sector with its leaders (the host first), its resource person and how far it has come."""

    key: str
    sector: Sector
    leaders: tuple[Leader, ...]
    resource: Person
    story: str

    @property
    def host(self) -> Person:
        return self.leaders[0].person


@dataclass(frozen=True)
class World:
    owner: Person
    facilitators: tuple[Person, ...]
    speaker: Person
    secretary: Person
    directorate: Organisation
    areas: tuple[Area, ...]


def read(name: str) -> Any:
    """A file of the practice data."""
    return YAML(typ="safe").load((DATA / name).read_text(encoding="utf-8"))


def make_world() -> World:
    owner = create(details=Details("Programeier", f"eier@{DIRECTORATE}", duty=Duty.OWNER), by=None)
    facilitators = tuple(
        create(details=Details(name, f"{local}@{DIRECTORATE}", duty=Duty.FACILITATOR), by=owner)
        for name, local in (("Fasilitator", "fasilitator"), ("Fasilitator nummer to", "samordner"))
    )
    directorate = _organisation(
        {
            "nb": "Øvingsdirektoratet",
            "nn": "Øvingsdirektoratet",
            "en": "Practice Directorate",
            "abbreviation": "ØDIR",
        },
        OrganisationKind.DIRECTORATE,
        None,
        owner,
    )
    return World(
        owner=owner,
        facilitators=facilitators,
        speaker=create(details=Details("Innleder", f"innleder@{DIRECTORATE}"), by=owner),
        secretary=create(
            details=Details("Sekretær for departementsråden", "sekretar@ovingsdepartementet.example"),
            by=owner,
        ),
        directorate=directorate,
        areas=tuple(_area(each, owner) for each in read("sectors.yaml")),
    )


def _area(content: Mapping[str, Any], owner: Person) -> Area:
    equal = content.get("kind") == "equal_bodies"
    kind = OrganisationKind.OTHER if equal else OrganisationKind.MINISTRY
    ministry = _organisation(content["ministry"], kind, None, owner)
    below = OrganisationKind.COUNTY_GOVERNOR if equal else OrganisationKind.AGENCY
    agencies = [_organisation(each, below, ministry, owner) for each in content["agencies"]]
    names = content["sector"]
    sector = Sector(
        name_nb=names["nb"],
        name_nn=names["nn"],
        name_en=names["en"],
        coordinator=ministry,
        kind=SectorKind.EQUAL_BODIES if equal else SectorKind.MINISTRY_AREA,
    )
    keep_sector(sector=sector, organisations=[ministry, *agencies], by=owner)
    domain = _domain(content)
    leaders = _leaders([ministry, *agencies], domain, equal, owner)
    resource = create(details=Details("Ressursperson", f"ressursperson@{domain}"), by=owner)
    return Area(content["key"], sector, leaders, resource, content["story"])


def _domain(content: Mapping[str, Any]) -> str:
    ascii_name = (
        content["ministry"]["nb"].lower().translate(str.maketrans({"ø": "o", "å": "a", "æ": "e", " ": "-"}))
    )
    return f"{ascii_name}.example"


def _organisation(
    content: Mapping[str, str], kind: OrganisationKind, parent: Organisation | None, owner: Person
) -> Organisation:
    organisation = Organisation(
        name_nb=content["nb"],
        name_nn=content["nn"],
        name_en=content["en"],
        abbreviation=content.get("abbreviation", ""),
        kind=kind,
        parent=parent,
        source="practice",
    )
    return keep_organisation(organisation=organisation, by=owner)


def _leaders(bodies: list[Organisation], domain: str, equal: bool, owner: Person) -> tuple[Leader, ...]:
    places = seats(len(bodies) - 1, equal)
    details = [
        Details(
            name=f"{seat.title}, {bodies[seat.organisation].name_nb}",
            email=f"departementsrad@{domain}" if seat.is_host else f"leder{seat.number - 1}@{domain}",
            language="nn" if seat.number % 6 == 0 else "nb",
        )
        for seat in places
    ]
    people = find_or_create(wanted=details, by=owner)
    return tuple(
        Leader(people[each.email.lower()], seat, bodies[seat.organisation])
        for each, seat in zip(details, places, strict=True)
    )
