"""What a person has to do now, most pressing first. Each task is a sentence, a button and where it leads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.cohorts.access import Right
from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Cohort, DifferenceReason, Membership
from samspill.cohorts.queries import cohorts_seen_by
from samspill.evaluation.choices import WaveKind, WaveState
from samspill.evaluation.models import Asked, Wave
from samspill.followup.choices import Status
from samspill.followup.models import Commitment
from samspill.home.queries.steps import next_step
from samspill.mail.choices import BatchState
from samspill.mail.models import Batch
from samspill.people.models import Person
from samspill.planning.choices import Answer, Outgoing
from samspill.planning.models import Gathering, Invitation
from samspill.planning.queries.outbox import due_in
from samspill.programmes.choices import VersionState
from samspill.programmes.models import BlueprintVersion
from samspill.room.choices import RunState
from samspill.room.models import Run
from samspill.ui.text import pick

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Task:
    """`pressing` sorts: 0 is now, 9 can wait."""

    sentence: str
    action: str
    url: str
    pressing: int
    about: str = ""


def tasks_of(person: Person, today: date) -> list[Task]:
    """Everything that waits for the person, most pressing first."""
    sources: list[Callable[[Person, date], Iterator[Task]]] = [
        _rooms_to_join,
        _rooms_to_run,
        _questionnaires,
        _invitations,
        _programmes_to_accept,
        _offers_to_answer,
        _commitments,
        _mails_to_confirm,
        _cancellations_to_tell,
        _wave_mails_to_confirm,
        _cohorts_to_move_on,
        _waves_to_handle,
        _drafts_to_release,
        _first_sector,
    ]
    found = [task for source in sources for task in source(person, today)]
    return sorted(found, key=lambda task: task.pressing)


def _sector(cohort: Cohort, person: Person) -> str:
    return pick(cohort.sector.names, person.language)


def _gatherings_near(today: date) -> Q:
    start = timezone.make_aware(datetime.combine(today, time.min))
    return Q(starts_at__gte=start, starts_at__lt=start + timedelta(days=1))


def _own(person: Person, right: Right) -> Q:
    """Memberships in which the person holds the right."""
    return Q(memberships__person=person, memberships__role__in=right.roles)


def _rooms_to_join(person: Person, today: date) -> Iterator[Task]:
    running = Run.objects.filter(
        state=RunState.RUNNING,
        gathering__cohort__memberships__person=person,
        gathering__cohort__memberships__role__in=Right.TAKE_PART.roles,
    ).select_related("gathering__cohort__sector")
    for run in running:
        yield Task(
            _("The gathering has begun."),
            _("Go into the room"),
            reverse("room:phone", args=[run.gathering_id]),
            0,
            _sector(run.gathering.cohort, person),
        )
    today_still = Gathering.objects.filter(
        _gatherings_near(today),
        ~Q(run__state__in=[RunState.RUNNING, RunState.ENDED]),
        cohort__in=Cohort.objects.filter(_own(person, Right.TAKE_PART)),
        cancelled=False,
    ).select_related("cohort__sector")
    for gathering in today_still:
        assert gathering.starts_at is not None
        begins = formats.time_format(timezone.localtime(gathering.starts_at))
        yield Task(
            _("Gathering %(number)s begins today at %(time)s.")
            % {"number": gathering.number, "time": begins},
            _("See where, and the programme"),
            reverse("planning:gathering", args=[gathering.pk]),
            1,
            _sector(gathering.cohort, person),
        )


def _rooms_to_run(person: Person, today: date) -> Iterator[Task]:
    near = Gathering.objects.filter(
        Q(run__state=RunState.RUNNING) | (_gatherings_near(today) & ~Q(run__state=RunState.ENDED)),
        cohort__in=_run_by(person),
        cancelled=False,
        releases__isnull=False,
    )
    for gathering in near.select_related("cohort__sector").distinct():
        yield Task(
            _("Gathering %(number)s is today.") % {"number": gathering.number},
            _("Open the console"),
            reverse("room:console", args=[gathering.pk]),
            0,
            _sector(gathering.cohort, person),
        )


def _run_by(person: Person) -> "list[int]":
    """The cohorts the person facilitates; a programme owner is told only of those nobody else runs."""
    own = Membership.objects.filter(person=person, role=Role.FACILITATOR).values_list("cohort", flat=True)
    if not person.is_owner:
        return list(own)
    led = Membership.objects.filter(role=Role.FACILITATOR).values("cohort")
    return [*own, *Cohort.objects.exclude(pk__in=led).values_list("pk", flat=True)]


def _questionnaires(person: Person, today: date) -> Iterator[Task]:
    asked = Asked.objects.filter(
        membership__person=person, answered_on=None, wave__state=WaveState.OPEN
    ).select_related("wave__cohort__sector")
    for each in asked:
        yield Task(
            _("A short questionnaire is waiting for you. It takes about four minutes."),
            _("Answer the questionnaire"),
            reverse("evaluation:answer", args=[each.wave_id]),
            1,
            _sector(each.wave.cohort, person),
        )


def _invitations(person: Person, today: date) -> Iterator[Task]:
    waiting = Invitation.objects.filter(
        Q(membership__person=person) | Q(membership__delegates__person=person),
        answer=Answer.NONE,
        sequence_sent__gte=0,
        gathering__cancelled=False,
        gathering__starts_at__date__gte=today,
    ).select_related("gathering__cohort__sector", "person")
    for invitation in waiting:
        gathering = invitation.gathering
        assert gathering.starts_at is not None
        values = {
            "number": gathering.number,
            "date": formats.date_format(timezone.localtime(gathering.starts_at), "MONTH_DAY_FORMAT"),
            "name": invitation.person.name,
        }
        mine = invitation.person_id == person.pk
        yield Task(
            _("You are invited to gathering %(number)s on %(date)s.") % values
            if mine
            else _("%(name)s is invited to gathering %(number)s on %(date)s.") % values,
            _("Say who comes") if not mine else _("Say if you are coming"),
            reverse("planning:gathering", args=[gathering.pk]),
            2,
            _sector(gathering.cohort, person),
        )


def _programmes_to_accept(person: Person, today: date) -> Iterator[Task]:
    cohorts = Cohort.objects.filter(
        _own(person, Right.ACCEPT_PROGRAMME), state=State.TAILORING, programme_accepted_on=None
    ).select_related("sector")
    for cohort in cohorts:
        yield Task(
            _("The programme has been tailored to your sector. Look through it and accept it."),
            _("See the programme"),
            reverse("cohorts:compare", args=[cohort.pk]),
            2,
            _sector(cohort, person),
        )


def _offers_to_answer(person: Person, today: date) -> Iterator[Task]:
    cohorts = Cohort.objects.filter(
        state=State.INVITED, memberships__person=person, memberships__role=Role.HOST
    ).select_related("sector")
    for cohort in cohorts:
        yield Task(
            _("Your sector is invited to take part in the programme."),
            _("Answer the offer"),
            reverse("cohorts:state", args=[cohort.pk]),
            2,
            _sector(cohort, person),
        )


def _commitments(person: Person, today: date) -> Iterator[Task]:
    due = Commitment.objects.filter(owner__person=person, status=Status.OPEN, due__lte=today + SOON)
    for commitment in due.select_related("cohort__sector"):
        late = commitment.due < today
        values = {"date": formats.date_format(commitment.due, "MONTH_DAY_FORMAT"), "what": commitment.what}
        yield Task(
            _("Was due on %(date)s: %(what)s") % values if late else _("Due on %(date)s: %(what)s") % values,
            _("Say how it is going"),
            reverse("followup:mine"),
            2 if late else 4,
            _sector(commitment.cohort, person),
        )


def _mails_to_confirm(person: Person, today: date) -> Iterator[Task]:
    cohorts = {cohort.pk: cohort for cohort in cohorts_seen_by(person).filter(pk__in=_prepared_by(person))}
    subjects = [f"cohort:{pk}" for pk in cohorts]
    batches = Batch.objects.filter(state=BatchState.DRAFT, subject__in=subjects).annotate(n=Count("messages"))
    for batch in batches:
        cohort = cohorts[int(batch.subject.removeprefix("cohort:"))]
        yield Task(
            ngettext("%(n)s mail waits to be sent.", "%(n)s mails wait to be sent.", batch.n)
            % {"n": batch.n},
            _("Look through and send"),
            reverse("planning:outbox", args=[cohort.pk]),
            3,
            _sector(cohort, person),
        )


def _cancellations_to_tell(person: Person, today: date) -> Iterator[Task]:
    """Cancelled, and still in somebody's calendar, because no mail has been prepared."""
    cancelled = Q(gatherings__cancelled=True, gatherings__starts_at__date__gte=today)
    written = Batch.objects.filter(state=BatchState.DRAFT, key=Outgoing.INVITATIONS.value).values_list(
        "subject"
    )
    for cohort in cohorts_seen_by(person).filter(cancelled, pk__in=_prepared_by(person)).distinct():
        if (f"cohort:{cohort.pk}",) in written:
            continue
        for due in due_in(cohort):
            if due.gathering.cancelled:
                yield Task(
                    _("Gathering %(number)s is cancelled, but those invited have not been told.")
                    % {"number": due.gathering.number},
                    _("Prepare the mails"),
                    reverse("planning:outbox", args=[cohort.pk]),
                    1,
                    _sector(cohort, person),
                )


