"""Only its owner can change a commitment or say how it goes."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from samspill.audit.models import Entry
from samspill.errors import Refused
from samspill.followup.actions import add, edit, forget_person, set_status, undo_status
from samspill.followup.models import Commitment, StatusNote
from samspill.followup.queries import personal_data, tally_of
from tests.cast import Cast
from tests.followup.parts import WHAT, in_days, make_commitment, member


def test_a_leader_adds_a_commitment_between_gatherings(cast: Cast) -> None:
    made = add(cohort=cast.cohort, what=f"  {WHAT}\n ", due=in_days(0), arena="agency_plan", by=cast.leader)

    assert (made.owner, made.what, made.gathering, made.status) == (
        member(cast, cast.leader),
        WHAT,
        None,
        "open",
    )


@pytest.mark.parametrize("who", ["facilitator", "owner", "resource", "delegate", "guest"])
def test_those_who_do_not_take_part_cannot_add(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        add(cohort=cast.cohort, what=WHAT, due=in_days(5), arena="agency_plan", by=getattr(cast, who))
    with pytest.raises(Http404):
        add(cohort=cast.cohort, what=WHAT, due=in_days(5), arena="agency_plan", by=cast.stranger)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"what": "  "}, "It does not say yet what will be done. Write it in a sentence."),
        ({"what": "a" * 301}, "The commitment is too long. Keep it to 300 characters."),
        ({"days": -1}, "The date has passed. Choose today or a later date."),
        ({"days": 2000}, "The date is more than five years ahead. Choose a nearer one."),
        ({"arena": "drawer"}, "Choose where the commitment will be followed up."),
    ],
)
def test_what_says_too_little_is_refused_with_a_cure(
    cast: Cast, change: dict, sentence: str, settings
) -> None:
    settings.LANGUAGE_CODE = "en"
    given = {"what": WHAT, "days": 5, "arena": "agency_plan", **change}
    due = in_days(given.pop("days"))

    with pytest.raises(Refused) as refused:
        add(cohort=cast.cohort, due=due, by=cast.leader, **given)

    assert str(refused.value.sentence) == sentence
    assert not Commitment.objects.exists()


def test_a_status_is_kept_with_date_and_note(cast: Cast) -> None:
    commitment = make_commitment(cast)

    set_status(commitment=commitment, status="done", note=" Innført ", by=cast.leader)

    commitment.refresh_from_db()
    note = StatusNote.objects.get()
    assert commitment.status == "done"
    assert (note.status, note.note, note.by, note.on) == ("done", "Innført", cast.leader, in_days(0))


@pytest.mark.parametrize("who", ["facilitator", "owner", "resource", "host", "delegate", "guest"])
def test_nobody_else_says_how_it_goes(cast: Cast, who: str) -> None:
    """The delegate acts for the very leader who owns it, and still may not."""
    commitment = make_commitment(cast)
    person = getattr(cast, who)

    with pytest.raises(PermissionDenied):
        set_status(commitment=commitment, status="done", note="", by=person)
    with pytest.raises(PermissionDenied):
        edit(commitment=commitment, what="x", due=in_days(3), arena="agency_plan", by=person)
    with pytest.raises(PermissionDenied):
        undo_status(commitment=commitment, by=person)
    with pytest.raises(Http404):
        set_status(commitment=commitment, status="done", note="", by=cast.stranger)

    commitment.refresh_from_db()
    assert (commitment.status, commitment.what) == ("open", WHAT)


def test_somebody_who_has_left_the_cohort_has_no_say_any_more(cast: Cast) -> None:
    commitment = make_commitment(cast)
    membership = member(cast, cast.leader)
    membership.withdrawn_on = in_days(0)
    membership.save()

    with pytest.raises(Http404):
        set_status(commitment=commitment, status="done", note="", by=cast.leader)


def test_undo_brings_back_what_was_before_today(cast: Cast) -> None:
    commitment = make_commitment(cast)
    set_status(commitment=commitment, status="dropped", note="Ikke aktuelt", by=cast.leader)
    set_status(commitment=commitment, status="done", note="", by=cast.leader)

    undo_status(commitment=commitment, by=cast.leader)
    assert Commitment.objects.get().status == "dropped"
    undo_status(commitment=commitment, by=cast.leader)
    assert Commitment.objects.get().status == "open"
    with pytest.raises(Refused):
        undo_status(commitment=commitment, by=cast.leader)


def test_what_was_said_yesterday_stands(cast: Cast) -> None:
    commitment = make_commitment(cast)
    set_status(commitment=commitment, status="done", note="", by=cast.leader)
    StatusNote.objects.update(on=in_days(-1))

    with pytest.raises(Refused):
        undo_status(commitment=commitment, by=cast.leader)

    assert Commitment.objects.get().status == "done"


def test_saying_nothing_new_is_refused(cast: Cast) -> None:
    commitment = make_commitment(cast)

    with pytest.raises(Refused):
        set_status(commitment=commitment, status="open", note="  ", by=cast.leader)
    with pytest.raises(Refused):
        set_status(commitment=commitment, status="lost", note="", by=cast.leader)

    assert not StatusNote.objects.exists()


def test_a_new_date_starts_the_reminders_afresh_and_an_old_one_may_stay(cast: Cast) -> None:
    late = in_days(-3)
    commitment = make_commitment(
        cast, due=late, reminded_on=late - timedelta(days=7), overdue_reminded_on=in_days(-2)
    )

    edit(commitment=commitment, what="Klarere ord", due=late, arena="agency_plan", by=cast.leader)
    assert Commitment.objects.get().overdue_reminded_on == in_days(-2)

    edit(commitment=commitment, what="Klarere ord", due=in_days(20), arena="agency_plan", by=cast.leader)
    commitment.refresh_from_db()
    assert (commitment.reminded_on, commitment.overdue_reminded_on) == (None, None)


def test_the_audit_knows_what_was_done_but_not_what_was_promised(cast: Cast) -> None:
    commitment = add(cohort=cast.cohort, what=WHAT, due=in_days(5), arena="agency_plan", by=cast.leader)
    set_status(commitment=commitment, status="done", note="Hemmelig merknad", by=cast.leader)

    entries = list(Entry.objects.order_by("id"))
    assert [entry.key for entry in entries] == ["followup.added", "followup.done"]
    assert [entry.data for entry in entries] == [{"commitment": commitment.pk}] * 2


def test_an_erased_persons_words_go_and_the_numbers_stay(cast: Cast) -> None:
    commitment = make_commitment(cast, status="done")
    StatusNote.objects.create(commitment=commitment, status="done", note="Mine ord", by=cast.leader)
    make_commitment(cast, cast.host)
    assert [each["what"] for each in personal_data(cast.leader)] == [WHAT]

    forget_person(cast.leader)

    assert personal_data(cast.leader) == [
        {
            "what": "",
            "due": in_days(30).isoformat(),
            "arena": "leader_meeting",
            "status": "done",
            "notes": [{"on": in_days(0).isoformat(), "note": ""}],
        }
    ]
    assert tally_of(cast.cohort, today=in_days(0)).done == 1
    assert personal_data(cast.host)[0]["what"] == WHAT
