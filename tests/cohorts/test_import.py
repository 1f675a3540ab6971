"""Lists of leaders as Norwegian Excel writes them: seen first, then saved; refused rows say why."""

import io
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from samspill.cohorts import actions
from samspill.cohorts.choices import Role
from samspill.cohorts.imports import KNOWN, Plan, plan_of
from samspill.cohorts.models import Membership
from samspill.cohorts.queries import members
from samspill.people.models import Person
from samspill.sectors.models import Organisation
from samspill.spreadsheets.choices import Verdict
from samspill.spreadsheets.preview import EVERYTHING, Chosen
from samspill.spreadsheets.reading import read_bytes
from samspill.spreadsheets.writing import csv_bytes, xlsx_bytes
from tests.cast import Cast

HEADER = "Navn;E-post;Tittel;Virksomhet;Rolle;Mobil"
NYNORSK = "Namn;Epost;Stilling;Verksemd;Rolle;Mobil"
ENGLISH = "Name;E-mail;Title;Organisation;Role;Mobile"
ROW = "Åse Ødegård;Ase.Odegard@example.org;Direktør;Øvingstilsynet 1;{role};+47 900 00 000"


def plan(cast: Cast, text: str, encoding: str = "utf-8") -> Plan:
    return plan_of(read_bytes(text.encode(encoding), known=KNOWN), cast.cohort)


def reasons(cast: Cast, *rows: str) -> list[str]:
    with translation.override("en"):
        made = plan(cast, "\n".join([HEADER, *rows]))
    return [line.reason for line in made.preview.refused]


def take_in(cast: Cast, made: Plan, chosen: Chosen = EVERYTHING) -> None:
    actions.import_leaders(cohort=cast.cohort, plan=made, chosen=chosen, by=cast.resource)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(
    ("header", "role"), [(HEADER, "leder"), (NYNORSK, "leiar"), (ENGLISH, "leader"), (HEADER, "")]
)
def test_the_same_leader_comes_out_of_every_file(cast: Cast, encoding: str, header: str, role: str) -> None:
    take_in(cast, plan(cast, f"{header}\r\n{ROW.format(role=role)}\r\n", encoding))
    seat = members(cast.cohort).get(person__email="ase.odegard@example.org")
    assert (seat.person.name, seat.person.mobile) == ("Åse Ødegård", "+47 900 00 000")
    assert (seat.role, seat.title, seat.organisation) == (Role.LEADER, "Direktør", cast.agencies[0])
    assert seat.side == "agency"


def test_an_excel_workbook_is_read_too(cast: Cast) -> None:
    data = xlsx_bytes(HEADER.split(";"), [ROW.format(role="Vert").split(";")])
    take_in(cast, plan_of(read_bytes(data, known=KNOWN), cast.cohort))
    assert members(cast.cohort).get(person__email="ase.odegard@example.org").role == Role.HOST


def test_nothing_is_saved_by_looking(cast: Cast) -> None:
    before = (Person.objects.count(), Membership.objects.count())
    made = plan(cast, f"{HEADER}\n{ROW.format(role='')}")
    assert [line.verdict for line in made.preview.lines] == [Verdict.NEW]
    assert (Person.objects.count(), Membership.objects.count()) == before


REFUSED = [
    (";a@example.org;;Øvingstilsynet 1;;", "The name is missing."),
    (
        "Kari;;;Øvingstilsynet 1;;",
        "The mail address is missing. Without it nobody can be invited or sign in.",
    ),
    ("Kari;kari(at)example.org;;Øvingstilsynet 1;;", "“kari(at)example.org” is not a mail address."),
    ("Kari;a@example.org;;;;", "The organisation is missing."),
    (
        "Kari;a@example.org;;Øvingstilsynet;;",
        "No organisation in the register is called “Øvingstilsynet”. Did you mean: "
        "Øvingstilsynet 4, Øvingstilsynet 3, Øvingstilsynet 2?",
    ),
    (
        "Kari;a@example.org;;Prøvetilsynet 1;;",
        "Prøvetilsynet 1 does not belong to the sector, so nobody from there can be leader or host.",
    ),
    (
        "Kari;a@example.org;;Øvingstilsynet 1;sjef;",
        "The role “sjef” is not known. Write leader, host, resource person, delegate, guest speaker "
        "or facilitator; an empty cell is a leader.",
    ),
    (
        "Kari;a@example.org;;Øvingstilsynet 1;;ring meg",
        "“ring meg” is not a mobile number. Correct it or leave it empty.",
    ),
    (
        "Kari;a@example.org;;Øvingstilsynet 1;delegat;",
        "A delegate acts for a leader or the host: write that person's mail address in the "
        "column “acts for”.",
    ),
    (
        "Kari;a@example.org;;Øvingstilsynet 1;;;ekstra",
        "The row has more cells than there are headings. Perhaps a quotation mark is missing.",
    ),
]


