"""The results as a sheet to take away: whenever one likes, and never more than may be seen."""

import csv
import io

import pytest
from django.urls import reverse

from tests.room.parts import (
    COMMIT,
    REFLECT,
    SCALE,
    answered_by,
    close,
    make_run,
    opened,
    participants,
    reveal,
)

HIDDEN = "Skjult for å verne deltakerne"


def _sheet(client, run, kind="csv"):
    text = client.get(reverse("room:results", args=[run.gathering_id, kind])).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))[1:]


@pytest.fixture
def run(cast, client):
    client.force_login(cast.facilitator)
    return make_run(cast)


def test_texts_come_into_the_sheet_when_they_have_been_revealed_and_not_before(cast, client, run):
    activity = opened(run, REFLECT, cast.facilitator)
    words = answered_by(activity, participants(cast))
    assert _sheet(client, run) == [["Prompt Reflect nb", "Chatham House", "7", HIDDEN]]
    close(activity, cast.facilitator)
    assert _sheet(client, run) == [["Prompt Reflect nb", "Chatham House", "7", HIDDEN]]
    reveal(activity, cast.facilitator)
    assert {row[3] for row in _sheet(client, run)[1:]} == set(words)


def test_answers_of_too_few_never_come_into_the_sheet(cast, client, run):
    activity = opened(run, SCALE, cast.facilitator)
    answered_by(activity, participants(cast)[:4])
    close(activity, cast.facilitator)
    assert _sheet(client, run) == [["Prompt Scale nb", "Kan ikke spores", "4", HIDDEN]]


def test_names_stand_only_where_answers_are_named(cast, client, run):
    commit = opened(run, COMMIT, cast.facilitator)
    answered_by(commit, [cast.leader])
    close(commit, cast.facilitator)
    reflect = opened(run, REFLECT, cast.facilitator)
    answered_by(reflect, participants(cast))
    close(reflect, cast.facilitator)
    reveal(reflect, cast.facilitator)
    named = [row for row in _sheet(client, run) if "Leder 1" in row]
    assert [row[0] for row in named] == ["Prompt Commit nb"]


def test_another_kind_of_file_is_not_there(cast, client, run):
    assert client.get(reverse("room:results", args=[run.gathering_id, "pdf"])).status_code == 404
