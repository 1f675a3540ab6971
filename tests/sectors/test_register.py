"""Fetching from Enhetsregisteret over HTTP: pages, errors, silence and nonsense."""

import json
from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import translation

from samspill.errors import Refused
from samspill.sectors import register
from samspill.sectors.models import Organisation
from samspill.sectors.register import Patience, fetch, read_file
from tests.sectors.enhetsregisteret import TOP, Register, numbers, running, unit

QUICK = Patience(timeout=0.3, attempts=3, pause=0.01)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def brreg(settings) -> Iterator[Register]:
    with running() as server:
        server.units[TOP] = unit(TOP, "ØVINGSDEPARTEMENTET", maalform="Nynorsk")
        settings.REGISTER_ADDRESS = server.address
        yield server


def with_children(brreg: Register, count: int) -> list[str]:
    below = numbers(count)
    for number in below:
        brreg.units[number] = unit(number, f"ETAT {number}", overordnetEnhet=TOP)
    return below


def refusal(number: str = TOP) -> str:
    with pytest.raises(Refused) as refused:
        fetch(number, patience=QUICK)
    return str(refused.value.sentence)


def test_a_unit_and_those_below_it_are_fetched_page_by_page(brreg, monkeypatch):
    monkeypatch.setattr(register, "PAGE_SIZE", 3)
    below = with_children(brreg, 7)
    table = fetch(f" {TOP[:3]} {TOP[3:6]} {TOP[6:]} ", patience=QUICK)
    assert [row.get("orgnr") for row in table.rows] == [TOP, *below]
    assert table.rows[0].cells == {
        "orgnr": TOP,
        "navn": "ØVINGSDEPARTEMENTET",
        "organisasjonsform": "ORGL",
        "overordnetenhet": "",
        "maalform": "Nynorsk",
        "slettedato": "",
    }
    assert [asked.partition("?")[2] for asked in brreg.asked[1:]] == [
        f"overordnetEnhet={TOP}&page={page}&size=3" for page in (0, 1, 2)
    ]


def test_a_unit_with_nobody_below_it_is_one_row(brreg):
    assert len(fetch(TOP, patience=QUICK).rows) == 1


@pytest.mark.parametrize("errors", [[500], [503, 502], ["slow"], ["slow", 500], [429]])
def test_a_busy_or_silent_register_is_asked_again(brreg, errors):
    brreg.errors = list(errors)
    assert [row.get("orgnr") for row in fetch(TOP, patience=QUICK).rows] == [TOP]
    assert len(brreg.asked) == 2 + len(errors)


@pytest.mark.parametrize(
    ("errors", "words", "times"),
    [
        ([500] * 3, "500", 3),
        (["slow"] * 3, "in time", 3),
        ([403], "403", 1),
        (["broken"], "not JSON", 1),
    ],
)
def test_when_it_does_not_work_a_sentence_says_why(brreg, errors, words, times):
    brreg.errors = list(errors)
    assert words in refusal()
    assert len(brreg.asked) == times


def test_a_page_in_the_middle_that_fails_gives_nothing_at_all(brreg, monkeypatch):
    monkeypatch.setattr(register, "PAGE_SIZE", 3)
    with_children(brreg, 7)
    brreg.errors = [200, 200, 500, 500, 500]
    assert "500" in refusal()


def test_a_number_nobody_has_and_a_wrong_number_are_told(brreg):
    assert "no unit" in refusal("974760746")
    assert brreg.asked == ["/api/enheter/974760746"]
    assert "does not fit" in refusal("974760674")
    assert "nine digits" in refusal("12345")
    assert len(brreg.asked) == 1


def test_without_a_connection_a_sentence_says_so(settings):
    settings.REGISTER_ADDRESS = "http://127.0.0.1:9/api"
    assert "no connection" in refusal()


def test_the_page_shows_the_failure_beside_the_field(client, cast, settings):
    settings.REGISTER_ADDRESS = "http://127.0.0.1:9/api"
    client.force_login(cast.owner)
    page = client.post(reverse("sectors:import_fetched"), {"number": TOP})
    assert page.status_code == 200
    assert list(page.context["number_form"].errors) == ["number"]
    assert f'value="{TOP}"' in page.content.decode()


def test_fetching_twice_changes_nothing_and_a_new_name_is_a_change_to_accept(client, cast, brreg):
    (agency,) = with_children(brreg, 1)
    client.force_login(cast.owner)

    def fetched():
        shown = client.post(reverse("sectors:import_fetched"), {"number": TOP}, follow=True)
        return shown.redirect_chain[-1][0], shown.context["preview"]

    address, preview = fetched()
    assert [line.title for line in preview.new] == [
        f"Øvingsdepartementet ({TOP})",
        f"Etat {agency} ({agency})",
    ]
    client.post(address)
    kept = Organisation.objects.get(number=agency)
    assert (kept.parent.number, kept.source, kept.written_form, kept.kind) == (
        TOP,
        "register",
        "nb",
        "agency",
    )
    assert (kept.parent.kind, kept.parent.written_form) == ("ministry", "nn")

    _, preview = fetched()
    assert (len(preview.unchanged), preview.nothing_to_do) == (2, True)

    brreg.units[agency]["navn"] = "Nytt navn"
    address, preview = fetched()
    (line,) = preview.changed
    assert [(change.before, change.after) for change in line.changes] == [(f"Etat {agency}", "Nytt navn")]
    client.post(address)
    kept.refresh_from_db()
    assert kept.name_nb == f"Etat {agency}"
    address, _ = fetched()
    client.post(address, {"accept": line.row.number})
    kept.refresh_from_db()
    assert kept.name_nb == "Nytt navn"


class TestFiles:
    def test_a_page_a_list_and_one_unit_are_read(self):
        one = unit(TOP, "ETAT")
        for content in ({"_embedded": {"enheter": [one]}, "page": {"totalPages": 1}}, [one], one):
            table = read_file(json.dumps(content).encode("utf-8-sig"))
            assert [row.get("orgnr") for row in table.rows] == [TOP]

    def test_what_is_not_a_unit_is_a_row_of_its_own(self):
        table = read_file(json.dumps([unit(TOP, "ETAT"), "x", None, {"navn": ["a"]}]).encode())
        assert [row.get("orgnr") for row in table.rows] == [TOP, "", "", ""]

    @pytest.mark.parametrize(
        "data", [b'{"_embedded": ', b'{"a": 1}', b'{"_embedded": {"enheter": 3}}', b"[]", b"[" * 100_000]
    )
    def test_other_json_is_refused_with_a_sentence(self, data):
        with pytest.raises(Refused) as refused:
            read_file(data)
        assert str(refused.value.sentence).endswith(".")
