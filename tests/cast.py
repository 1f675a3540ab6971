"""The small cast that every test shares. Role titles only, never names of real persons."""

from dataclasses import dataclass
from typing import Any

from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Cohort, Membership
from samspill.people.choices import Duty
from samspill.people.models import Person
from samspill.programmes.choices import VersionState
from samspill.programmes.models import BlueprintVersion, Measure, Umbrella
from samspill.sectors.choices import OrganisationKind, Side
from samspill.sectors.models import Organisation, Sector


def text(words: str) -> dict[str, str]:
    return {"nb": f"{words} nb", "nn": f"{words} nn", "en": f"{words} en"}


def blueprint_content() -> dict[str, Any]:
    """A small blueprint that passes the schema: three gatherings of 180 minutes with every kind of activity."""
    return {
        "samspill": "blueprint/1",
        "measure": "measure",
        "title": text("Title"),
        "purpose": text("Purpose"),
        "audience": text("Audience"),
        "aims": [{"key": f"a{n}", "text": text(f"Aim {n}")} for n in (1, 2, 3)],
        "effects": [{"key": f"e{n}", "text": text(f"Effect {n}")} for n in (1, 2)],
        "challenges": [{"key": "c1", "text": text("Challenge")}],
        "competence": [{"key": "p1", "text": text("Competence")}],
        "form": {
            "gatherings": 3,
            "minutes": 180,
            "span_months": [3, 6],
            "work_between_minutes": 60,
            "theory_share_max": 25,
            "text": text("Form"),
        },
        "gatherings": [_gathering(n) for n in (1, 2, 3)],
        "instrument": {
            "key": "before-after",
            "title": text("Measurement"),
            "intro": text("Intro"),
            "answered_by": ["leader", "host"],
            "low": text("Not at all"),
            "high": text("Fully"),
            "items": [
                {"key": f"m{n}", "text": text(f"Item {n}"), "measures": "a1" if n < 3 else "e1"}
                for n in (1, 2, 3, 4)
            ],
        },
    }


def _gathering(number: int) -> dict[str, Any]:
    key = f"g{number}"
    ends = {"low": text("Not at all"), "high": text("Fully")}
    items: list[dict[str, Any]] = [
        _item(key, 1, "Welcome", 10, "sharing"),
        _item(key, 2, "Theory", 20, "theory"),
        _item(key, 3, "Reflect", 40, "reflection", kind="reflection", attribution="chatham"),
        _item(
            key,
            4,
            "Scale",
            20,
            "dialogue",
            kind="scale",
            attribution="unlinkable",
            statements=[
                {"key": "s1", "text": text("Statement 1")},
                {"key": "s2", "text": text("Statement 2")},
            ],
            **ends,
        ),
        _item(key, 5, "Break", 10, "break"),
        _item(
            key,
            6,
            "Poll",
            20,
            "dialogue",
            kind="poll",
            attribution="unlinkable",
            several=False,
            options=[{"key": "o1", "text": text("Option 1")}, {"key": "o2", "text": text("Option 2")}],
        ),
        _item(key, 7, "Ideas", 30, "sharing", kind="ideas", attribution="chatham", votes=3),
        _item(key, 8, "Commit", 30, "sharing", kind="commitment", attribution="named"),
    ]
    gathering: dict[str, Any] = {
        "key": key,
        "title": text(f"Gathering {number}"),
        "theme": text("Theme"),
        "aim": text("Aim"),
        "questions": [
            {"key": f"{key}-q{n}", "text": text(f"Question {number}.{n}"), "aims": ["a1"]} for n in (1, 2, 3)
        ],
        "items": items,
    }
    if number < 3:
        gathering["work_after"] = {
            "key": f"w{number}",
            "title": text("Work"),
            "minutes": 60,
            "text": text("Do it"),
        }
    return gathering


def _item(
    gathering: str, number: int, title: str, minutes: int, mode: str, **activity: Any
) -> dict[str, Any]:
    item: dict[str, Any] = {
        "key": f"{gathering}-i{number}",
        "title": text(title),
        "minutes": minutes,
        "mode": mode,
        "optional": number == 6,
        "script": text(f"Script {gathering} {number}"),
    }
    if activity:
        item["activity"] = {**activity, "prompt": text(f"Prompt {title}")}
    return item


def person(address: str, name: str, duty: Duty = Duty.NONE) -> Person:
    return Person.objects.create(email=f"{address}@example.org", name=name, duty=duty)


