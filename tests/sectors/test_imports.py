"""What the rows of a register mean, and what importing them would do."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from samspill.audit.models import Entry
from samspill.sectors import actions
from samspill.sectors.imports import KNOWN, plan_of
from samspill.sectors.models import Organisation
from samspill.sectors.queries import register_as_it_is
from samspill.sectors.register import read_file
from samspill.spreadsheets.models import Pending
from samspill.spreadsheets.preview import EVERYTHING
from samspill.spreadsheets.reading import read_bytes
from samspill.spreadsheets.writing import csv_bytes, xlsx_bytes
from tests.sectors.enhetsregisteret import numbers, unit

HEADER = ("area", "orgnr", "kind", "name_nb", "name_nn", "name_en", "confidence")
MINISTRY, AGENCY, OTHER = numbers(3)
ROWS = [
    ("ASD", MINISTRY, "ministry", "Arbeidsdepartementet", "", "Ministry of Work", "c"),
    ("ASD", AGENCY, "agency", "Tilsynet", "Tilsynet", "Authority", "e"),
]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def plan(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER):
    return plan_of(read_bytes(csv_bytes(header, rows), known=KNOWN), register_as_it_is())


def take(*rows: tuple[str, ...]) -> actions.Imported:
    return actions.import_organisations(plan=plan(*rows), chosen=EVERYTHING, source="file", by=None)


def verdicts(made) -> list[tuple[int, str, str]]:
    return [(line.row.number, line.verdict.value, line.reason) for line in made.preview.lines]


def test_the_file_of_the_reference_register_is_understood(db):
    made = plan_of(read_bytes(actions.REFERENCE.read_bytes(), known=KNOWN), [])
    assert {line.verdict.value for line in made.preview.lines} == {"new"}
    assert len(made.preview.lines) == 72


def test_importing_makes_organisations_with_their_ministry(db):
    assert take(*ROWS) == actions.Imported(2, 0)
    agency = Organisation.objects.get(number=AGENCY)
    assert (agency.name_nb, agency.kind, agency.parent.number, agency.source) == (
        "Tilsynet",
        "agency",
        MINISTRY,
        "file",
    )
    assert (agency.parent.abbreviation, agency.parent.name_en, agency.parent.parent) == (
        "ASD",
        "Ministry of Work",
        None,
    )
    assert Entry.objects.get(key="sectors.imported").data == {"new": 2, "changed": 0, "source": "file"}


def test_importing_twice_changes_nothing(db):
    take(*ROWS)
    before = list(Organisation.objects.values())
    again = plan(*ROWS)
    assert verdicts(again) == [(2, "unchanged", ""), (3, "unchanged", "")]
    assert take(*ROWS) == actions.Imported(0, 0)
    assert list(Organisation.objects.values()) == before
    assert Entry.objects.count() == 1


def test_a_changed_name_and_a_new_ministry_are_changes_to_accept(db):
    take(*ROWS, ("KD", OTHER, "ministry", "Kunnskapsdepartementet", "", "", ""))
    (line,) = plan(("KD", AGENCY, "agency", "Nytt tilsyn", "", "", "")).preview.lines
    assert [(change.before, change.after) for change in line.changes] == [
        ("Tilsynet", "Nytt tilsyn"),
        ("Arbeidsdepartementet", "Kunnskapsdepartementet"),
    ]
    assert Organisation.objects.get(number=AGENCY).name_nb == "Tilsynet"
    take(("KD", AGENCY, "agency", "Nytt tilsyn", "", "", ""))
    changed = Organisation.objects.select_related("parent").get(number=AGENCY)
    assert (changed.name_nb, changed.name_en, changed.parent.number) == ("Nytt tilsyn", "Authority", OTHER)


def test_empty_cells_take_nothing_away(db):
    take(*ROWS)
    assert verdicts(plan(("ASD", AGENCY, "", "Tilsynet", "", "", ""))) == [(2, "unchanged", "")]


WRONG = AGENCY[:-1] + str((int(AGENCY[-1]) + 1) % 10)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("ASD", "", "agency", "X", "", "", ""), "The organisation number is missing."),
        (
            ("ASD", "1234", "agency", "X", "", "", ""),
            "1234 is not an organisation number. It has nine digits.",
        ),
        (
            ("ASD", WRONG, "agency", "X", "", "", ""),
            f"{WRONG} is not an organisation number: the last digit does not fit the others.",
        ),
        (("ASD", AGENCY, "agency", "", "", "", ""), "The name in bokmål is missing."),
        (
            ("ASD", AGENCY, "bedrift", "X", "", "", ""),
            "The kind “bedrift” is not known. Write ministry, agency, county governor or other.",
        ),
        (
            ("XYZ", AGENCY, "agency", "X", "", "", ""),
            "No ministry has the abbreviation “XYZ”, neither in the file nor in the register.",
        ),
        (("ASD", MINISTRY, "agency", "X", "", "", ""), "Row 2 has the same organisation number."),
        (("ASD", AGENCY, "agency", "x" * 201, "", "", ""), "A name is longer than 200 characters."),
    ],
)
def test_a_wrong_row_is_refused_with_its_reason_and_the_others_are_taken(db, row, reason):
    made = plan(ROWS[0], row)
    assert verdicts(made) == [(2, "new", ""), (3, "refused", reason)]
    actions.import_organisations(plan=made, chosen=EVERYTHING, source="file", by=None)
    assert list(Organisation.objects.values_list("number", flat=True)) == [MINISTRY]


def test_a_row_with_too_many_cells_is_refused(db):
    table = read_bytes(f"orgnr;name_nb\n{AGENCY};Tilsyn;og;mer\n".encode(), known=KNOWN)
    (line,) = plan_of(table, []).preview.lines
    assert line.verdict.value == "refused"


def test_organisations_that_belong_to_each_other_are_refused(db):
    header = ("orgnr", "navn", "overordnet enhet")
    made = plan((AGENCY, "A", OTHER), (OTHER, "B", AGENCY), (MINISTRY, "C", AGENCY), header=header)
    assert [verdict for _row, verdict, _reason in verdicts(made)] == ["refused", "refused", "refused"]


def test_children_may_stand_above_their_parents_in_the_file(db):
    take(*reversed(ROWS))
    assert Organisation.objects.get(number=AGENCY).parent.number == MINISTRY


def test_a_namesake_is_pointed_at(db):
    take(*ROWS)
    (line,) = plan(("ASD", OTHER, "agency", "TILSYNET", "", "", "")).preview.lines
    assert (line.verdict.value, line.warnings) == (
        "new",
        (f"An organisation of the same name is registered with the number {AGENCY}.",),
    )


def units(*found: dict) -> list[tuple[int, str, str]]:
    made = plan_of(read_file(json.dumps({"_embedded": {"enheter": found}}).encode()), register_as_it_is())
    return verdicts(made)


def test_of_the_register_only_living_state_bodies_are_taken(db):
    assert units(
        unit(AGENCY, "ETAT"),
        unit(OTHER, "BEDRIFT AS", organisasjonsform={"kode": "AS"}),
        unit(MINISTRY, "NEDLAGT", slettedato="2020-01-31"),
        {"navn": "UTEN NUMMER"},
    ) == [
        (1, "new", ""),
        (2, "refused", "It is not a state body: its form is AS, and only ORGL and STAT are taken."),
        (3, "refused", "The organisation was deleted from the register 2020-01-31."),
        (4, "refused", "The organisation number is missing."),
    ]


@pytest.mark.parametrize(
    ("written", "kept", "kind"),
    [
        ("STATSFORVALTEREN I MØRE OG ROMSDAL", "Statsforvalteren i Møre og Romsdal", "county_governor"),
        ("ARBEIDS- OG SOSIALDEPARTEMENTET", "Arbeids- og sosialdepartementet", "ministry"),
        ("NAV", "NAV", "agency"),
        ("Statens vegvesen", "Statens vegvesen", "agency"),
    ],
)
def test_names_in_capitals_are_written_calmly(db, written, kept, kind):
    made = plan_of(read_file(json.dumps(unit(AGENCY, written)).encode()), [])
    assert (made.wanted[1].values["name_nb"], made.wanted[1].values["kind"]) == (kept, kind)


def test_the_register_does_not_change_a_kind_or_shout_a_name(db):
    take(("", AGENCY, "other", "Statens vegvesen", "", "", ""))
    assert units(unit(AGENCY, "STATENS VEGVESEN", maalform="")) == [(1, "unchanged", "")]


def test_the_register_that_ships_is_loaded_once_and_leaves_changes_alone(db):
    assert actions.load_reference_register() == actions.Imported(72, 0)
    Organisation.objects.filter(number="974761211").update(name_nb="Et nytt navn")
    assert actions.load_reference_register() == actions.Imported(0, 0)
    assert Organisation.objects.get(number="974761211").name_nb == "Et nytt navn"
    assert Organisation.objects.filter(kind="ministry").count() == 15
    assert Organisation.objects.filter(kind="county_governor").count() == 7
    assert not Organisation.objects.exclude(kind="ministry").filter(parent=None).exists()


def test_the_copy_that_ships_is_the_one_that_was_given():
    assert Path(actions.REFERENCE).read_text(encoding="utf-8").count("\n") == 73


def big(count: int) -> list[tuple[str, ...]]:
    return [("ASD", number, "agency", f"Etat {number}", "", "", "") for number in numbers(count + 3)[3:]]


def test_the_number_of_queries_does_not_follow_the_number_of_rows(db, django_assert_max_num_queries):
    made = plan(ROWS[0], *big(90))
    with django_assert_max_num_queries(8):
        actions.import_organisations(plan=made, chosen=EVERYTHING, source="file", by=None)


def test_five_thousand_rows_are_read_shown_and_imported(client, cast):
    data = xlsx_bytes(HEADER, [ROWS[0], *big(4999)])
    client.force_login(cast.owner)
    shown = upload(client, data, "stor.xlsx")
    client.post(shown.redirect_chain[-1][0])
    assert Organisation.objects.filter(source="file").count() == 5000


def upload(client, data: bytes, name: str):
    return client.post(reverse("sectors:import"), {"file": SimpleUploadedFile(name, data)}, follow=True)


class TestPages:
    def test_nothing_is_saved_until_it_is_confirmed(self, client, cast):
        client.force_login(cast.owner)
        shown = upload(client, csv_bytes(HEADER, ROWS), "etater.csv")
        assert not Organisation.objects.filter(number=AGENCY).exists()
        assert "etater.csv" in shown.content.decode()
        client.post(shown.redirect_chain[-1][0])
        assert Organisation.objects.filter(number=AGENCY).exists()
        assert Pending.objects.count() == 0

    def test_a_preview_can_be_thrown_away(self, client, cast):
        client.force_login(cast.owner)
        address = upload(client, csv_bytes(HEADER, ROWS), "etater.csv").redirect_chain[-1][0]
        client.post(address, {"action": "throw_away"})
        assert not Organisation.objects.filter(number=AGENCY).exists()
        gone = client.get(address)
        assert gone.status_code == 409

    def test_the_refused_rows_come_as_a_file_with_the_reason(self, client, cast):
        client.force_login(cast.owner)
        wrong = ("XYZ", OTHER, "agency", "=cmd()", "", "", "")
        address = upload(client, csv_bytes(HEADER, [*ROWS, wrong]), "etater.csv").redirect_chain[-1][0]
        (row,) = read_bytes(client.get(f"{address}refused/").content).rows
        assert list(row.cells.values()) == [
            *wrong,
            "4",
            "Ingen departement har forkortelsen «XYZ», verken i filen eller i registeret.",
        ]
        as_csv = client.get(f"{address}refused/?format=csv").content.decode("utf-8-sig")
        assert "'=cmd()" in as_csv
        assert AGENCY not in as_csv

    def test_a_file_that_is_no_sheet_is_told_beside_the_field(self, client, cast):
        client.force_login(cast.owner)
        page = upload(client, b"%PDF-1.4", "brev.pdf")
        assert list(page.context["file_form"].errors) == ["file"]

    def test_another_owner_does_not_see_the_preview(self, client, cast):
        client.force_login(cast.owner)
        address = upload(client, csv_bytes(HEADER, ROWS), "etater.csv").redirect_chain[-1][0]
        cast.guest.duty = "owner"
        cast.guest.save()
        client.force_login(cast.guest)
        page = client.get(address)
        assert page.status_code == 404
        assert AGENCY not in page.content.decode()

    def test_only_owners_import(self, cast):
        for who in (cast.facilitator, cast.host):
            with pytest.raises(PermissionDenied):
                actions.import_organisations(plan=plan(*ROWS), chosen=EVERYTHING, source="file", by=who)
            with pytest.raises(PermissionDenied):
                actions.load_reference_register(by=who)
