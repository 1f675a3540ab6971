"""What the rows of a register of organisations mean, and what importing each of them would do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from samspill.errors import Refused
from samspill.sectors.choices import OrganisationKind, WrittenForm
from samspill.sectors.matching import key_of
from samspill.sectors.models import Organisation
from samspill.sectors.numbers import valid_number
from samspill.spreadsheets.choices import Verdict
from samspill.spreadsheets.preview import Change, Line, Preview
from samspill.spreadsheets.table import Row, Table

COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("orgnr", "org nr", "org.nr", "organisasjonsnummer", "organisation number", "number"),
    "area": ("area", "område", "departementsområde", "departement", "ministry"),
    "parent": ("parent", "overordnetenhet", "overordnet enhet", "overordna eining"),
    "kind": ("kind", "type", "slag"),
    "name_nb": ("name nb", "navn nb", "namn nb", "navn", "namn", "name"),
    "name_nn": ("name nn", "navn nn", "namn nn"),
    "name_en": ("name en", "navn en", "namn en"),
    "abbreviation": ("abbreviation", "forkortelse", "forkorting"),
    "form": ("organisasjonsform",),
    "written_form": ("maalform", "målform", "written form"),
    "deleted": ("slettedato",),
}
KNOWN = frozenset(name for names in COLUMNS.values() for name in names) | {"confidence"}
STATE_FORMS = ("ORGL", "STAT")
FIELDS = ("name_nb", "name_nn", "name_en", "abbreviation", "kind", "written_form")
LONGEST_NAME, LONGEST_ABBREVIATION = 200, 20

_KINDS = {
    "ministry": OrganisationKind.MINISTRY,
    "departement": OrganisationKind.MINISTRY,
    "agency": OrganisationKind.AGENCY,
    "underliggende virksomhet": OrganisationKind.AGENCY,
    "underliggjande verksemd": OrganisationKind.AGENCY,
    "county governor": OrganisationKind.COUNTY_GOVERNOR,
    "statsforvalter": OrganisationKind.COUNTY_GOVERNOR,
    "statsforvaltar": OrganisationKind.COUNTY_GOVERNOR,
    "fylkesmann": OrganisationKind.COUNTY_GOVERNOR,
    "directorate": OrganisationKind.DIRECTORATE,
    "other": OrganisationKind.OTHER,
    "annet": OrganisationKind.OTHER,
    "anna": OrganisationKind.OTHER,
}
_WRITTEN = {
    "bokmål": WrittenForm.BOKMAAL,
    "nb": WrittenForm.BOKMAAL,
    "nynorsk": WrittenForm.NYNORSK,
    "nn": WrittenForm.NYNORSK,
}


@dataclass(frozen=True)
class Wanted:
    """What a row says of an organisation. Empty means that the row does not say it."""

    number: str
    values: Mapping[str, str]
    parent_number: str = ""
    area: str = ""  # abbreviation of the ministry it belongs to
    guessed_kind: bool = False


@dataclass
class Plan:
    """A preview together with what its rows mean, so that the action saves exactly what was shown."""

    preview: Preview
    wanted: dict[int, Wanted] = field(default_factory=dict)  # by row number
    parents: dict[int, str] = field(default_factory=dict)  # row number → number of the parent


def plan_of(table: Table, existing: Iterable[Organisation]) -> Plan:
    """What importing the table into a register that holds `existing` would do. Nothing is saved."""
    known = {organisation.number: organisation for organisation in existing if organisation.number}
    names = {key_of(organisation.name_nb): organisation for organisation in existing}
    wanted: dict[int, Wanted] = {}
    refused: dict[int, str] = {}
    for row in table.rows:
        try:
            wanted[row.number] = _wanted(row)
        except Refused as problem:
            refused[row.number] = str(problem.sentence)
    _refuse_twice(wanted, refused)
    parents, strange = _parents(wanted, known, refused)
    _refuse_circles(wanted, parents, refused)
    lines = []
    for row in table.rows:
        if row.number in refused:
            lines.append(Line(row, _title(row), Verdict.REFUSED, reason=refused[row.number]))
            continue
        one = wanted[row.number]
        line = _line(row, one, known.get(one.number), parents.get(row.number, ""), known)
        warnings = [strange[row.number]] if row.number in strange else []
        namesake = names.get(key_of(one.values["name_nb"]))
        if line.verdict is Verdict.NEW and namesake is not None:
            warnings.append(_same_name(namesake))
        lines.append(Line(line.row, line.title, line.verdict, changes=line.changes, warnings=tuple(warnings)))
    return Plan(Preview(table, tuple(lines)), wanted, parents)


def differences(wanted: Wanted, organisation: Organisation) -> dict[str, str]:
    """The fields the row would change. A register that shouts a name in capitals does not change it."""
    found = {}
    for name, value in wanted.values.items():
        now = str(getattr(organisation, name))
        if not value or value == now or (wanted.guessed_kind and name == "kind"):
            continue
        if name == "name_nb" and value.casefold() == now.casefold():
            continue
        found[name] = value
    return found


def label_of(field_name: str) -> str:
    return {
        "name_nb": _("Name in bokmål"),
        "name_nn": _("Name in nynorsk"),
        "name_en": _("Name in English"),
        "abbreviation": _("Abbreviation"),
        "kind": _("Kind"),
        "written_form": _("Written form"),
        "parent": _("Belongs to"),
    }[field_name]


def _wanted(row: Row) -> Wanted:
    said = {name: row.first(columns) for name, columns in COLUMNS.items()}
    if row.too_wide:
        raise Refused(
            _("The row has more cells than there are headings. Perhaps a quotation mark is missing.")
        )
    if not said["number"]:
        raise Refused(_("The organisation number is missing."))
    number = valid_number(said["number"])
    _refuse_strangers(said)
    kind = _kind(said)
    ministry = kind is OrganisationKind.MINISTRY
    name = _calm(said["name_nb"])
    values = {
        "name_nb": name,
        "name_nn": said["name_nn"],
        "name_en": said["name_en"],
        "abbreviation": said["abbreviation"] or (said["area"] if ministry else _in_brackets(name)),
        "kind": kind.value,
        "written_form": _written(said["written_form"]),
    }
    _refuse_too_long(values)
    parent = said["parent"].replace(" ", "")
    area = "" if ministry or parent else said["area"]
    return Wanted(number, values, parent, area, guessed_kind=not said["kind"])


def _refuse_strangers(said: Mapping[str, str]) -> None:
    if not said["name_nb"]:
        raise Refused(_("The name in bokmål is missing."))
    if said["deleted"]:
        raise Refused(_("The organisation was deleted from the register %(day)s.") % {"day": said["deleted"]})
    if said["form"] and said["form"].upper() not in STATE_FORMS:
        raise Refused(
            _("It is not a state body: its form is %(form)s, and only ORGL and STAT are taken.")
            % {"form": said["form"]}
        )


def _refuse_too_long(values: Mapping[str, str]) -> None:
    if any(len(values[name]) > LONGEST_NAME for name in ("name_nb", "name_nn", "name_en")):
        raise Refused(_("A name is longer than %(most)d characters.") % {"most": LONGEST_NAME})
    if len(values["abbreviation"]) > LONGEST_ABBREVIATION:
        raise Refused(
            _("The abbreviation is longer than %(most)d characters.") % {"most": LONGEST_ABBREVIATION}
        )


def _kind(said: Mapping[str, str]) -> OrganisationKind:
    if said["kind"]:
        kind = _KINDS.get(said["kind"].casefold().replace("_", " "))
        if kind is None:
            raise Refused(
                _("The kind “%(kind)s” is not known. Write ministry, agency, county governor or other.")
                % {"kind": said["kind"]}
            )
        return kind
    name = said["name_nb"].casefold()
    if name.endswith("departementet"):
        return OrganisationKind.MINISTRY
    if name.startswith(("statsforvalt", "fylkesmann")):
        return OrganisationKind.COUNTY_GOVERNOR
    return OrganisationKind.OTHER if said["form"].upper() == "STAT" else OrganisationKind.AGENCY


def _written(said: str) -> str:
    if not said:
        return ""
    found = _WRITTEN.get(said.casefold())
    if found is None:
        raise Refused(_("The written form “%(form)s” is neither bokmål nor nynorsk.") % {"form": said})
    return found.value


def _calm(name: str) -> str:
    """Enhetsregisteret writes in capitals: "STATSFORVALTEREN I ROGALAND" → "Statsforvalteren i Rogaland"."""
    if name != name.upper() or (" " not in name and len(name) <= 6):
        return name
    words = name.lower().split(" ")
    after_in = False
    for index, word in enumerate(words):
        if index == 0 or word.startswith("norge") or (after_in and word != "og"):
            words[index] = word[:1].upper() + word[1:]
        after_in = after_in or word == "i"
    return " ".join(words)


def _in_brackets(name: str) -> str:
    """ "Direktoratet for forvaltning og IKT (Difi)" → "Difi"."""
    inner = name.rpartition("(")[2].removesuffix(")") if name.endswith(")") else ""
    return inner if inner and " " not in inner and len(inner) <= LONGEST_ABBREVIATION else ""


def _title(row: Row) -> str:
    return row.first(COLUMNS["name_nb"]) or row.first(COLUMNS["number"]) or "–"


def _same_name(other: Organisation) -> str:
    if other.number:
        return _("An organisation of the same name is registered with the number %(number)s.") % {
            "number": other.number
        }
    return _("An organisation of the same name is registered without a number.")


def _refuse_twice(wanted: dict[int, Wanted], refused: dict[int, str]) -> None:
    first: dict[str, int] = {}
    for row, one in list(wanted.items()):
        if one.number in first:
            refused[row] = _("Row %(row)d has the same organisation number.") % {"row": first[one.number]}
            del wanted[row]
        else:
            first[one.number] = row


def _parents(
    wanted: dict[int, Wanted], known: Mapping[str, Organisation], refused: dict[int, str]
) -> tuple[dict[int, str], dict[int, str]]:
    """The number of each row's parent, and warnings for parents nobody knows."""
    ministry = OrganisationKind.MINISTRY
    areas = {o.abbreviation.casefold(): n for n, o in known.items() if o.kind == ministry and o.abbreviation}
    areas |= {
        one.values["abbreviation"].casefold(): one.number
        for one in wanted.values()
        if one.values["kind"] == ministry and one.values["abbreviation"]
    }
    numbers = set(known) | {one.number for one in wanted.values()}
    parents: dict[int, str] = {}
    strange: dict[int, str] = {}
    for row, one in list(wanted.items()):
        if one.area:
            if one.area.casefold() not in areas:
                refused[row] = _(
                    "No ministry has the abbreviation “%(area)s”, neither in the file nor in the register."
                ) % {"area": one.area}
                del wanted[row]
                continue
            parents[row] = areas[one.area.casefold()]
        elif one.parent_number in numbers and one.parent_number != one.number:
            parents[row] = one.parent_number
        elif one.parent_number and one.values["kind"] != ministry:
            strange[row] = _("The parent unit %(number)s is not in the register, so none is kept.") % {
                "number": one.parent_number
            }
    return parents, strange