@dataclass(frozen=True)
class Cast:
    """One cohort under tailoring with everybody in it, and another one with its own people."""

    cohort: Cohort
    other_cohort: Cohort
    ministry: Organisation
    agencies: tuple[Organisation, ...]
    owner: Person
    facilitator: Person
    resource: Person
    host: Person
    leaders: tuple[Person, ...]  # six: two in the ministry, four agency heads
    delegate: Person
    guest: Person
    stranger: Person  # leader in the other cohort only
    other_facilitator: Person  # facilitator of the other cohort only

    @property
    def leader(self) -> Person:
        return self.leaders[0]

    def in_role(self, role: Role) -> Person:
        """The cohort's person in the role; the owner holds it by duty."""
        return {
            Role.OWNER: self.owner,
            Role.FACILITATOR: self.facilitator,
            Role.RESOURCE: self.resource,
            Role.HOST: self.host,
            Role.LEADER: self.leader,
            Role.DELEGATE: self.delegate,
            Role.GUEST: self.guest,
        }[role]


def released_blueprint() -> BlueprintVersion:
    umbrella = Umbrella.objects.create(
        key="umbrella", name=text("Umbrella"), purpose=text("Purpose"), owner=text("Owner")
    )
    measure = Measure.objects.create(
        umbrella=umbrella,
        key="measure",
        name=text("Measure"),
        purpose=text("Purpose"),
        owner=text("Owner"),
        audience=text("Audience"),
    )
    return BlueprintVersion.objects.create(
        measure=measure, number=1, state=VersionState.RELEASED, content=blueprint_content()
    )


def make_sector(name: str) -> tuple[Sector, Organisation, tuple[Organisation, ...]]:
    ministry = Organisation.objects.create(
        name_nb=f"{name}departementet", name_nn=f"{name}departementet", kind=OrganisationKind.MINISTRY
    )
    agencies = tuple(
        Organisation.objects.create(
            name_nb=f"{name}tilsynet {n}", name_nn=f"{name}tilsynet {n}", parent=ministry
        )
        for n in (1, 2, 3, 4)
    )
    sector = Sector.objects.create(name_nb=f"{name}sektoren", coordinator=ministry)
    sector.organisations.set([ministry, *agencies])
    return sector, ministry, agencies


def enrol(cohort: Cohort, who: Person, role: Role, organisation: Organisation, title: str) -> Membership:
    side = Side.MINISTRY if organisation == cohort.sector.coordinator else Side.AGENCY
    return Membership.objects.create(
        cohort=cohort, person=who, role=role, organisation=organisation, title=title, side=side
    )


def make_cast() -> Cast:
    version = released_blueprint()
    sector, ministry, agencies = make_sector("Øvings")
    other_sector, other_ministry, _ = make_sector("Prøve")
    cohort = Cohort.objects.create(
        sector=sector, blueprint=version, state=State.TAILORING, half_year="2026-2"
    )
    other = Cohort.objects.create(
        sector=other_sector, blueprint=version, state=State.TAILORING, half_year="2026-2"
    )
    directorate = Organisation.objects.create(
        name_nb="Øvingsdirektoratet", name_nn="Øvingsdirektoratet", kind=OrganisationKind.DIRECTORATE
    )
    cast = Cast(
        cohort=cohort,
        other_cohort=other,
        ministry=ministry,
        agencies=agencies,
        owner=person("owner", "Programeier", Duty.OWNER),
        facilitator=person("facilitator", "Fasilitator", Duty.FACILITATOR),
        resource=person("resource", "Ressursperson"),
        host=person("host", "Departementsråd"),
        leaders=tuple(person(f"leader{n}", f"Leder {n}") for n in range(1, 7)),
        delegate=person("delegate", "Sekretær"),
        guest=person("guest", "Innleder"),
        stranger=person("stranger", "Leder i annen sektor"),
        other_facilitator=person("other-facilitator", "Annen fasilitator", Duty.FACILITATOR),
    )
    _enrol_everybody(cast, directorate, other_ministry)
    return cast


def _enrol_everybody(cast: Cast, directorate: Organisation, other_ministry: Organisation) -> None:
    enrol(cast.cohort, cast.facilitator, Role.FACILITATOR, directorate, "Fasilitator")
    enrol(cast.cohort, cast.resource, Role.RESOURCE, cast.ministry, "Seniorrådgiver")
    enrol(cast.cohort, cast.host, Role.HOST, cast.ministry, "Departementsråd")
    homes = [cast.ministry, cast.ministry, *cast.agencies]
    for number, (who, home) in enumerate(zip(cast.leaders, homes, strict=True), start=1):
        enrol(cast.cohort, who, Role.LEADER, home, f"Leder {number}")
    first = Membership.objects.get(cohort=cast.cohort, person=cast.leader)
    secretary = enrol(cast.cohort, cast.delegate, Role.DELEGATE, cast.ministry, "Sekretær")
    Membership.objects.filter(pk=secretary.pk).update(acts_for=first)
    enrol(cast.cohort, cast.guest, Role.GUEST, directorate, "Innleder")
    enrol(cast.other_cohort, cast.stranger, Role.LEADER, other_ministry, "Ekspedisjonssjef")
    enrol(cast.other_cohort, cast.other_facilitator, Role.FACILITATOR, directorate, "Fasilitator")
