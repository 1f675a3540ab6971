"""How far each invented sector has come. Every step is the action a user would have taken, on its day."""

import random
from datetime import datetime, timedelta
from itertools import cycle

from samspill.cohorts.access import membership_in
from samspill.cohorts.actions.enrolment import Place, enrol
from samspill.cohorts.actions.reasons import accept_programme, give_reason
from samspill.cohorts.actions.states import change_state, invite_sector
from samspill.cohorts.actions.tailoring import add_question, begin_tailoring, reword_question, set_minutes
from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Cohort
from samspill.cohorts.queries import participants, programme_differences
from samspill.evaluation.actions.answering import finish, save_answers
from samspill.evaluation.actions.ending import close_wave
from samspill.evaluation.actions.mailing import confirm_invitations
from samspill.evaluation.actions.opening import open_wave
from samspill.evaluation.choices import WaveKind
from samspill.followup.actions import set_status
from samspill.followup.choices import Status
from samspill.inputs.choices import Kind, Part
from samspill.mail.choices import BatchState
from samspill.mail.models import Batch
from samspill.people.models import Person
from samspill.planning.actions.agenda import release_agenda
from samspill.planning.actions.gatherings import create_gatherings, schedule
from samspill.planning.actions.invitations import answer_invitation, confirm_outbox, prepare_invitations
from samspill.planning.choices import Answer
from samspill.planning.models import Gathering
from samspill.practice.clock import at, working_day
from samspill.practice.gatherings import Rehearsal
from samspill.practice.world import Area, World, read
from samspill.programmes.models import BlueprintVersion
from samspill.reports.actions import publish, save_texts
from samspill.room.actions.review import release_text
from samspill.room.models import Activity

PLACES = ["Møterom Samspill, Øvingsgata 1", "Konferansesenteret, sal B", "Departementets store møterom"]