def _refuse_circles(wanted: dict[int, Wanted], parents: dict[int, str], refused: dict[int, str]) -> None:
    above = {one.number: parents[row] for row, one in wanted.items() if row in parents}
    for row, one in list(wanted.items()):
        seen, at = {one.number}, above.get(one.number)
        while at is not None and at not in seen:
            seen.add(at)
            at = above.get(at)
        if at is not None:
            refused[row] = _("The organisation belongs to itself by way of others. Check the parents.")
            del wanted[row]


def _line(
    row: Row,
    wanted: Wanted,
    organisation: Organisation | None,
    parent: str,
    known: Mapping[str, Organisation],
) -> Line:
    title = f"{wanted.values['name_nb']} ({wanted.number})"
    if organisation is None:
        return Line(row, title, Verdict.NEW)
    changes = [
        Change(label_of(name), _shown(name, str(getattr(organisation, name))), _shown(name, value))
        for name, value in differences(wanted, organisation).items()
    ]
    above = organisation.parent
    if parent and parent != (above.number if above else ""):
        after = known[parent].name_nb if parent in known else parent
        changes.append(Change(label_of("parent"), above.name_nb if above else "", after))
    return Line(row, title, Verdict.CHANGE if changes else Verdict.UNCHANGED, changes=tuple(changes))


def _shown(name: str, value: str) -> str:
    if name == "kind":
        return str(OrganisationKind(value).label)
    if name == "written_form" and value:
        return str(WrittenForm(value).label)
    return value
