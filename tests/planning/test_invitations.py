"""Mails that put one meeting into one person's calendar, change it and take it out again."""

import re

import pytest
from django.core import mail as outgoing
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from samspill.cohorts.actions import Place, enrol, withdraw
from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Membership
from samspill.errors import Refused
from samspill.mail.actions import deliver_batch
from samspill.mail.choices import MessageState
from samspill.mail.models import Batch, Message
from samspill.mail.queries import rendered
from samspill.people.models import Person
from samspill.planning import actions, queries
from samspill.planning.choices import Answer, Notice
from samspill.planning.models import Gathering
from tests.planning.parts import at, invitation, move, planned, prepared, sent


def _invited(cast):
    return [cast.host, *cast.leaders]


def _calendar(message):
    calendar = Calendar.from_ical(message.calendar)
    (event,) = calendar.events
    return calendar, event


def _fact(message):
    _whole, event = _calendar(message)
    return message.calendar_method, int(event["SEQUENCE"]), str(event["UID"])


def _to(batch, person):
    return batch.messages.get(person=person.pk)


def test_host_and_leaders_are_invited_one_mail_each(cast):
    batch = prepared(cast, planned(cast)[0])
    assert sorted(message.to_address for message in batch.messages.all()) == sorted(
        person.email for person in _invited(cast)
    )
    assert {message.template for message in batch.messages.all()} == {Notice.INVITATION.template}


def test_all_coming_gatherings_are_prepared_together_unless_some_are_chosen(cast):
    gatherings = planned(cast)
    assert prepared(cast).messages.count() == 21
    assert prepared(cast, gatherings[1]).messages.count() == 7


def test_a_gathering_without_a_date_is_not_invited_to(cast):
    first = actions.create_gatherings(cohort=cast.cohort, by=cast.owner)[0]
    with pytest.raises(Refused):
        prepared(cast, first)


def test_no_message_knows_of_anybody_else(cast):
    """Neither address nor name of another participant, in text, data or calendar."""
    planned(cast)
    people = Person.objects.exclude(pk=cast.facilitator.pk)
    for number, leader in enumerate(cast.leaders):
        Person.objects.filter(pk=leader.pk).update(name=f"Toppleder Nummersen-{number}")
    batch = prepared(cast)
    actions.confirm_outbox(cohort=cast.cohort, batch=batch, by=cast.facilitator)
    deliver_batch.call(batch.pk)
    for message in batch.messages.all():
        text = rendered(message)
        whole = f"{text.subject}\n{text.body}\n{message.data}\n{message.calendar}".replace("\r\n ", "")
        others = [other for other in people if other.pk != message.person]
        assert len(others) == 12
        assert [other.email for other in others if other.email in whole] == []
        assert [other.name for other in others if "Nummersen" in other.name and other.name in whole] == []
        assert re.findall(r"mailto:([^\s\"]+)", whole) == ["samspill@example.org", message.to_address]


