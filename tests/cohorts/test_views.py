"""Cohorts in the web: what now, who takes part, what is different and why."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspill.cohorts import actions
from samspill.cohorts.choices import Handling, Role, State
from samspill.cohorts.models import Cohort, DifferenceReason, Membership
from samspill.cohorts.queries import members
from samspill.people.models import Person
from samspill.programmes.queries import draft_of
from tests.cast import Cast, enrol, make_sector, person
from tests.cohorts.url_rights import proposal


def sign_in(client: Client, who: Person) -> Client:
    Person.objects.filter(pk=who.pk).update(language="en")
    client.force_login(who)
    return client


@pytest.fixture
def facilitator(cast: Cast, client: Client) -> Client:
    return sign_in(client, cast.facilitator)


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"cohorts:{name}", args=args))
    assert response.status_code == 200
    return str(response.content.decode())


def posted(client: Client, name: str, args: list[Any], data: dict[str, Any]) -> Any:
    return client.post(reverse(f"cohorts:{name}", args=args), data)


def now(shown: str) -> str:
    """The sentence that says what to do now."""
    sentence = re.search(r'class="now__what">(.*?)</p>', shown)
    return sentence[1] if sentence else ""


def in_state(cast: Cast, state: State, **more: Any) -> None:
    Cohort.objects.filter(pk=cast.cohort.pk).update(state=state, **more)
    cast.cohort.refresh_from_db()


STEPS = [
    (State.INVITED, "facilitator", "The sector has not answered yet."),
    (State.INVITED, "host", "Your sector is invited to take part."),
    (State.INVITED, "leader", "There is nothing you need to do now."),
    (State.DECLINED, "facilitator", "The sector has said no for now."),
    (State.ACCEPTED, "facilitator", "The sector has said yes. The programme can be made theirs."),
    (State.TAILORING, "host", "The programme for your sector is ready for you to read."),
    (State.TAILORING, "leader", "Next is the gathering: its date, its agenda and who comes."),
    (State.RUNNING, "leader", "Next is the gathering: its date, its agenda and who comes."),
    (State.FOLLOW_UP, "owner", "The gatherings are held. Now comes the effect and the report."),
    (State.CLOSED, "leader", "This cohort is closed. Thank you for taking part."),
]


@pytest.mark.parametrize(("state", "who", "sentence"), STEPS)
def test_the_overview_says_what_now(
    cast: Cast, client: Client, state: State, who: str, sentence: str
) -> None:
    in_state(cast, state)
    assert now(page(sign_in(client, getattr(cast, who)), "detail", cast.cohort.pk)) == sentence


def test_tailoring_begins_with_one_press(cast: Cast, facilitator: Client) -> None:
    in_state(cast, State.ACCEPTED)
    posted(facilitator, "begin", [cast.cohort.pk], {})
    cast.cohort.refresh_from_db()
    assert (cast.cohort.state, cast.cohort.revision) == (State.TAILORING, 1)


def test_everybody_lists_their_own_cohorts(cast: Cast, client: Client) -> None:
    shown = page(sign_in(client, cast.leader), "list")
    assert "Øvingssektoren" in shown
    assert "Prøvesektoren" not in shown


def test_the_list_takes_as_many_queries_for_three_cohorts_as_for_one(cast: Cast, client: Client) -> None:
    sign_in(client, cast.leader)
    with CaptureQueriesContext(connection) as one:
        page(client, "list")
    for name in ("Ny", "Enda "):
        sector, ministry, _agencies = make_sector(name)
        cohort = Cohort.objects.create(
            sector=sector, blueprint=cast.cohort.blueprint, half_year="2027-1", state=State.RUNNING
        )
        enrol(cohort, cast.leader, Role.LEADER, ministry, "Leder")
    with CaptureQueriesContext(connection) as three:
        assert page(client, "list").count("sektoren</a>") == 3
    assert len(three) == len(one)


def test_the_people_page_takes_as_many_queries_for_more_people(cast: Cast, facilitator: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        page(facilitator, "people", cast.cohort.pk)
    for number in range(5):
        enrol(cast.cohort, person(f"new{number}", "Ny leder"), Role.LEADER, cast.ministry, "Leder")
    with CaptureQueriesContext(connection) as many:
        assert page(facilitator, "people", cast.cohort.pk).count("Ny leder<br>") == 5
    assert len(many) == len(few)


def test_the_host_sees_who_takes_part_but_no_addresses(cast: Cast, client: Client) -> None:
    shown = page(sign_in(client, cast.host), "people", cast.cohort.pk)
    assert "Leder 3" in shown
    assert "leader3@example.org" not in shown


def test_an_owner_invites_a_sector_and_goes_on_to_enrol(cast: Cast, client: Client) -> None:
    sector, _ministry, _agencies = make_sector("Nye ")
    data = {
        "sector": sector.pk,
        "blueprint": cast.cohort.blueprint_id,
        "half_year": "2027-1",
        "language": "nn",
    }
    response = posted(sign_in(client, cast.owner), "invite", [], data)
    cohort = Cohort.objects.get(sector=sector)
    assert response.url == reverse("cohorts:people", args=[cohort.pk])
    assert (cohort.state, cohort.language) == (State.INVITED, "nn")


def test_an_invitation_that_is_refused_keeps_what_was_chosen(cast: Cast, client: Client) -> None:
    data = {
        "sector": cast.cohort.sector_id,
        "blueprint": cast.cohort.blueprint_id,
        "half_year": "2027-1",
        "language": "nn",
    }
    shown = posted(sign_in(client, cast.owner), "invite", [], data).content.decode()
    assert "This sector is in the middle of this programme already." in shown
    assert re.search(r'value="2027-1"\s+selected', shown)


def test_the_host_says_yes_for_the_sector(cast: Cast, client: Client) -> None:
    in_state(cast, State.INVITED)
    data = {"to": "accepted", "reason": "Vi trenger dette."}
    posted(sign_in(client, cast.host), "state", [cast.cohort.pk], data)
    assert "Vi trenger dette." in page(client, "detail", cast.cohort.pk)


def test_a_step_that_is_refused_keeps_the_reason(cast: Cast, facilitator: Client) -> None:
    data = {"to": "running", "reason": "Vi er klare"}
    shown = posted(facilitator, "state", [cast.cohort.pk], data).content.decode()
    assert "The host has not accepted the tailored programme yet." in shown
    assert "Vi er klare" in shown


def test_one_person_is_enrolled_changed_and_taken_out(cast: Cast, facilitator: Client) -> None:
    data = {
        "name": "Ny Leder",
        "email": "Ny@Example.org",
        "role": "leader",
        "organisation": cast.agencies[1].pk,
        "title": "Direktør",
    }
    posted(facilitator, "enrol", [cast.cohort.pk], data)
    seat = members(cast.cohort).get(person__name="Ny Leder")
    assert (seat.organisation, seat.title) == (cast.agencies[1], "Direktør")
    place = {"role": "guest", "organisation": cast.agencies[1].pk, "title": "Innleder"}
    posted(facilitator, "place", [cast.cohort.pk, seat.pk], place)
    assert members(cast.cohort).get(pk=seat.pk).role == Role.GUEST
    posted(facilitator, "withdraw", [cast.cohort.pk, seat.pk], {})
    assert not members(cast.cohort).filter(pk=seat.pk).exists()


def test_another_cohorts_place_is_not_found_here(cast: Cast, facilitator: Client) -> None:
    stray = Membership.objects.get(person=cast.stranger)
    address = reverse("cohorts:withdraw", args=[cast.cohort.pk, stray.pk])
    assert facilitator.post(address).status_code == 404
    assert Membership.objects.filter(pk=stray.pk).exists()


def test_a_list_is_seen_before_it_is_saved_and_refused_rows_can_be_fetched(
    cast: Cast, facilitator: Client
) -> None:
    raw = "Navn;E-post;Tittel;Virksomhet\r\nÅse Ås;aase@example.org;Direktør;Øvingstilsynet 2\r\nUten;;;\r\n"
    file = SimpleUploadedFile("Ledere.csv", raw.encode("cp1252"))
    preview = posted(facilitator, "import", [cast.cohort.pk], {"file": file}).url
    shown = facilitator.get(preview).content.decode()
    assert "Åse Ås, Direktør, Øvingstilsynet 2" in shown
    assert not Person.objects.filter(name="Åse Ås").exists()
    refused = facilitator.get(f"{preview}refused/?format=csv").content.decode("utf-8-sig")
    assert refused.splitlines()[1].startswith("Uten;;;;3;The mail address is missing.")
    facilitator.post(preview, {})
    assert members(cast.cohort).get(person__name="Åse Ås").organisation == cast.agencies[1]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (
            "Fornavn;Alder\nOla;3\n",
            "The file has no column for Mail, Organisation. Its headings are: Fornavn, Alder.",
        ),
        ("Navn;E-post;Virksomhet\n", "The file has headings, but no rows below them."),
    ],
)
def test_a_file_of_which_no_row_can_be_used_is_told_once(
    cast: Cast, facilitator: Client, raw: str, says: str
) -> None:
    file = SimpleUploadedFile("l.csv", raw.encode())
    response = facilitator.post(reverse("cohorts:import", args=[cast.cohort.pk]), {"file": file})
    assert response.context["form"].errors == {"file": [says]}


def test_a_colleagues_upload_is_not_mine_to_see(cast: Cast, facilitator: Client, client: Client) -> None:
    file = SimpleUploadedFile("l.csv", b"Navn;E-post;Virksomhet\nKari;k@example.org;x\n")
    preview = posted(facilitator, "import", [cast.cohort.pk], {"file": file}).url
    assert sign_in(client, cast.resource).get(preview).status_code == 404


def questions(cast: Cast) -> list[str]:
    cast.cohort.refresh_from_db()
    return [question.key for question in cast.cohort.plans[0].questions]


def test_questions_are_moved_left_out_taken_back_and_ordered_by_drag(cast: Cast, facilitator: Client) -> None:
    address = [cast.cohort.pk, "g1"]
    posted(facilitator, "change_question", address, {"down": "g1-q1"})
    assert questions(cast) == ["g1-q2", "g1-q1", "g1-q3"]
    posted(facilitator, "change_question", address, {"remove": "g1-q3"})
    assert "Left out" in page(facilitator, "tailor", *address)
    posted(facilitator, "change_question", address, {"restore": "g1-q3"})
    dragged = posted(facilitator, "change_question", address, {"order": ["g1-q3", "g1-q2", "g1-q1"]})
    assert dragged.status_code == 204
    assert questions(cast) == ["g1-q3", "g1-q2", "g1-q1"]
    wrong = {"order": ["g1-q3", "g1-q2"]}
    assert posted(facilitator, "change_question", address, wrong).status_code == 409
    assert questions(cast) == ["g1-q3", "g1-q2", "g1-q1"]


def test_the_sectors_own_question_is_added_and_marked(cast: Cast, facilitator: Client) -> None:
    posted(facilitator, "tailor", [cast.cohort.pk, "g1"], {"text_nb": "Hva med oss?"})
    shown = page(facilitator, "tailor", cast.cohort.pk, "g1")
    assert '<span lang="nb">Hva med oss?</span>' in shown
    assert "The sector's own</span>" in shown


REWORDED = [
    ({"text_nb": "Nytt"}, {"nb": "Nytt"}),
    ({"text_nb": "Nytt", "text_en": "New"}, {"nb": "Nytt", "en": "New"}),
    (
        {"text_nb": "Nytt", "keep": "on"},
        {"nb": "Nytt", "nn": "Question 1.1 nn", "en": "Question 1.1 en"},
    ),
    ({"text_nn": "Nytt"}, {"nb": "Question 1.1 nb", "nn": "Nytt", "en": "Question 1.1 en"}),
]


@pytest.mark.parametrize(("typed", "kept"), REWORDED)
def test_rewording_keeps_only_what_still_holds(
    cast: Cast, facilitator: Client, typed: dict[str, str], kept: dict[str, str]
) -> None:
    before = {f"text_{code}": f"Question 1.1 {code}" for code in ("nb", "nn", "en")}
    posted(facilitator, "reword", [cast.cohort.pk, "g1", "g1-q1"], {**before, **typed, "revision": 0})
    cast.cohort.refresh_from_db()
    assert cast.cohort.plans[0].questions[0].text == kept


def test_what_was_typed_stays_when_somebody_else_was_quicker(cast: Cast, facilitator: Client) -> None:
    actions.remove_question(cohort=cast.cohort, gathering="g1", question="g1-q3", by=cast.owner, revision=0)
    data = {"text_nb": "Mine ord", "revision": 0}
    shown = posted(facilitator, "reword", [cast.cohort.pk, "g1", "g1-q1"], data).content.decode()
    assert "Somebody else has changed the programme" in shown
    assert "Mine ord" in shown


def test_differences_stand_beside_the_blueprint_with_their_reasons(cast: Cast, facilitator: Client) -> None:
    actions.reword_question(
        cohort=cast.cohort,
        gathering="g2",
        question="g2-q1",
        text={"en": "Question 2.1 for us"},
        by=cast.facilitator,
        revision=0,
    )
    shown = page(facilitator, "compare", cast.cohort.pk)
    assert "1 thing is different from the blueprint." in shown
    assert "1 has no reason yet." in shown
    assert "Question 2.1 <del>en</del>" in shown
    data = {
        "difference": "g2/question/g2-q1/reworded",
        "reason": "Slik snakker sektoren.",
        "for_next_version": "on",
    }
    posted(facilitator, "compare", [cast.cohort.pk], data)
    shown = page(facilitator, "compare", cast.cohort.pk)
    assert "Slik snakker sektoren." in shown
    assert "has no reason yet" not in shown


def test_a_reason_that_is_refused_stays_on_the_page(cast: Cast, facilitator: Client) -> None:
    proposal(cast)
    data = {"difference": "g1/question/g1-q2/removed", "reason": "x" * 2001}
    shown = posted(facilitator, "compare", [cast.cohort.pk], data).content.decode()
    assert "x" * 2001 in shown
    assert DifferenceReason.objects.get().reason == "Avklart i sektoren."


def test_the_host_reads_only_what_is_ready_and_says_yes(cast: Cast, client: Client) -> None:
    actions.remove_question(
        cohort=cast.cohort, gathering="g1", question="g1-q2", by=cast.facilitator, revision=0
    )
    sign_in(client, cast.host)
    assert "Question 1.1 en" not in page(client, "accept", cast.cohort.pk)
    actions.give_reason(
        cohort=cast.cohort,
        difference="g1/question/g1-q2/removed",
        reason="Avklart i sektoren.",
        for_next_version=False,
        by=cast.facilitator,
    )
    shown = page(client, "accept", cast.cohort.pk)
    assert "Avklart i sektoren." in shown
    posted(client, "accept", [cast.cohort.pk], {"revision": cast.cohort.revision})
    cast.cohort.refresh_from_db()
    assert cast.cohort.programme_accepted_by == cast.host


def test_a_proposal_goes_into_the_draft_of_the_next_version(cast: Cast, client: Client) -> None:
    reason = proposal(cast)
    sign_in(client, cast.owner)
    assert "Avklart i sektoren." in page(client, "proposals")
    posted(client, "proposal", [reason.pk], {"action": "take"})
    draft = draft_of(cast.cohort.blueprint.measure)
    assert draft is not None
    assert [each["key"] for each in draft.content["gatherings"][0]["questions"]] == ["g1-q1", "g1-q3"]
    reason.refresh_from_db()
    assert reason.handling == Handling.TAKEN
    assert posted(client, "proposal", [reason.pk], {"action": "take"}).status_code == 409


def test_a_proposal_can_be_left(cast: Cast, client: Client) -> None:
    reason = proposal(cast)
    posted(sign_in(client, cast.owner), "proposal", [reason.pk], {"action": "leave"})
    assert draft_of(cast.cohort.blueprint.measure) is None
    assert "Nothing is waiting for you" in page(client, "proposals")


def test_words_in_one_language_stand_in_the_draft_with_gaps_to_fill(cast: Cast) -> None:
    key = actions.add_question(
        cohort=cast.cohort, gathering="g1", text={"nb": "Hva med oss?"}, by=cast.facilitator, revision=0
    )
    reason = actions.give_reason(
        cohort=cast.cohort,
        difference=f"g1/question/{key}/added",
        reason="Alle spør.",
        for_next_version=True,
        by=cast.facilitator,
    )
    draft = actions.take_proposal(reason=reason, by=cast.owner)
    assert draft.content["gatherings"][0]["questions"][-1] == {
        "key": "g1-q4",
        "text": {"nb": "Hva med oss?", "nn": "", "en": ""},
        "aims": [],
    }