class Story:
    """One cohort under way. Days are counted from `now`, negative ones have been."""

    def __init__(
        self, world: World, area: Area, version: BlueprintVersion, now: datetime, invited: int
    ) -> None:
        self.world, self.area, self.now = world, area, now
        self.facilitator = world.facilitators[0]
        self.draw = random.Random(area.key)  # noqa: S311 - practice data, not secrets
        with at(self._day(invited)):
            start = self._day(invited + 60)
            self.cohort = invite_sector(
                sector=area.sector,
                blueprint=version,
                half_year=f"{start.year}-{1 if start.month < 7 else 2}",
                language="nb",
                by=world.owner,
            )
            self._enrol_those_who_answer_for_it()

    def decline(self, day: int, reason: str) -> None:
        self._move(day, State.DECLINED, reason, self.area.host)

    def accept(self, day: int) -> None:
        self._move(
            day, State.ACCEPTED, "Ledergruppen ønsker å delta sammen med etatslederne.", self.area.host
        )
        with at(self._day(day)):
            self._enrol_leaders()

    def tailor(self, day: int, give_every_reason: bool) -> None:
        """Four differences from the blueprint: a reworded and an added question, and minutes moved."""
        with at(self._day(day)):
            cohort, by = self.cohort, self.facilitator
            begin_tailoring(cohort=cohort, by=by)
            first, second = cohort.plans[0], cohort.plans[1]
            reword_question(
                cohort=cohort,
                gathering=first.key,
                question=first.questions[0].key,
                text={
                    "nb": "Hvilke teknologiske endringer vil våre brukere merke først, og hva krever det av oss?"
                },
                by=by,
                revision=cohort.revision,
            )
            add_question(
                cohort=cohort,
                gathering=second.key,
                text={"nb": "Hva må to av våre virksomheter slutte å gjøre hver for seg?"},
                by=by,
                revision=cohort.revision,
            )
            self._move_minutes(second.key)
            self._give_reasons(every=give_every_reason)

    def start(self, day: int, gathering_days: tuple[int, int, int]) -> None:
        """The host accepts, the cohort runs, dates are set and agendas released, invitations go out."""
        with at(self._day(day)):
            accept_programme(cohort=self.cohort, revision=self.cohort.revision, by=self.area.host)
        self._move(day, State.RUNNING, "Verten har godkjent programmet.", self.facilitator)
        with at(self._day(day)):
            create_gatherings(cohort=self.cohort, by=self.facilitator)
            facilitates = membership_in(self.facilitator, self.cohort)
            assert facilitates is not None
            for gathering, place, when in zip(self.gatherings, cycle(PLACES), gathering_days, strict=False):
                starts_at = self.now + timedelta(minutes=30) if when == 0 else working_day(self.now, when)
                schedule(
                    gathering=gathering,
                    by=self.facilitator,
                    starts_at=starts_at.replace(second=0, microsecond=0),
                    place=place,
                    facilitators=[facilitates],
                )
                release_agenda(gathering=gathering, by=self.facilitator)
            self._invite()

    def measure(self, kind: WaveKind, day: int, lift: float) -> None:
        """A wave of two weeks, in which nine of ten answer; `lift` is how far up the scale they have come."""
        with at(self._day(day)):
            closes_on = self._day(day + 14).date()
            wave = open_wave(cohort=self.cohort, kind=kind, closes_on=closes_on, by=self.facilitator)
            for batch in Batch.objects.filter(subject=wave.subject, state=BatchState.DRAFT):
                confirm_invitations(wave=wave, batch=batch, by=self.facilitator)
        with at(self._day(day + 5)):
            for person in self._people():
                if self.draw.random() < 0.9:
                    values = {item.key: self._point(item.key, person, lift) for item in wave.questions.items}
                    save_answers(wave=wave, values=values, by=person)
                    finish(wave=wave, by=person)
        with at(self._day(day + 14)):
            close_wave(wave=wave, by=self.facilitator)

    def hold(self, number: int, absent: int = 2) -> None:
        gathering = self.gatherings[number - 1]
        Rehearsal(gathering, self.facilitator, absent, seed=f"{self.area.key}-{number}").hold()

    def follow_up(self, day: int) -> None:
        self._move(day, State.FOLLOW_UP, "De tre samlingene er holdt.", self.facilitator)

    def report_on_commitments(self, day: int) -> None:
        """Two of three have been done, one in nine was dropped, the rest are still open."""
        with at(self._day(day)):
            for number, commitment in enumerate(self.cohort.commitments.select_related("owner__person")):
                if number % 3 < 2:
                    status, note = Status.DONE, "Gjennomført og lagt inn i møteplanen."
                elif number % 9 == 8:
                    status, note = Status.DROPPED, "Falt bort da oppgaven ble flyttet."
                else:
                    continue
                set_status(commitment=commitment, status=status, note=note, by=commitment.owner.person)

    def write_report(self, day: int, published: bool) -> None:
        """Three texts of each kind are let into the report; lessons are written, and perhaps published."""
        words = read("answers.yaml")
        texts = {name: words[name] for name in ("lessons", "recommendations", "public_summary")}
        with at(self._day(day)):
            self._release_texts()
            save_texts(cohort=self.cohort, texts=texts, revision=0, by=self.facilitator)
            if published:
                publish(cohort=self.cohort, by=self.world.owner)

    def _release_texts(self) -> None:
        kinds = (Kind.REFLECTION, Kind.IDEAS)
        for activity in Activity.objects.filter(run__gathering__cohort=self.cohort, kind__in=kinds):
            given = activity.contributions.filter(part=Part.ANSWER)
            texts = {each.value["text"]: each for each in given}
            for text in sorted(texts)[:3]:
                release_text(contribution=texts[text], text=text, by=self.facilitator)

    def close(self, day: int) -> None:
        self._move(
            day,
            State.CLOSED,
            "Målingen etter seks måneder er ferdig, og rapporten er skrevet.",
            self.facilitator,
        )

    @property
    def gatherings(self) -> list[Gathering]:
        return list(
            self.cohort.gatherings.select_related("cohort__sector", "cohort__blueprint").order_by("number")
        )

    def _day(self, days: int) -> datetime:
        return working_day(self.now, days, hour=10)

    def _move(self, day: int, to: State, reason: str, by: Person) -> None:
        with at(self._day(day)):
            change_state(cohort=self.cohort, to=to, reason=reason, by=by)

    def _people(self) -> list[Person]:
        people = [membership.person for membership in participants(self.cohort)]
        return sorted(people, key=lambda person: person.email or "")

    def _point(self, item: str, person: Person, lift: float) -> int:
        """A leader's own level for the item, moved by the lift; some items do not move at all."""
        own = random.Random(f"{item}-{person.email}").gauss(3.6, 1.0)  # noqa: S311
        moves = random.Random(f"{self.area.key}-{item}").choice([0.0, 0.6, 1.0, 1.0, 1.3])  # noqa: S311
        return min(7, max(1, round(own + lift * moves + self.draw.gauss(0, 0.5))))

    def _enrol_those_who_answer_for_it(self) -> None:
        owner, host = self.world.owner, self.area.leaders[0]
        self._enrol(
            self.facilitator, Place(Role.FACILITATOR, self.world.directorate, "Seniorrådgiver"), owner
        )
        self._enrol(host.person, Place(Role.HOST, host.organisation, host.seat.title), owner)
        self._enrol(self.area.resource, Place(Role.RESOURCE, host.organisation, "Seniorrådgiver"), owner)

    def _enrol_leaders(self) -> None:
        for leader in self.area.leaders[1:]:
            place = Place(Role.LEADER, leader.organisation, leader.seat.title)
            self._enrol(leader.person, place, self.area.resource)

    def enrol_guests(self) -> None:
        """The host's secretary, and somebody who comes to share experience."""
        host = membership_in(self.area.host, self.cohort)
        ministry = self.area.leaders[0].organisation
        self._enrol(self.world.secretary, Place(Role.DELEGATE, ministry, "Sekretær", host), self.world.owner)
        self._enrol(
            self.world.speaker, Place(Role.GUEST, self.world.directorate, "Fagdirektør"), self.world.owner
        )

    def _enrol(self, person: Person, place: Place, by: Person) -> None:
        enrol(cohort=self.cohort, person=person, place=place, by=by)

    def _move_minutes(self, gathering: str) -> None:
        plan = self.cohort.plan(gathering)
        assert plan is not None
        longest = sorted(
            (item for item in plan.items if item.mode != "break"), key=lambda item: -item.minutes
        )
        for item, change in ((longest[0], 5), (longest[-1], -5)):
            set_minutes(
                cohort=self.cohort,
                gathering=gathering,
                item=item.key,
                minutes=max(5, item.minutes + change),
                by=self.facilitator,
                revision=self.cohort.revision,
            )

    def _give_reasons(self, every: bool) -> None:
        differences = [each.difference for each in programme_differences(self.cohort)]
        for number, difference in enumerate(differences if every else differences[:-1]):
            give_reason(
                cohort=self.cohort,
                difference=difference.key,
                reason="Ressurspersonen og verten ba om det i forberedelsene: det treffer sektorens egne saker.",
                for_next_version=number == 0,
                by=self.facilitator,
            )

    def _invite(self) -> None:
        batch = prepare_invitations(cohort=self.cohort, by=self.facilitator)
        confirm_outbox(cohort=self.cohort, batch=batch, by=self.facilitator)
        for gathering in self.gatherings:
            for number, person in enumerate(self._people()):
                if gathering.number < 3 and number % 7 != 6:
                    answer = Answer.NO if number % 11 == 10 else Answer.YES
                    answer_invitation(gathering=gathering, by=person, answer=answer)


