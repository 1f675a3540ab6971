"""What the rows of a list of leaders mean, and what importing each would do. Nothing is saved here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.cohorts.choices import Role
from samspill.cohorts.models import Cohort, Membership
from samspill.errors import Refused
from samspill.people.choices import Candidate, Details, Language, Near
from samspill.people.models import Person
from samspill.people.queries import by_addresses, near_duplicates
from samspill.sectors.matching import Directory, key_of
from samspill.sectors.models import Organisation
from samspill.spreadsheets.choices import Verdict
from samspill.spreadsheets.preview import Change, Line, Preview
from samspill.spreadsheets.table import Row, Table
from samspill.ui.text import pick

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("navn", "namn", "name", "fullt navn", "fullt namn", "full name"),
    "first": ("fornavn", "førenamn", "fornamn", "first name"),
    "last": ("etternavn", "etternamn", "last name", "surname"),
    "email": (
        "e-post",
        "epost",
        "e-postadresse",
        "epostadresse",
        "mail",
        "mailadresse",
        "e-mail",
        "email",
        "email address",
    ),
    "title": ("tittel", "stilling", "title", "position"),
    "organisation": (
        "virksomhet",
        "verksemd",
        "organisasjon",
        "etat",
        "organisation",
        "organization",
        "agency",
    ),
    "role": ("rolle", "role"),
    "mobile": ("mobil", "mobilnummer", "mobiltelefon", "telefon", "mobile", "mobile number", "phone"),
    "language": ("språk", "målform", "language"),
    "acts_for": (
        "sekretær for",
        "handler for",
        "handlar for",
        "opptrer for",
        "opptrer på vegne av",
        "acts for",
    ),
}
KNOWN = frozenset(name for names in COLUMNS.values() for name in names)


def needed_columns() -> list[tuple[str, tuple[str, ...]]]:
    """The columns without which no row can be used, by what the reader calls them."""
    return [
        (_("Name"), COLUMNS["name"] + COLUMNS["first"] + COLUMNS["last"]),
        (_("Mail"), COLUMNS["email"]),
        (_("Organisation"), COLUMNS["organisation"]),
    ]


ROLES: dict[str, Role] = {
    "": Role.LEADER,
    "leder": Role.LEADER,
    "leiar": Role.LEADER,
    "leader": Role.LEADER,
    "deltaker": Role.LEADER,
    "deltakar": Role.LEADER,
    "participant": Role.LEADER,
    "vert": Role.HOST,
    "vertskap": Role.HOST,
    "host": Role.HOST,
    "ressursperson": Role.RESOURCE,
    "resource": Role.RESOURCE,
    "resource person": Role.RESOURCE,
    "delegat": Role.DELEGATE,
    "stedfortreder for praktisk": Role.DELEGATE,
    "sekretær": Role.DELEGATE,
    "secretary": Role.DELEGATE,
    "delegate": Role.DELEGATE,
    "innleder": Role.GUEST,
    "innleiar": Role.GUEST,
    "gjest": Role.GUEST,
    "guest": Role.GUEST,
    "guest speaker": Role.GUEST,
    "fasilitator": Role.FACILITATOR,
    "facilitator": Role.FACILITATOR,
}
LANGUAGES = {
    "nb": Language.BOKMAAL,
    "bokmål": Language.BOKMAAL,
    "nn": Language.NYNORSK,
    "nynorsk": Language.NYNORSK,
    "en": Language.ENGLISH,
    "engelsk": Language.ENGLISH,
    "english": Language.ENGLISH,
}
LONGEST = 200
MOBILE = re.compile(r"\+?[\d ()/-]{8,25}")


@dataclass(frozen=True)
class Wanted:
    """What a row says: the person, and their place in the cohort. `acts_for` is an address."""

    details: Details
    role: Role
    organisation: Organisation
    title: str
    acts_for: str = ""


@dataclass
class Plan:
    """A preview together with what its rows mean, so that the action saves exactly what was shown."""

    preview: Preview
    wanted: dict[int, Wanted] = field(default_factory=dict)  # by row number
    seats: dict[str, Membership] = field(default_factory=dict)  # by address: who has had a place before


@dataclass(frozen=True)
class _Reader:
    """What rows are read against."""

    cohort: Cohort
    inside: Directory
    everywhere: Directory
    members: frozenset[int]  # ids of the sector's organisations


def plan_of(table: Table, cohort: Cohort) -> Plan:
    """What importing the table into the cohort would do. A handful of queries for thousands of rows."""
    inside = list(cohort.sector.organisations.all())
    reader = _Reader(
        cohort, Directory(inside), Directory(Organisation.objects.all()), frozenset(one.pk for one in inside)
    )
    wanted, refused = _read(table.rows, reader)
    seats = _seats(cohort)
    _refuse_lost_delegates(wanted, seats, refused)
    known = by_addresses(one.details.email for one in wanted.values())
    new = [row for row, one in wanted.items() if one.details.email not in seats]
    near = near_duplicates([_candidate(row, wanted[row]) for row in new])
    lines = []
    for row in table.rows:
        if row.number in refused:
            lines.append(Line(row, _title(row), Verdict.REFUSED, reason=refused[row.number]))
        else:
            one = wanted[row.number]
            warnings = _warnings(one, known.get(one.details.email), near.get(row.number, ()))
            lines.append(_line(row, one, seats.get(one.details.email), warnings))
    return Plan(Preview(table, tuple(lines)), wanted, seats)


def _read(rows: Iterable[Row], reader: _Reader) -> tuple[dict[int, Wanted], dict[int, str]]:
    wanted: dict[int, Wanted] = {}
    refused: dict[int, str] = {}
    first: dict[str, int] = {}
    for row in rows:
        try:
            one = _wanted(row, reader)
        except Refused as problem:
            refused[row.number] = str(problem.sentence)
            continue
        if one.details.email in first:
            refused[row.number] = _("Row %(row)d has the same mail address.") % {
                "row": first[one.details.email]
            }
        else:
            first[one.details.email] = row.number
            wanted[row.number] = one
    return wanted, refused


def _wanted(row: Row, reader: _Reader) -> Wanted:
    said = {name: row.first(columns) for name, columns in COLUMNS.items()}
    if row.too_wide:
        raise Refused(
            _("The row has more cells than there are headings. Perhaps a quotation mark is missing.")
        )
    role = _role(said["role"])
    return Wanted(
        details=Details(
            name=_name(said),
            email=_email(said["email"]),
            mobile=_mobile(said["mobile"]),
            language=_language(said["language"], reader.cohort),
        ),
        role=role,
        organisation=_organisation(said["organisation"], role, reader),
        title=_within(said["title"], _("The title")),
        acts_for=said["acts_for"].lower(),
    )


def _name(said: Mapping[str, str]) -> str:
    name = said["name"] or f"{said['first']} {said['last']}".strip()
    if not name:
        raise Refused(_("The name is missing."))
    return _within(name, _("The name"))


def _within(words: str, what: str) -> str:
    if len(words) > LONGEST:
        raise Refused(_("%(what)s is longer than %(most)d characters.") % {"what": what, "most": LONGEST})
    return words


def _email(said: str) -> str:
    address = said.removeprefix("mailto:").strip().lower()
    if not address:
        raise Refused(_("The mail address is missing. Without it nobody can be invited or sign in."))
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(_("“%(address)s” is not a mail address.") % {"address": said}) from None
    return address


def _mobile(said: str) -> str:
    if said and not MOBILE.fullmatch(said):
        raise Refused(
            _("“%(mobile)s” is not a mobile number. Correct it or leave it empty.") % {"mobile": said}
        )
    return said


def _language(said: str, cohort: Cohort) -> str:
    if not said:
        return cohort.language
    found = LANGUAGES.get(said.casefold())
    if found is None:
        raise Refused(
            _("The language “%(language)s” is not bokmål, nynorsk or English.") % {"language": said}
        )
    return found.value


def _role(said: str) -> Role:
    role = ROLES.get(said.casefold())
    if role is None:
        raise Refused(
            _(
                "The role “%(role)s” is not known. Write leader, host, resource person, delegate, guest "
                "speaker or facilitator; an empty cell is a leader."
            )
            % {"role": said}
        )
    return role


def _organisation(said: str, role: Role, reader: _Reader) -> Organisation:
    if not said:
        raise Refused(_("The organisation is missing."))
    found = reader.inside.match(said) or reader.everywhere.match(said)
    if found is None:
        if reader.everywhere.is_ambiguous(said):
            raise Refused(
                _("More than one organisation is called “%(name)s”. Write the organisation number instead.")
                % {"name": said}
            )
        raise Refused(_unknown_organisation(said, reader))
    if role.takes_part and found.pk not in reader.members:
        raise Refused(
            _("%(organisation)s does not belong to the sector, so nobody from there can be leader or host.")
            % {"organisation": _called(found)}
        )
    return found


def _unknown_organisation(said: str, reader: _Reader) -> str:
    sentence = _("No organisation in the register is called “%(name)s”.") % {"name": said}
    close = reader.inside.suggestions(said) or reader.everywhere.suggestions(said)
    if close:
        names = ", ".join(_called(one) for one in close)
        sentence += " " + _("Did you mean: %(names)s?") % {"names": names}
    return sentence


def _called(organisation: Organisation) -> str:
    return pick(organisation.names, get_language() or "nb")


def _seats(cohort: Cohort) -> dict[str, Membership]:
    """Everybody who has or has had a place, by address."""
    ever = Membership.ever.filter(cohort=cohort).select_related("person", "organisation", "acts_for__person")
    return {seat.person.email.lower(): seat for seat in ever if seat.person.email}


def _refuse_lost_delegates(
    wanted: dict[int, Wanted], seats: Mapping[str, Membership], refused: dict[int, str]
) -> None:
    """A delegate acts for a leader or host of the file or of the cohort."""
    leaders = {one.details.email for one in wanted.values() if one.role.takes_part}
    leaders |= {
        address for address, seat in seats.items() if Role(seat.role).takes_part and not seat.withdrawn_on
    }
    for row, one in list(wanted.items()):
        if one.role != Role.DELEGATE:
            continue
        if one.acts_for not in leaders:
            refused[row] = _(
                "A delegate acts for a leader or the host: write that person's mail address in the "
                "column “acts for”."
            )
            del wanted[row]


def _candidate(row: int, one: Wanted) -> Candidate:
    return Candidate(row, one.details.name, one.details.email, one.details.mobile)


def _warnings(one: Wanted, person: Person | None, near: Sequence[Near]) -> tuple[str, ...]:
    found = [_near(each) for each in near]
    if person is not None and key_of(person.name) != key_of(one.details.name):
        found.append(
            _("The address is registered with the name %(name)s. That name is kept.") % {"name": person.name}
        )
    return tuple(found)


def _near(near: Near) -> str:
    words = {"why": near.likeness.label, "name": near.name, "address": near.address, "row": near.row}
    if near.row is None:
        return _("%(why)s: %(name)s (%(address)s), who is registered already.") % words
    return _("%(why)s: %(name)s (%(address)s) in row %(row)d.") % words


def _line(row: Row, one: Wanted, seat: Membership | None, warnings: tuple[str, ...]) -> Line:
    title = f"{one.details.name}, {one.title or one.role.label}, {_called(one.organisation)}"
    if seat is None or seat.withdrawn_on:
        return Line(row, title, Verdict.NEW, warnings=warnings)
    changes = [
        Change(label, before, after)
        for label, before, after in (
            (_("Role"), str(Role(seat.role).label), str(one.role.label)),
            (_("Organisation"), _called(seat.organisation), _called(one.organisation)),
            (_("Title"), seat.title, one.title or seat.title),
        )
        if before != after
    ]
    verdict = Verdict.CHANGE if changes else Verdict.UNCHANGED
    return Line(row, title, verdict, changes=tuple(changes), warnings=warnings if changes else ())


def _title(row: Row) -> str:
    said = {name: row.first(columns) for name, columns in COLUMNS.items()}
    return said["name"] or f"{said['first']} {said['last']}".strip() or said["email"] or "–"
