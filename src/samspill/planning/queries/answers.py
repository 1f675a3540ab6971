from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from samspill.cohorts.choices import Role
from samspill.cohorts.models import Membership
from samspill.people.models import Person
from samspill.planning.choices import Answer
from samspill.planning.models import Gathering, Invitation
from samspill.planning.queries.letters import roll_of


@dataclass(frozen=True)
class Reply:
    """One invited person and what they have said, if they have been asked at all."""

    membership: Membership
    invitation: Invitation | None

    @property
    def answer(self) -> Answer:
        return Answer(self.invitation.answer) if self.invitation else Answer.NONE

    @property
    def asked(self) -> bool:
        return self.invitation is not None and self.invitation.has_been_sent


@dataclass(frozen=True)
class Overview:
    """Who comes to a gathering, each list in the order of organisation and title."""

    coming: tuple[Reply, ...]
    not_coming: tuple[Reply, ...]
    do_not_know: tuple[Reply, ...]
    not_answered: tuple[Reply, ...]
    not_invited: tuple[Reply, ...]

    @property
    def invited(self) -> int:
        return sum(map(len, (self.coming, self.not_coming, self.do_not_know, self.not_answered)))

    @property
    def answered(self) -> int:
        return self.invited - len(self.not_answered)


def answers_of(gathering: Gathering) -> Overview:
    """Everybody who is to be invited. Somebody who answered before the mail came counts as asked."""
    roll = roll_of(gathering)
    replies = [Reply(one, roll.known.get(one.person_id)) for one in roll.invited]

    def said(answer: Answer) -> tuple[Reply, ...]:
        return tuple(one for one in replies if one.answer == answer)

    silent = said(Answer.NONE)
    return Overview(
        coming=said(Answer.YES),
        not_coming=said(Answer.NO),
        do_not_know=said(Answer.MAYBE),
        not_answered=tuple(one for one in silent if one.asked),
        not_invited=tuple(one for one in silent if not one.asked),
    )


def may_answer_for(person: Person, gathering: Gathering) -> Membership | None:
    """The membership the person answers for: their own, or that of the leader a delegate acts for.

    None when there is nothing to answer: the person is not invited, or the gathering is cancelled or over.
    """
    own = gathering.cohort.memberships.select_related("acts_for__person").filter(person=person).first()
    if own is None or gathering.cancelled or gathering.ends_at is None or gathering.ends_at < timezone.now():
        return None
    member = own.acts_for if own.role == Role.DELEGATE else own
    if member is None:
        return None
    if Role(member.role).takes_part or gathering.guests.filter(pk=member.pk).exists():
        return member
    return None


def invitation_of(gathering: Gathering, membership: Membership) -> Invitation | None:
    return gathering.invitations.filter(person=membership.person_id).first()


def personal_data(person: Person) -> list[dict[str, Any]]:
    """What this room of the house knows of the person, as JSON: what they were invited to, and what they said."""
    invitations = Invitation.objects.filter(person=person).select_related("gathering").order_by("id")
    return [
        {
            "cohort": each.gathering.cohort_id,
            "gathering": each.gathering.number,
            "answer": each.answer,
            "answered_on": each.answered_on.isoformat() if each.answered_on else None,
        }
        for each in invitations
    ]
