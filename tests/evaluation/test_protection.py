"""Answers cannot be led back to people: not by order or time, and not at all once the cohort is closed."""

import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samspill.cohorts.actions import change_state, withdraw
from samspill.cohorts.choices import State
from samspill.errors import Refused
from samspill.evaluation.actions import close_wave, destroy_secret, forget_person, remind
from samspill.evaluation.choices import WaveKind
from samspill.evaluation.models import Answer, Asked, PairingSecret, Wave
from samspill.evaluation.pseudonyms import SECRET_BYTES, PairingLost, _key, keep_secret, pseudonym_of
from samspill.evaluation.queries import effect_of, personal_data
from samspill.evaluation.queries.waves import REMINDER
from samspill.home.queries.portfolio import portfolio
from samspill.mail.choices import Failure, MessageState
from samspill.mail.models import Message
from samspill.people.models import Person
from tests.cast import Cast
from tests.databases.fresh import fresh_database
from tests.evaluation.parts import answer, closed, everybody, opened

BEFORE, AFTER = WaveKind.BEFORE, WaveKind.AFTER
ROOT = Path(__file__).resolve().parents[2]


def two_waves(cast: Cast) -> None:
    closed(cast, BEFORE, [(who, 2) for who in everybody(cast)])
    closed(cast, AFTER, [(who, 2 + n % 4) for n, who in enumerate(everybody(cast))])


