"""Texts are edited by those who run the cohort; the public sees only what an owner has published."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from samspill.errors import Refused
from samspill.people.models import Person
from samspill.reports.actions import publish, save_texts, unpublish
from samspill.reports.models import Report
from samspill.reports.queries import preview, published, published_result
from tests.cast import Cast
from tests.evaluation.parts import in_days
from tests.reports.parts import LESSONS, SUMMARY, written

TEXTS = {"lessons": LESSONS, "recommendations": "", "public_summary": SUMMARY}


def as_person(person: Person) -> Client:
    Person.objects.update(language="en")
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


def test_two_who_write_at_once_notice_each_other_and_lose_nothing(cast: Cast) -> None:
    save_texts(cohort=cast.cohort, texts=TEXTS, revision=0, by=cast.facilitator)
    address = reverse("reports:edit", args=[cast.cohort.pk])

    page = as_person(cast.owner).post(address, {"lessons": "Mine ord", "revision": "0"})

    assert "Somebody else has saved the report since you opened it." in page.content.decode()
    assert "Mine ord" in page.content.decode()
    assert Report.objects.get().lessons == LESSONS


@pytest.mark.parametrize("who", ["resource", "host", "leader", "delegate", "guest"])
def test_others_do_not_write(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        save_texts(cohort=cast.cohort, texts=TEXTS, revision=0, by=getattr(cast, who))
    assert not Report.objects.exists()


def test_the_preview_is_what_the_public_gets(cast: Cast) -> None:
    written(cast)
    seen = preview(cast.cohort.pk)
    page = as_person(cast.owner).get(reverse("reports:publish", args=[cast.cohort.pk])).content.decode()

    publish(cohort=cast.cohort, by=cast.owner)

    assert published_result(cast.cohort.pk) == seen
    assert published() == [seen]
    assert seen is not None
    assert (seen.summary, seen.leaders, seen.organisations, seen.published_on) == (SUMMARY, 7, 5, in_days(0))
    assert SUMMARY in page
    assert "7 top leaders took part, from 5 organisations." in page
    assert LESSONS.splitlines()[0] not in page


def test_later_changes_are_not_public_before_they_are_published_again(cast: Cast) -> None:
    written(cast)
    publish(cohort=cast.cohort, by=cast.owner)
    save_texts(cohort=cast.cohort, texts={**TEXTS, "public_summary": "Nytt"}, revision=1, by=cast.facilitator)

    assert published_result(cast.cohort.pk).summary == SUMMARY
    page = as_person(cast.owner).get(reverse("reports:report", args=[cast.cohort.pk])).content.decode()
    assert "The text has been changed since; the public still reads the old one." in page
    publish(cohort=cast.cohort, by=cast.owner)
    assert published_result(cast.cohort.pk).summary == "Nytt"


def test_it_can_be_taken_down(cast: Cast) -> None:
    written(cast)
    publish(cohort=cast.cohort, by=cast.owner)

    unpublish(cohort=cast.cohort, by=cast.owner)

    assert (published(), published_result(cast.cohort.pk)) == ([], None)
    with pytest.raises(Refused):
        unpublish(cohort=cast.cohort, by=cast.owner)


def test_nothing_is_published_without_words(cast: Cast) -> None:
    assert preview(cast.cohort.pk) is None
    with pytest.raises(Refused):
        publish(cohort=cast.cohort, by=cast.owner)
    page = as_person(cast.owner).get(reverse("reports:publish", args=[cast.cohort.pk])).content.decode()
    assert "There is nothing to publish yet." in page


@pytest.mark.parametrize("who", ["facilitator", "resource", "host", "leader"])
def test_only_an_owner_publishes(cast: Cast, who: str) -> None:
    written(cast)

    with pytest.raises(PermissionDenied):
        publish(cohort=cast.cohort, by=getattr(cast, who))
    assert published() == []


def test_whoever_has_left_is_not_counted(cast: Cast) -> None:
    written(cast)
    cast.cohort.memberships.filter(person=cast.leaders[5]).update(withdrawn_on=in_days(0))
    publish(cohort=cast.cohort, by=cast.owner)

    result = published_result(cast.cohort.pk)
    assert (result.leaders, result.organisations) == (6, 4)
