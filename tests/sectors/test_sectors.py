"""The register, sectors and positions as pages and actions."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from samspill.errors import Refused
from samspill.sectors import actions
from samspill.sectors.models import Organisation, Position, Sector
from samspill.sectors.numbers import valid_number
from samspill.sectors.queries import directory, match_organisation

FORM = {"name_nb": "Nytt tilsyn", "kind": "agency"}


@pytest.fixture
def difi(db) -> Organisation:
    return Organisation.objects.create(
        number="991825827",
        name_nb="Direktoratet for forvaltning og IKT (Difi)",
        name_nn="Direktoratet for forvalting og IKT",
        name_en="Agency for Public Management and eGovernment",
        abbreviation="Difi",
    )


@pytest.mark.parametrize(
    "text",
    [
        "991825827",
        " 991 825 827 ",
        "DIFI",
        "direktoratet  for FORVALTNING og ikt",
        "Direktoratet for forvaltning og IKT (Difi)",
        "Direktoratet for forvalting og IKT",
        "agency for public management and egovernment",
    ],
)
def test_an_organisation_is_known_by_everything_it_is_called(difi, text):
    assert match_organisation(text) == difi


@pytest.mark.parametrize("text", ["", "  ", "Dif", "991825828", "974760673", "Direktoratet"])
def test_what_is_not_its_name_is_not_guessed(difi, text):
    assert match_organisation(text) is None


def test_two_of_the_same_name_are_not_told_apart_but_close_ones_are_suggested(difi):
    Organisation.objects.create(name_nb="DIFI", name_nn="")
    found = directory()
    assert (found.match("difi"), found.is_ambiguous("difi")) == (None, True)
    assert found.suggestions("Direktoratet for forvaltning og IT") == (difi,)


@pytest.mark.parametrize(("text", "number"), [("974 760 673", "974760673"), ("974760673", "974760673")])
def test_a_number_is_its_nine_digits(text, number):
    assert valid_number(text) == number


@pytest.mark.parametrize("text", ["974760674", "97476067", "9747606733", "abc", "", "NO974760673MVA x"])
def test_a_wrong_number_is_refused_with_a_sentence(text):
    with pytest.raises(Refused) as refused:
        valid_number(text)
    assert str(refused.value.sentence).endswith(".")


class TestRegister:
    def test_it_is_searched_and_filtered(self, client, cast, difi):
        client.force_login(cast.facilitator)

        def names(**query: object) -> list[str]:
            page = client.get(reverse("sectors:list"), query).context["page"]
            return [organisation.name_nb for organisation in page]

        assert names(q="difi") == [difi.name_nb]
        assert names(q="øvingsdep") == names(q="ØVINGSDEP") == ["Øvingsdepartementet"]
        assert names(q="991 825") == [difi.name_nb]
        assert names(kind="ministry") == ["Prøvedepartementet", "Øvingsdepartementet"]
        assert names(ministry=cast.ministry.pk) == [
            "Øvingsdepartementet",
            *(agency.name_nb for agency in cast.agencies),
        ]
        assert names(q="finnes ikke") == []

    def test_it_asks_as_often_for_three_as_for_one(self, client, cast, django_assert_num_queries):
        client.force_login(cast.owner)
        client.get(reverse("sectors:list"))
        with django_assert_num_queries(5):
            client.get(reverse("sectors:list"), {"q": "Øvingstilsynet 1"})
        with django_assert_num_queries(5):
            client.get(reverse("sectors:list"), {"q": "tilsynet"})

    def test_an_organisation_is_added_and_corrected(self, client, cast):
        client.force_login(cast.owner)
        client.post(reverse("sectors:create"), {**FORM, "number": "991 825 827", "parent": cast.ministry.pk})
        made = Organisation.objects.get(number="991825827")
        assert (made.name_nb, made.parent) == ("Nytt tilsyn", cast.ministry)
        client.post(reverse("sectors:change", args=[made.pk]), {**FORM, "name_nb": "Annet", "number": ""})
        made.refresh_from_db()
        assert (made.name_nb, made.number) == ("Annet", None)

    @pytest.mark.parametrize("number", ["123456789", "abc", "974760673"])
    def test_a_wrong_or_taken_number_is_told_beside_the_field(self, client, cast, number):
        Organisation.objects.create(name_nb="Tatt", name_nn="", number="974760673")
        client.force_login(cast.owner)
        page = client.post(reverse("sectors:create"), {**FORM, "number": number})
        assert list(page.context["form"].errors) == ["number"]
        assert f'value="{number}"' in page.content.decode()

    def test_nothing_belongs_to_itself(self, cast):
        cast.ministry.parent = cast.agencies[0]
        with pytest.raises(Refused):
            actions.keep_organisation(organisation=cast.ministry, by=cast.owner)

    def test_what_is_referred_to_stays(self, client, cast, difi):
        with pytest.raises(Refused):
            actions.remove_organisation(organisation=cast.ministry, by=cast.owner)
        actions.remove_organisation(organisation=difi, by=cast.owner)
        assert not Organisation.objects.filter(name_nb__contains="Difi").exists()
        assert Organisation.objects.filter(pk=cast.ministry.pk).exists()

    def test_facilitators_read_and_only_owners_write(self, client, cast):
        client.force_login(cast.facilitator)
        page = client.get(reverse("sectors:organisation", args=[cast.ministry.pk]))
        assert page.status_code == 200
        assert reverse("sectors:change", args=[cast.ministry.pk]) not in page.content.decode()
        with pytest.raises(PermissionDenied):
            actions.keep_organisation(organisation=cast.ministry, by=cast.facilitator)
        with pytest.raises(PermissionDenied):
            actions.remove_organisation(organisation=cast.ministry, by=cast.facilitator)

    def test_the_credit_line_of_the_licence_is_shown(self, client, cast):
        client.force_login(cast.facilitator)
        assert "NLOD" in client.get(reverse("sectors:list")).content.decode()


class TestSectors:
    def test_a_sector_is_put_together_and_changed(self, client, cast):
        client.force_login(cast.owner)
        data = {
            "name_nb": "Likestilte",
            "kind": "equal_bodies",
            "coordinator": cast.ministry.pk,
            "organisations": [agency.pk for agency in cast.agencies[:2]],
        }
        client.post(reverse("sectors:create_sector"), data)
        sector = Sector.objects.get(name_nb="Likestilte")
        assert set(sector.organisations.all()) == {cast.ministry, *cast.agencies[:2]}
        data["organisations"] = [cast.agencies[3].pk]
        client.post(reverse("sectors:change_sector", args=[sector.pk]), data)
        assert set(sector.organisations.all()) == {cast.ministry, cast.agencies[3]}

    def test_nobody_is_a_sector_alone(self, client, cast):
        client.force_login(cast.owner)
        data = {"name_nb": "Alene", "kind": "ministry_area", "coordinator": cast.ministry.pk}
        page = client.post(reverse("sectors:create_sector"), data)
        assert list(page.context["form"].errors) == ["organisations"]
        assert not Sector.objects.filter(name_nb="Alene").exists()

    def test_a_ministry_with_everything_below_it_is_a_sector_made_once(self, cast):
        lonely = Organisation.objects.create(name_nb="Nytt departement", name_nn="", kind="ministry")
        Organisation.objects.create(name_nb="Etat", name_nn="", parent=lonely)
        first = actions.sector_of_ministry(ministry=lonely, by=cast.owner)
        assert actions.sector_of_ministry(ministry=lonely, by=cast.owner) == first
        assert [organisation.name_nb for organisation in first.organisations.all()] == [
            "Etat",
            "Nytt departement",
        ]

    def test_the_list_asks_as_often_for_three_as_for_one(self, client, cast, django_assert_num_queries):
        client.force_login(cast.owner)
        client.get(reverse("sectors:sectors"))
        with django_assert_num_queries(3):
            client.get(reverse("sectors:sectors"))
        for name in ("A", "B"):
            Sector.objects.create(name_nb=name, coordinator=cast.ministry)
        with django_assert_num_queries(3):
            client.get(reverse("sectors:sectors"))

    def test_only_owners_write(self, cast):
        with pytest.raises(PermissionDenied):
            actions.keep_sector(sector=cast.cohort.sector, organisations=[], by=cast.facilitator)


class TestPositions:
    def test_offices_are_kept_set_by_set_and_a_new_title_replaces_the_old(
        self, cast, django_assert_max_num_queries
    ):
        def offices(title: str) -> list[actions.Office]:
            return [actions.Office(leader, cast.ministry, title) for leader in cast.leaders]

        with django_assert_max_num_queries(4):
            actions.keep_positions(offices=offices("Direktør"), by=cast.facilitator)
        actions.keep_positions(offices=offices("Ekspedisjonssjef"), by=cast.facilitator)
        assert list(Position.objects.values_list("title", flat=True)) == ["Ekspedisjonssjef"] * 6

    def test_an_owner_adds_and_removes_one_on_the_page(self, client, cast):
        client.force_login(cast.owner)
        address = reverse("sectors:add_position", args=[cast.ministry.pk])
        unknown = client.post(address, {"email": "nobody@example.org", "title": "Direktør"})
        assert list(unknown.context["form"].errors) == ["email"]
        client.post(address, {"email": "LEADER1@example.org", "title": "Direktør"})
        page = client.get(reverse("sectors:organisation", args=[cast.ministry.pk])).content.decode()
        assert ["Direktør" in page, "Leder 1" in page] == [True, True]
        client.post(reverse("sectors:remove_position", args=[Position.objects.get().pk]))
        assert Position.objects.count() == 0