def test_each_mail_is_delivered_to_one_address_only(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    batch = sent(cast, planned(cast)[0])
    outgoing.outbox = []
    Message.objects.filter(batch=batch).update(state=MessageState.QUEUED)
    deliver_batch.call(batch.pk)
    assert [(len(email.to), email.cc, email.bcc) for email in outgoing.outbox] == [(1, [], [])] * 7


def test_the_mail_is_in_the_language_of_its_reader(cast):
    for person, language in zip(cast.leaders, ("nb", "nn", "en"), strict=False):
        Person.objects.filter(pk=person.pk).update(language=language)
    batch = prepared(cast, planned(cast)[0])
    subjects = [rendered(_to(batch, person)).subject.split(" 2")[0] for person in cast.leaders[:3]]
    assert [subject.split()[0] for subject in subjects] == ["Invitasjon", "Invitasjon", "Invitation"]
    bodies = [rendered(_to(batch, person)).body for person in cast.leaders[:3]]
    assert ["Svar om du kommer" in bodies[0], "Svar om du kjem" in bodies[1], "Say whether" in bodies[2]] == [
        True
    ] * 3
    _whole, event = _calendar(_to(batch, cast.leaders[2]))
    assert str(event["SUMMARY"]) == "Gathering 1: Gathering 1 en"


def test_the_mail_says_when_where_and_how_to_answer(cast, settings):
    settings.SITE_ADDRESS = "https://samspill.example.org"
    gathering = planned(cast)[0]
    batch = prepared(cast, gathering)
    body = rendered(_to(batch, cast.leader)).body
    assert "kl. 09:00–12:00" in body
    assert "Hvor: Møterom 5, R6" in body
    assert f"https://samspill.example.org/planning/{gathering.pk}/" in body.splitlines()


def test_a_first_invitation_is_a_request_with_sequence_0_in_oslo(cast):
    gathering = planned(cast)[0]
    message = _to(prepared(cast, gathering), cast.leader)
    calendar, event = _calendar(message)
    assert (message.calendar_method, str(calendar["METHOD"]), int(event["SEQUENCE"])) == (
        "REQUEST",
        "REQUEST",
        0,
    )
    assert event["DTSTART"].params["TZID"] == "Europe/Oslo"
    assert (event.start, event.end) == (gathering.starts_at, gathering.ends_at)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Oslo"]


def test_nothing_counts_as_sent_before_it_is_confirmed(cast):
    gathering = planned(cast)[0]
    prepared(cast, gathering)
    assert invitation(gathering, cast.leader).has_been_sent is False
    assert len(queries.invitation_letters(cast.cohort, only=[gathering.pk])) == 7


def test_what_has_been_sent_is_not_sent_again(cast):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    with pytest.raises(Refused):
        prepared(cast, gathering)


@pytest.mark.parametrize("change", ["time", "place"])
def test_a_change_is_a_request_with_the_same_uid_and_a_higher_sequence(cast, change):
    gathering = planned(cast)[0]
    before = _fact(_to(sent(cast, gathering), cast.leader))
    move(cast, gathering, at(31) if change == "time" else gathering.starts_at, "Auditoriet")
    batch = sent(cast, gathering)
    assert {message.template for message in batch.messages.all()} == {Notice.CHANGE.template}
    method, sequence, uid = _fact(_to(batch, cast.leader))
    assert (method, sequence, uid) == ("REQUEST", 1, before[2])


def test_many_changes_before_the_mail_goes_are_one_step(cast):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    for days in (31, 32, 33):
        move(cast, gathering, at(days))
    assert _fact(_to(sent(cast, gathering), cast.leader))[1] == 1


def test_a_cancelled_gathering_is_taken_out_of_every_calendar_it_stands_in(cast):
    gathering = planned(cast)[0]
    first = sent(cast, gathering)
    actions.cancel(
        gathering=Gathering.objects.get(pk=gathering.pk), by=cast.facilitator, reason="Statsråden er syk"
    )
    batch = sent(cast, gathering)
    method, sequence, uid = _fact(_to(batch, cast.leader))
    assert (method, sequence, uid) == ("CANCEL", 1, _fact(_to(first, cast.leader))[2])
    assert "Statsråden er syk" in rendered(_to(batch, cast.leader)).body
    assert batch.messages.count() == 7
    assert queries.invitation_letters(cast.cohort, only=[gathering.pk]) == ()


def test_a_gathering_cancelled_before_anybody_was_invited_is_nobodys_business(cast):
    gathering = planned(cast)[0]
    actions.cancel(gathering=gathering, by=cast.facilitator, reason="Sykdom")
    assert queries.invitation_letters(cast.cohort, only=[gathering.pk]) == ()


def test_a_gathering_taken_up_again_is_an_invitation_above_the_cancellation(cast):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    actions.cancel(gathering=Gathering.objects.get(pk=gathering.pk), by=cast.facilitator, reason="Sykdom")
    sent(cast, gathering)
    move(cast, gathering, at(40))
    message = _to(sent(cast, gathering), cast.leader)
    assert (message.template, _fact(message)[:2]) == (Notice.INVITATION.template, ("REQUEST", 2))


def test_whoever_leaves_the_programme_gets_the_meeting_taken_out(cast):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    member = Membership.objects.get(cohort=cast.cohort, person=cast.leaders[5])
    withdraw(membership=member, by=cast.facilitator)
    batch = prepared(cast, gathering)
    assert [(message.person, *_fact(message)[:2]) for message in batch.messages.all()] == [
        (cast.leaders[5].pk, "CANCEL", 1)
    ]
    assert "ikke lenger på listen" in rendered(batch.messages.get()).body


def test_whoever_comes_back_is_invited_anew_and_still_hears_of_later_changes(cast):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    member = Membership.objects.get(cohort=cast.cohort, person=cast.leaders[5])
    place = Place(Role.LEADER, member.organisation, member.title)
    withdraw(membership=member, by=cast.facilitator)
    sent(cast, gathering)
    enrol(cohort=cast.cohort, person=cast.leaders[5], place=place, by=cast.facilitator)
    assert _fact(sent(cast, gathering).messages.get())[:2] == ("REQUEST", 2)
    move(cast, gathering, at(35))
    batch = sent(cast, gathering)
    assert {_fact(message)[1] for message in batch.messages.all()} == {3}
    assert batch.messages.count() == 7


def test_whoever_is_enrolled_later_is_invited_alone(cast):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    late = Person.objects.create(email="late@example.org", name="Ny leder")
    enrol(
        cohort=cast.cohort,
        person=late,
        place=Place(Role.LEADER, cast.agencies[0], "Direktør"),
        by=cast.facilitator,
    )
    assert [message.person for message in prepared(cast, gathering).messages.all()] == [late.pk]


def test_guests_are_invited_to_their_own_gathering_only(cast):
    first, second, _third = planned(cast)
    guest = Membership.objects.get(cohort=cast.cohort, role=Role.GUEST)
    first.guests.set([guest])
    assert prepared(cast, first).messages.filter(person=cast.guest.pk).count() == 1
    assert prepared(cast, second).messages.filter(person=cast.guest.pk).count() == 0


def test_the_uid_tells_nothing_and_is_the_same_in_mail_and_file(cast, client):
    gathering = planned(cast)[0]
    uid = _fact(_to(sent(cast, gathering), cast.leader))[2]
    client.force_login(cast.leader)
    response = client.get(f"/planning/{gathering.pk}/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"UID:{uid}" in response.content.decode().split("\r\n")
    assert re.fullmatch(r"[0-9a-f-]{36}@samspill", uid)


@pytest.mark.parametrize("what", ["date", "place", "address", "language", "member"])
def test_mails_that_no_longer_tell_the_truth_are_not_sent(cast, what):
    gathering = planned(cast)[0]
    batch = prepared(cast, gathering)
    match what:
        case "date":
            move(cast, gathering, at(31))
        case "place":
            move(cast, gathering, gathering.starts_at, "Et annet sted")
        case "address":
            Person.objects.filter(pk=cast.leader.pk).update(email="new@example.org")
        case "language":
            Person.objects.filter(pk=cast.leader.pk).update(language="nn")
        case "member":
            withdraw(
                membership=Membership.objects.get(cohort=cast.cohort, person=cast.leader), by=cast.facilitator
            )
    with pytest.raises(Refused):
        actions.confirm_outbox(cohort=cast.cohort, batch=batch, by=cast.facilitator)
    assert {message.state for message in batch.messages.all()} == {MessageState.WAITING}
    again = actions.prepare_again(cohort=cast.cohort, batch=batch, by=cast.facilitator)
    actions.confirm_outbox(cohort=cast.cohort, batch=again, by=cast.facilitator)
    assert not Batch.objects.get(pk=again.pk).is_draft


def test_preparing_again_gives_up_what_nobody_confirmed(cast):
    gathering = planned(cast)[0]
    first = prepared(cast, gathering)
    second = prepared(cast, gathering)
    assert [(each.pk, each.state) for each in Batch.objects.order_by("pk")] == [
        (first.pk, "discarded"),
        (second.pk, "draft"),
    ]


def test_a_batch_is_confirmed_once(cast):
    batch = sent(cast, planned(cast)[0])
    with pytest.raises(Refused):
        actions.confirm_outbox(cohort=cast.cohort, batch=batch, by=cast.facilitator)


def test_only_those_who_prepare_send(cast):
    planned(cast)
    for person in (cast.host, cast.leader, cast.guest):
        with pytest.raises(PermissionDenied):
            actions.prepare_invitations(cohort=cast.cohort, by=person)
    assert prepared(cast).messages.count() == 21


def test_an_erased_person_is_written_to_no_more(cast):
    gathering = planned(cast)[0]
    Person.objects.filter(pk=cast.leader.pk).update(email=None, is_active=False)
    assert cast.leader.pk not in [message.person for message in prepared(cast, gathering).messages.all()]


def test_a_leader_answers_and_may_change_the_answer(cast):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    for answer in (Answer.YES, Answer.NO):
        actions.answer_invitation(gathering=gathering, by=cast.leader, answer=answer)
        assert invitation(gathering, cast.leader).answer == answer


def test_a_delegate_answers_for_the_leader_and_the_list_says_so(cast):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    actions.answer_invitation(gathering=gathering, by=cast.delegate, answer=Answer.YES)
    said = invitation(gathering, cast.leader)
    assert (said.answer, said.answered_by) == (Answer.YES, cast.delegate)
    assert not gathering.invitations.filter(person=cast.delegate.pk).exists()


def test_who_is_not_invited_has_nothing_to_answer(cast):
    gathering = planned(cast)[0]
    with pytest.raises(PermissionDenied):
        actions.answer_invitation(gathering=gathering, by=cast.facilitator, answer=Answer.YES)
    with pytest.raises(Refused):
        actions.answer_invitation(gathering=gathering, by=cast.guest, answer=Answer.YES)
    Membership.objects.filter(person=cast.delegate.pk).update(acts_for=None)
    with pytest.raises(Refused):
        actions.answer_invitation(gathering=gathering, by=cast.delegate, answer=Answer.YES)


def test_a_cancelled_gathering_and_one_that_is_over_take_no_answers(cast):
    first, second, _third = planned(cast)
    actions.cancel(gathering=second, by=cast.facilitator, reason="Sykdom")
    Gathering.objects.filter(pk=first.pk).update(starts_at=at(-10))
    for pk in (first.pk, second.pk):
        gathering = Gathering.objects.select_related("cohort").get(pk=pk)
        with pytest.raises(Refused):
            actions.answer_invitation(gathering=gathering, by=cast.leader, answer=Answer.YES)


def test_only_those_who_have_not_answered_are_reminded(cast):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    silent = cast.leaders[4:]
    for person in (cast.host, *cast.leaders[:3]):
        actions.answer_invitation(gathering=gathering, by=person, answer=Answer.YES)
    actions.answer_invitation(gathering=gathering, by=cast.leaders[3], answer=Answer.MAYBE)
    batch = actions.prepare_reminder(gathering=gathering, by=cast.facilitator)
    assert [message.person for message in batch.messages.all()] == [person.pk for person in silent]
    assert {message.calendar for message in batch.messages.all()} == {""}


def test_an_answer_that_comes_in_meanwhile_spares_its_giver_the_reminder(cast):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    batch = actions.prepare_reminder(gathering=gathering, by=cast.facilitator)
    actions.answer_invitation(gathering=gathering, by=cast.leader, answer=Answer.YES)
    with pytest.raises(Refused):
        actions.confirm_outbox(cohort=cast.cohort, batch=batch, by=cast.facilitator)
    again = actions.prepare_again(cohort=cast.cohort, batch=batch, by=cast.facilitator)
    assert cast.leader.pk not in [message.person for message in again.messages.all()]
    assert again.messages.count() == 6


def test_nobody_is_reminded_when_all_have_answered_or_nobody_has_been_asked(cast):
    gathering = planned(cast)[0]
    with pytest.raises(Refused):
        actions.prepare_reminder(gathering=gathering, by=cast.facilitator)
    batch = sent(cast, gathering)
    reminder = actions.prepare_reminder(gathering=gathering, by=cast.facilitator)
    for person in _invited(cast):
        actions.answer_invitation(gathering=gathering, by=person, answer=Answer.NO)
    assert actions.prepare_again(cohort=cast.cohort, batch=reminder, by=cast.facilitator) is None
    assert batch.messages.count() == 7


def test_the_overview_puts_everybody_in_one_list(cast):
    gathering = planned(cast)[0]
    overview = queries.answers_of(gathering)
    assert (overview.invited, len(overview.not_invited)) == (0, 7)
    sent(cast, gathering)
    for person, answer in zip(cast.leaders, (Answer.YES, Answer.NO, Answer.MAYBE), strict=False):
        actions.answer_invitation(gathering=gathering, by=person, answer=answer)
    overview = queries.answers_of(gathering)
    lists = (
        overview.coming,
        overview.not_coming,
        overview.do_not_know,
        overview.not_answered,
        overview.not_invited,
    )
    assert [len(each) for each in lists] == [1, 1, 1, 4, 0]
    assert (overview.invited, overview.answered) == (7, 3)


def test_a_closed_programme_prepares_nothing_new_by_itself(cast):
    for gathering in planned(cast):
        Gathering.objects.filter(pk=gathering.pk).update(starts_at=at(-200 + gathering.number))
    cast.cohort.state = State.CLOSED
    cast.cohort.save()
    assert queries.invitation_letters(cast.cohort) == ()