def _wave_mails_to_confirm(person: Person, today: date) -> Iterator[Task]:
    waves = Wave.objects.filter(state=WaveState.OPEN, cohort__in=_run_by(person)).select_related(
        "cohort__sector"
    )
    by_subject = {f"wave:{wave.pk}": wave for wave in waves}
    batches = Batch.objects.filter(state=BatchState.DRAFT, subject__in=by_subject).annotate(
        n=Count("messages")
    )
    for batch in batches:
        wave = by_subject[batch.subject]
        yield Task(
            ngettext("%(n)s mail waits to be sent.", "%(n)s mails wait to be sent.", batch.n)
            % {"n": batch.n},
            _("Look through and send"),
            reverse("evaluation:wave", args=[wave.pk]),
            3,
            _sector(wave.cohort, person),
        )


def _prepared_by(person: Person) -> list[int]:
    own = Membership.objects.filter(person=person, role__in=Right.INVITE.roles).values_list(
        "cohort", flat=True
    )
    return [*own, *_run_by(person)]


def _cohorts_to_move_on(person: Person, today: date) -> Iterator[Task]:
    for cohort in Cohort.objects.filter(pk__in=_run_by(person)).select_related("sector"):
        step = next_step(cohort)
        if step is not None:
            sentence, action, url = step
            yield Task(sentence, action, url, 5, _sector(cohort, person))


