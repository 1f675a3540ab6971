"""The leader's one page, the facilitator's numbers, and the results."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspill.evaluation.choices import WaveKind
from samspill.evaluation.models import Answer, Asked
from samspill.evaluation.queries import answers_of
from samspill.people.models import Person
from tests.cast import Cast
from tests.evaluation.parts import answer, closed, drafted, everybody, opened

BEFORE, AFTER = WaveKind.BEFORE, WaveKind.AFTER


@pytest.fixture(autouse=True)
def _english(cast: Cast) -> None:
    Person.objects.update(language="en")


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


def test_every_statement_stands_with_its_scale_in_words(cast: Cast) -> None:
    page = as_person(cast.leader).get(reverse("evaluation:answer", args=[opened(cast).pk])).content.decode()

    assert page.count('<fieldset class="statement"') == 4
    assert len(re.findall(r'type="radio" name="m\d"', page)) == 28
    assert page.count('<span class="ds-sr-only">: Not at all en</span>') == 4
    assert page.count('<span class="ds-sr-only">: Fully en</span>') == 4
    assert "0 of 4 answered" in page


def test_one_answer_is_stored_as_it_is_given_and_is_there_on_return(cast: Cast) -> None:
    wave = opened(cast)
    client = as_person(cast.leader)

    stored = client.post(reverse("evaluation:save", args=[wave.pk]), {"field": "m2", "m2": "6"})

    assert (stored.status_code, stored.content) == (204, b"")
    page = client.get(reverse("evaluation:answer", args=[wave.pk])).content.decode()
    assert re.findall(r'name="(m\d)" value="(\d)" checked', page) == [("m2", "6")]
    assert "1 of 4 answered" in page
    other = as_person(cast.host).get(reverse("evaluation:answer", args=[wave.pk])).content.decode()
    assert re.findall(r'name="m\d" value="\d" checked', other) == []


@pytest.mark.parametrize(
    "data", [{"field": "m2", "m2": "9"}, {"field": "x", "x": "3"}, {"field": "m2", "m2": "a"}, {}]
)
def test_nonsense_is_not_stored(cast: Cast, data: dict[str, str]) -> None:
    answered = as_person(cast.leader).post(reverse("evaluation:save", args=[opened(cast).pk]), data)

    assert answered.status_code == 409
    assert not Answer.objects.exists()


def test_the_whole_form_works_without_script(cast: Cast) -> None:
    wave = opened(cast)
    client = as_person(cast.leader)
    address = reverse("evaluation:answer", args=[wave.pk])

    later = client.post(address, {"m1": "3"})
    assert later.url == address
    assert not Asked.objects.filter(answered_on__isnull=False).exists()

    finished = client.post(address, {"m1": "3", "m3": "5", "finish": "yes"}, follow=True)
    assert "Thank you. Your answers are stored." in finished.content.decode()
    assert "2 of 4 statements are answered." in finished.content.decode()
    assert answers_of(cast.leader, wave) == {"m1": 3, "m3": 5}


def test_finishing_with_nothing_answered_says_what_to_do(cast: Cast) -> None:
    page = as_person(cast.leader).post(
        reverse("evaluation:answer", args=[opened(cast).pk]), {"finish": "yes"}
    )

    assert page.status_code == 409
    assert "Choose a point on at least one." in page.content.decode()


def test_a_closed_questionnaire_says_thank_you_and_shows_no_answers(cast: Cast) -> None:
    wave = closed(cast, BEFORE, [(cast.leader, 6)])
    client = as_person(cast.leader)

    page = client.get(reverse("evaluation:answer", args=[wave.pk])).content.decode()
    assert "The questionnaire is closed" in page
    assert "radio" not in page
    late = client.post(reverse("evaluation:save", args=[wave.pk]), {"field": "m1", "m1": "1"})
    assert (late.status_code, set(Answer.objects.values_list("value", flat=True))) == (409, {6})


def test_what_waits_on_a_shared_device_belongs_to_one_person(cast: Cast) -> None:
    address = reverse("evaluation:answer", args=[opened(cast).pk])

    names = {
        re.search(r'<form class="questionnaire" id="([^"]+)"', as_person(who).get(address).content.decode())[
            1
        ]
        for who in everybody(cast)
    }

    assert len(names) == 7


@pytest.mark.parametrize("who", ["facilitator", "owner"])
def test_the_facilitator_sees_numbers_and_never_who_has_or_has_not_answered(cast: Cast, who: str) -> None:
    wave = opened(cast)
    answer(wave, cast.leader, 4)
    client = as_person(getattr(cast, who))
    pages = [
        client.get(reverse(name, args=[pk])).content.decode()
        for name, pk in (
            ("evaluation:waves", cast.cohort.pk),
            ("evaluation:wave", wave.pk),
            ("evaluation:remind", wave.pk),
            ("evaluation:effect", cast.cohort.pk),
        )
    ]

    assert "of 7 have answered" in pages[1]
    for page in pages:
        found = [one.name for one in everybody(cast) if one.name in page or (one.email or "") in page]
        assert found == []


def test_reminders_cannot_be_looked_at_through_the_page_for_invitations(cast: Cast) -> None:
    wave = opened(cast)
    invitation = drafted(cast)
    client = as_person(cast.facilitator)
    client.post(reverse("evaluation:mails", args=[wave.pk, invitation.pk]))
    client.post(reverse("evaluation:remind", args=[wave.pk]))
    reminder = wave.asked.count() and invitation.pk + 1

    assert client.get(reverse("evaluation:mails", args=[wave.pk, invitation.pk])).status_code == 200
    assert client.get(reverse("evaluation:mails", args=[wave.pk, reminder])).status_code == 404


def test_a_whole_measurement_by_hand(cast: Cast) -> None:
    client = as_person(cast.facilitator)
    opening = client.post(
        reverse("evaluation:open", args=[cast.cohort.pk, "before"]), {"closes_on": "2099-01-01"}, follow=True
    )
    wave = opening.context["wave"]
    assert "7 invitations wait for you. Nothing has been sent yet." in opening.content.decode()

    sent = client.post(reverse("evaluation:mails", args=[wave.pk, drafted(cast).pk]), follow=True)
    assert "The invitations are on their way." in sent.content.decode()
    closing = client.post(reverse("evaluation:close", args=[wave.pk]), follow=True)
    assert "The measurement is closed." in closing.content.decode()


def test_a_date_that_has_passed_is_refused_beside_the_form(cast: Cast) -> None:
    page = as_person(cast.facilitator).post(
        reverse("evaluation:open", args=[cast.cohort.pk, "before"]), {"closes_on": "2020-01-01"}
    )

    assert "The date has passed. Choose today or a later date." in page.content.decode()


def results(cast: Cast) -> str:
    return as_person(cast.resource).get(reverse("evaluation:effect", args=[cast.cohort.pk])).content.decode()


def test_the_results_say_what_they_are_and_how_they_were_made(cast: Cast) -> None:
    closed(cast, BEFORE, [(who, 2) for who in everybody(cast)])
    closed(cast, AFTER, [(who, 4 + n % 2) for n, who in enumerate(everybody(cast))])

    page = results(cast)

    assert page.count("7 of 7 answered") == 2
    assert "Rise: +2.4 on average, from +1.9 to +2.9 (7 pairs)" in page
    assert "the whole 95% interval lies above zero and the signed-rank test gives p below 0.05" in page
    assert "Pratt" in page
    assert page.count("<table") == 5  # every chart has its numbers: the change, and four statements


def test_what_is_hidden_is_hidden_in_page_and_file_alike(cast: Cast) -> None:
    closed(cast, BEFORE, [(who, 6) for who in everybody(cast)[:4]])
    closed(cast, AFTER, [(who, 7) for who in everybody(cast)[:4]])

    page = results(cast)
    sheet = as_person(cast.resource).get(reverse("evaluation:csv", args=[cast.cohort.pk]))
    lines = sheet.content.decode("utf-8-sig").splitlines()

    assert page.count("Hidden to protect the participants.") == 4
    assert "+1.0" not in page
    hidden = "hidden to protect the participants"
    assert lines[1] == f"m1;Item 1 en;Before;4;{hidden};;;;;;;;;;;;;"
    assert lines[2] == f"m1;Item 1 en;After;4;{hidden};;;;;;;;;;;;;{hidden}"
    assert len(lines) == 9


def test_the_file_holds_the_figures_of_the_page(cast: Cast) -> None:
    closed(cast, BEFORE, [(who, 2) for who in everybody(cast)])
    closed(cast, AFTER, [(who, 4 + n % 2) for n, who in enumerate(everybody(cast))])

    sheet = as_person(cast.resource).get(reverse("evaluation:csv", args=[cast.cohort.pk]))
    lines = sheet.content.decode("utf-8-sig").splitlines()

    assert lines[2] == "m1;Item 1 en;After;7;0;0;0;4;3;0;0;4,43;7;2,43;1,93;2,92;0,0156;rise"


def test_the_pages_ask_the_database_as_often_for_many_answers_as_for_few(cast: Cast) -> None:
    def count(name: str, pk: int) -> int:
        client = as_person(cast.facilitator)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(name, args=[pk]))
        return len(captured)

    wave = opened(cast)
    answer(wave, cast.leader, 3)
    few = (count("evaluation:waves", cast.cohort.pk), count("evaluation:wave", wave.pk))
    for who in everybody(cast):
        answer(wave, who, 3)

    assert (count("evaluation:waves", cast.cohort.pk), count("evaluation:wave", wave.pk)) == few