def tell(world: World, version: BlueprintVersion, now: datetime) -> list[Cohort]:
    """Every story, in the order of the file; gives the cohorts."""
    reasons = cycle(read("answers.yaml")["decline_reasons"])
    tellers = {
        "closed": _closed,
        "follow_up": _follow_up,
        "middle": _middle,
        "running": _running,
        "tailoring": _tailoring,
        "accepted": _accepted,
        "invited": _invited,
        "declined": lambda *args: _declined(*args, reason=next(reasons)),
    }
    return [tellers[area.story](world, area, version, now) for area in world.areas]


def _closed(world: World, area: Area, version: BlueprintVersion, now: datetime) -> Cohort:
    story = Story(world, area, version, now, invited=-430)
    story.accept(-420)
    story.tailor(-400, give_every_reason=True)
    story.start(-380, (-350, -305, -250))
    story.measure(WaveKind.BEFORE, -378, lift=0)
    for number in (1, 2, 3):
        story.hold(number)
    story.follow_up(-247)
    story.measure(WaveKind.AFTER, -245, lift=1.1)
    story.report_on_commitments(-120)
    story.measure(WaveKind.SIX_MONTHS, -75, lift=0.8)
    story.write_report(-40, published=True)
    story.close(-30)
    return story.cohort


def _follow_up(world: World, area: Area, version: BlueprintVersion, now: datetime) -> Cohort:
    story = Story(world, area, version, now, invited=-290)
    story.accept(-280)
    story.tailor(-270, give_every_reason=True)
    story.start(-250, (-220, -170, -110))
    story.measure(WaveKind.BEFORE, -248, lift=0)
    for number in (1, 2, 3):
        story.hold(number)
    story.follow_up(-105)
    story.measure(WaveKind.AFTER, -100, lift=0.5)
    story.report_on_commitments(-20)
    story.write_report(-10, published=False)
    return story.cohort


def _middle(world: World, area: Area, version: BlueprintVersion, now: datetime) -> Cohort:
    story = Story(world, area, version, now, invited=-140)
    story.accept(-130)
    story.enrol_guests()
    story.tailor(-110, give_every_reason=True)
    story.start(-90, (-50, 0, 50))
    story.measure(WaveKind.BEFORE, -88, lift=0)
    story.hold(1)
    return story.cohort


def _running(world: World, area: Area, version: BlueprintVersion, now: datetime) -> Cohort:
    story = Story(world, area, version, now, invited=-110)
    story.accept(-100)
    story.tailor(-85, give_every_reason=True)
    story.start(-70, (-25, 15, 75))
    story.measure(WaveKind.BEFORE, -60, lift=0)
    story.hold(1)
    return story.cohort


def _tailoring(world: World, area: Area, version: BlueprintVersion, now: datetime) -> Cohort:
    story = Story(world, area, version, now, invited=-60)
    story.accept(-45)
    story.tailor(-10, give_every_reason=False)
    return story.cohort


def _accepted(world: World, area: Area, version: BlueprintVersion, now: datetime) -> Cohort:
    story = Story(world, area, version, now, invited=-40)
    story.accept(-8)
    return story.cohort


def _invited(world: World, area: Area, version: BlueprintVersion, now: datetime) -> Cohort:
    return Story(world, area, version, now, invited=-20).cohort


def _declined(world: World, area: Area, version: BlueprintVersion, now: datetime, *, reason: str) -> Cohort:
    story = Story(world, area, version, now, invited=-200)
    story.decline(-180, reason)
    return story.cohort