def _waves_to_handle(person: Person, today: date) -> Iterator[Task]:
    waves = Wave.objects.filter(
        Q(state=WaveState.OPEN, closes_on__lt=today) | Q(state=WaveState.PLANNED, opens_on__lte=today),
        cohort__in=_run_by(person),
    ).select_related("cohort__sector")
    for wave in waves:
        kind = WaveKind(wave.kind).label
        over = wave.state == WaveState.OPEN
        yield Task(
            _("The time to answer is over: %(wave)s.") % {"wave": kind}
            if over
            else _("A measurement can be opened: %(wave)s.") % {"wave": kind},
            _("Close the measurement") if over else _("Open the measurement"),
            reverse("evaluation:waves", args=[wave.cohort_id]),
            3,
            _sector(wave.cohort, person),
        )


def _drafts_to_release(person: Person, today: date) -> Iterator[Task]:
    if not person.is_owner:
        return
    proposals = DifferenceReason.objects.filter(for_next_version=True, cohort__state=State.CLOSED).count()
    drafts = BlueprintVersion.objects.filter(state=VersionState.DRAFT).select_related("measure")
    for draft in drafts:
        yield Task(
            ngettext(
                "There is a draft of the next blueprint version, and %(n)s proposal from the cohorts.",
                "There is a draft of the next blueprint version, and %(n)s proposals from the cohorts.",
                proposals,
            )
            % {"n": proposals},
            _("Go to the draft"),
            reverse("programmes:version", args=[draft.pk]),
            7,
            pick(draft.measure.name, person.language),
        )


def _first_sector(person: Person, today: date) -> Iterator[Task]:
    """What a new site's owner begins with, as nothing else can wait for them yet."""
    if person.is_owner and not Cohort.objects.exists():
        yield Task(
            _("No sector has been invited to a programme yet."),
            _("Invite the first sector"),
            reverse("cohorts:invite"),
            6,
        )
