from django.db import transaction
from django.utils.translation import gettext

from samspill.cohorts.access import Right, require
from samspill.inputs.choices import Attribution, Kind, Part
from samspill.inputs.kinds import KINDS
from samspill.inputs.kinds.base import clean_text
from samspill.people.models import Person
from samspill.room.actions.noting import noted, refuse_unless
from samspill.room.models import Contribution
from samspill.room.queries import texts_hidden


def release_text(*, contribution: Contribution, text: str, by: Person) -> None:
    """Let `text`, which somebody has read and perhaps edited, stand in the report; empty takes it out again.

    What was written stays as it is. Raises Refused for answers that were promised never to be used
    afterwards, and for those the facilitator may not see.
    """
    activity = contribution.activity
    require(by, activity.run.gathering.cohort, Right.REVIEW_TEXT)
    kind = KINDS[Kind(activity.kind)]
    refuse_unless(
        kind.for_report
        and contribution.part == Part.ANSWER
        and activity.attribution != Attribution.UNLINKABLE,
        gettext("These answers were given on the promise that they are not used afterwards."),
    )
    hidden = texts_hidden(activity)
    refuse_unless(not hidden, hidden)
    text = clean_text(text, kind.longest, empty="") if text.strip() else ""
    if text == contribution.released_text:
        return
    with transaction.atomic():
        Contribution.objects.filter(pk=contribution.pk).update(released_text=text)
        noted("room.text_released" if text else "room.text_withdrawn", activity.run, by, item=activity.item)