def paired_by_somebody_with_the_whole_database(*kept: bytes) -> set[str]:
    """The pseudonyms that a person's id gives with any value stored anywhere, or with a kept secret."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("samspill.")]
    stored = {
        as_bytes(value) for model in ours for row in model._default_manager.values_list() for value in row
    }
    pseudonyms = set(Answer.objects.values_list("pseudonym", flat=True))
    return {
        made
        for key in stored | set(kept)
        for person in Person.objects.values_list("pk", flat=True)
        if (made := hmac.new(key, str(person).encode(), hashlib.sha256).hexdigest()) in pseudonyms
    }


def as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_a_pseudonym_is_the_same_in_every_wave_of_a_cohort_and_in_no_other(cast: Cast) -> None:
    two_waves(cast)
    keep_secret(cast.other_cohort)

    pseudonyms = {pseudonym_of(who, cast.cohort) for who in everybody(cast)}
    assert set(Answer.objects.values_list("pseudonym", flat=True)) == pseudonyms
    assert pseudonym_of(cast.leader, cast.other_cohort) not in pseudonyms


def test_an_answer_knows_no_person_and_no_time() -> None:
    kinds = {field.name: type(field) for field in Answer._meta.get_fields()}

    assert kinds == {
        "id": models.UUIDField,
        "wave": models.ForeignKey,
        "pseudonym": models.CharField,
        "item": models.CharField,
        "value": models.PositiveSmallIntegerField,
    }


def test_the_register_knows_the_date_and_no_clock_time() -> None:
    times = [field.name for field in Asked._meta.get_fields() if isinstance(field, models.DateTimeField)]
    dates = [field.name for field in Asked._meta.get_fields() if isinstance(field, models.DateField)]

    assert (times, dates) == ([], ["invited_on", "answered_on", "reminded_on"])


def test_closing_a_wave_writes_the_answers_anew_in_an_order_that_tells_nothing(cast: Cast) -> None:
    wave = opened(cast)
    for who in everybody(cast):
        answer(wave, who, 4)
    written = list(Answer.objects.order_by().values_list("pk", "pseudonym", "item"))

    close_wave(wave=wave, by=cast.facilitator)

    anew = list(Answer.objects.order_by().values_list("pk", "pseudonym", "item"))
    assert not {pk for pk, _name, _item in written} & {pk for pk, _name, _item in anew}
    assert sorted(row[1:] for row in written) == sorted(row[1:] for row in anew)
    assert [row[1:] for row in written] != [row[1:] for row in anew]


def with_the_servers_key_too() -> bytes:
    return _key(bytes(PairingSecret.objects.get().secret)[:SECRET_BYTES])


def test_while_the_secret_is_there_whoever_has_the_servers_key_too_finds_everybody(cast: Cast) -> None:
    """So that the next tests cannot pass for want of an attack."""
    two_waves(cast)

    assert len(paired_by_somebody_with_the_whole_database(with_the_servers_key_too())) == 7


def test_the_database_alone_pairs_nobody_even_while_the_secret_is_there(cast: Cast) -> None:
    two_waves(cast)

    assert paired_by_somebody_with_the_whole_database() == set()


def test_a_server_with_another_key_takes_no_answers_instead_of_mixing_people_up(cast: Cast, settings) -> None:
    wave = opened(cast)
    answer(wave, cast.leader, 4)
    settings.SECRET_KEY = "another key, put in by mistake, " * 2

    with pytest.raises(PairingLost):
        answer(wave, cast.leader, 5)
    forget_person(cast.leader)  # an erasure is never stopped by it
    assert set(Answer.objects.values_list("value", flat=True)) == {4}


def test_once_the_cohort_is_closed_nobody_can_pair_anybody_not_even_with_a_kept_secret(
    cast: Cast, settings
) -> None:
    settings.COHORT_CLOSERS = ["samspill.evaluation.actions.destroy_secret"]
    two_waves(cast)
    kept = with_the_servers_key_too()
    figures = effect_of(cast.cohort).items
    cast.cohort.state = State.FOLLOW_UP
    cast.cohort.save()

    change_state(cohort=cast.cohort, to=State.CLOSED, reason="Ferdig", by=cast.facilitator)

    assert not PairingSecret.objects.exists()
    assert paired_by_somebody_with_the_whole_database(kept) == set()
    assert effect_of(cast.cohort).items == figures
    with pytest.raises(PairingSecret.DoesNotExist):
        pseudonym_of(cast.leader, cast.cohort)


def test_a_cohort_is_not_closed_over_an_open_measurement(cast: Cast, settings) -> None:
    settings.COHORT_CLOSERS = ["samspill.evaluation.actions.destroy_secret"]
    opened(cast)
    cast.cohort.state = State.FOLLOW_UP
    cast.cohort.save()

    with pytest.raises(Refused):
        change_state(cohort=cast.cohort, to=State.CLOSED, reason="Ferdig", by=cast.facilitator)

    cast.cohort.refresh_from_db()
    assert (cast.cohort.state, PairingSecret.objects.count()) == (State.FOLLOW_UP, 1)


def test_what_was_planned_is_dropped_with_the_secret(cast: Cast) -> None:
    two_waves(cast)

    destroy_secret(cohort=cast.cohort, by=cast.facilitator)

    assert not Wave.objects.filter(state="planned").exists()


def test_an_erased_persons_answers_stay_in_the_sums_and_lead_to_nobody(cast: Cast) -> None:
    two_waves(cast)
    figures = effect_of(cast.cohort).items

    forget_person(cast.leader)

    assert pseudonym_of(cast.leader, cast.cohort) not in set(
        Answer.objects.values_list("pseudonym", flat=True)
    )
    assert len(paired_by_somebody_with_the_whole_database(with_the_servers_key_too())) == 6
    assert effect_of(cast.cohort).items == figures


def test_everybody_can_have_what_is_kept_about_them_but_no_file_holds_answers(cast: Cast) -> None:
    wave = opened(cast)
    answer(wave, cast.leader, 4)

    today = timezone.localdate().isoformat()
    assert personal_data(cast.leader) == [
        {"cohort": cast.cohort.pk, "measured": "before", "answered_on": today}
    ]
    assert personal_data(cast.facilitator) == []


def what_is_seen(cast: Cast, wave: Wave) -> list[str]:
    """What the facilitator reads about an open wave, and the owner in the portfolio."""
    client = Client()
    client.force_login(cast.facilitator)
    addresses = [reverse(f"evaluation:{name}", args=[wave.pk]) for name in ("wave", "remind", "close")]
    pages = [client.get(address).content.decode() for address in addresses]
    rates = next(row.rates for row in portfolio() if row.pk == cast.cohort.pk)
    return [*(re.sub(r"[A-Za-z0-9]{64}", "", page) for page in pages), str(rates)]


@pytest.mark.parametrize("has_answered", [True, False])
def test_taking_somebody_out_does_not_tell_whether_they_had_answered(cast: Cast, has_answered: bool) -> None:
    wave = opened(cast)
    answer(wave, cast.leaders[0] if has_answered else cast.leaders[1], 4)
    before = what_is_seen(cast, wave)

    withdraw(membership=cast.cohort.memberships.get(person=cast.leaders[0]), by=cast.facilitator)

    assert what_is_seen(cast, wave) == before


def test_neither_do_the_reminders_when_the_only_one_left_cannot_be_reached(cast: Cast) -> None:
    wave = opened(cast)
    for who in everybody(cast):
        if who != cast.leader:
            answer(wave, who, 4)
    withdraw(membership=cast.cohort.memberships.get(person=cast.leader), by=cast.facilitator)

    assert (remind(wave=wave, by=cast.facilitator), reminders().count()) == (1, 0)


def test_a_reminder_that_bounces_does_not_tell_that_its_owner_has_not_answered(cast: Cast) -> None:
    wave = opened(cast)
    for who in cast.leaders:
        answer(wave, who, 4)
    remind(wave=wave, by=cast.facilitator)
    sent = what_is_seen(cast, wave)

    reminders().update(state=MessageState.FAILED, failure=Failure.ADDRESS)
    assert what_is_seen(cast, wave) == sent

    reminders().update(failure=Failure.UNREACHABLE)  # that is the mail server, and tells of nobody
    assert what_is_seen(cast, wave) != sent


def reminders() -> models.QuerySet[Message]:
    return Message.objects.filter(batch__key=REMINDER)


def test_what_has_been_destroyed_is_not_left_on_the_disk(tmp_path) -> None:
    with fresh_database(tmp_path) as database:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "samspill.settings",
            "SAMSPILL_PRACTICE": "yes",
            "SAMSPILL_DATA": str(tmp_path),
            "SAMSPILL_DATABASE": database,
            "PYTHONPATH": "src:.",
        }
        for command in ("samspill.cli", "migrate"), ("tests.evaluation.remains",):
            done = subprocess.run(
                [sys.executable, "-m", *command], env=environment, cwd=ROOT, capture_output=True, text=True
            )
            assert done.returncode == 0, done.stderr

    assert json.loads(done.stdout) == [["secret", "pseudonym", "address"], []]


def test_a_server_with_another_key_does_not_open_a_measurement_nobody_could_answer(cast, settings):
    keep_secret(cast.cohort)
    settings.SECRET_KEY = "another key than the one the first measurement was opened with"
    with pytest.raises(PairingLost):
        keep_secret(cast.cohort)