@pytest.mark.parametrize(("row", "reason"), REFUSED)
def test_a_row_that_cannot_be_used_says_why(cast: Cast, row: str, reason: str) -> None:
    assert reasons(cast, row) == [reason]


def test_the_same_address_twice_is_refused_the_second_time(cast: Cast) -> None:
    row = "Kari;a@example.org;;Øvingstilsynet 1;;"
    assert reasons(cast, row, row.upper().replace("ØVINGSTILSYNET", "Øvingstilsynet")) == [
        "Row 2 has the same mail address."
    ]


def test_a_delegate_gets_the_leader_they_act_for(cast: Cast) -> None:
    rows = [
        f"{HEADER};Handler for",
        "Sekretær;sek@example.org;;Øvingstilsynet 1;delegat;;Leder@example.org",
        "Leder;leder@example.org;Direktør;Øvingstilsynet 1;;;",
    ]
    take_in(cast, plan(cast, "\n".join(rows)))
    seat = members(cast.cohort).get(person__email="sek@example.org")
    assert seat.acts_for is not None
    assert seat.acts_for.person.email == "leder@example.org"


def test_importing_twice_changes_nothing(cast: Cast) -> None:
    text = f"{HEADER}\n{ROW.format(role='')}"
    take_in(cast, plan(cast, text))
    again = plan(cast, text)
    assert [line.verdict for line in again.preview.lines] == [Verdict.UNCHANGED]
    take_in(cast, again)
    assert members(cast.cohort).filter(person__name="Åse Ødegård").count() == 1


def test_another_title_is_shown_as_a_change_and_taken_only_if_accepted(cast: Cast) -> None:
    text = f"{HEADER}\nLeder 1;leader1@example.org;Avdelingsdirektør;Øvingsdepartementet;;"
    made = plan(cast, text)
    (line,) = made.preview.changed
    assert [(change.before, change.after) for change in line.changes] == [("Leder 1", "Avdelingsdirektør")]
    take_in(cast, made, Chosen(accepted=frozenset(), left_out=frozenset()))
    assert Membership.objects.get(person=cast.leader).title == "Leder 1"
    take_in(cast, plan(cast, text))
    assert Membership.objects.get(person=cast.leader).title == "Avdelingsdirektør"


def test_a_near_duplicate_is_a_warning_and_can_be_left_out(cast: Cast) -> None:
    text = f"{HEADER}\nLeder 1;annen.adresse@example.org;;Øvingstilsynet 1;;"
    with translation.override("en"):
        made = plan(cast, text)
    (line,) = made.preview.warned
    assert line.warnings == (
        "Same name, another address: Leder 1 (l…@example.org), who is registered already.",
    )
    take_in(cast, made, Chosen(accepted=None, left_out=frozenset({2})))
    assert not Person.objects.filter(email="annen.adresse@example.org").exists()


def test_whoever_was_taken_out_comes_back_by_the_list(cast: Cast) -> None:
    actions.withdraw(membership=Membership.objects.get(person=cast.leader), by=cast.owner)
    take_in(cast, plan(cast, f"{HEADER}\nLeder 1;leader1@example.org;Leder 1;Øvingsdepartementet;;"))
    assert members(cast.cohort).filter(person=cast.leader).count() == 1


def test_who_may_not_import(cast: Cast) -> None:
    made = plan(cast, f"{HEADER}\n{ROW.format(role='')}")
    for who in (cast.host, cast.leader, cast.delegate, cast.guest):
        with pytest.raises(PermissionDenied):
            actions.import_leaders(cohort=cast.cohort, plan=made, chosen=EVERYTHING, by=who)
    assert not Person.objects.filter(name="Åse Ødegård").exists()


def test_five_thousand_rows_are_read_shown_and_saved(cast: Cast) -> None:
    agencies = [
        Organisation(name_nb=f"Tilsyn nummer {n}", name_nn=f"Tilsyn nummer {n}", parent=cast.ministry)
        for n in range(200)
    ]
    Organisation.objects.bulk_create(agencies)
    cast.cohort.sector.organisations.add(*agencies)
    rows = [
        [
            f"Navn Navnesen {n}",
            f"leder{n}@etat{n % 200}.example",
            "Direktør",
            f"Tilsyn nummer {n % 200}",
            "",
            "",
        ]
        for n in range(5000)
    ]
    upload = SimpleNamespace(size=None, read=io.BytesIO(csv_bytes(HEADER.split(";"), rows)).read)
    made = plan_of(read_bytes(upload.read(), known=KNOWN), cast.cohort)
    take_in(cast, made)
    assert members(cast.cohort).filter(title="Direktør").count() == 5000
