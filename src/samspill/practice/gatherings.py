"""Runs a gathering with invented leaders, through the same actions as a console and twenty phones."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from samspill.cohorts.queries import participants
from samspill.followup.actions import adopt
from samspill.inputs.choices import Kind, Part
from samspill.people.models import Person
from samspill.planning.models import Gathering
from samspill.practice.clock import at
from samspill.practice.world import read
from samspill.programmes.document import Item
from samspill.room.actions.activities import close_activity, open_activity, reveal, start_voting
from samspill.room.actions.answers import Handed, give_answer, join
from samspill.room.actions.running import end_run, go_to, open_room, start
from samspill.room.models import Activity, Run
from samspill.room.queries.showing import asked_in


class Rehearsal:
    """One gathering, held from start to end. Answers are drawn by `seed`, so that they are the same every time."""

    def __init__(self, gathering: Gathering, facilitator: Person, absent: int, seed: str) -> None:
        self.gathering = gathering
        self.facilitator = facilitator
        self.draw = random.Random(seed)  # noqa: S311 - practice data, not secrets
        self.words = read("answers.yaml")
        people = (membership.person for membership in participants(gathering.cohort))
        here = sorted(people, key=lambda person: person.email or "")
        self.people = self.draw.sample(here, k=max(1, len(here) - absent))

    def hold(self) -> Run:
        """Open the room at the time of the gathering, go through the agenda, and end."""
        assert self.gathering.starts_at is not None
        clock = self.gathering.starts_at
        with at(clock - timedelta(minutes=10)):
            run = open_room(gathering=self.gathering, by=self.facilitator)
            for person in self.people:
                join(run=run, by=person)
        with at(clock):
            start(run=run, by=self.facilitator, adopt=adopt)
        seen = ""
        for item, begins in self._timed(run, clock):
            with at(begins):
                if seen:
                    go_to(run=run, item=item.key, seen=seen, by=self.facilitator, adopt=adopt)
                run.refresh_from_db()
                self._do(run, item)
            seen = item.key
        with at(clock + timedelta(minutes=184)):
            end_run(run=run, by=self.facilitator, adopt=adopt)
        return run

    def _timed(self, run: Run, clock: datetime) -> Iterator[tuple[Item, datetime]]:
        """Items with the time they really begin: dialogue takes a little longer than planned, as it does."""
        for item in run.release.agenda:
            yield item, clock
            late = self.draw.choice([-2, -1, 0, 0, 1, 3]) if item.minutes > 10 else 0
            clock += timedelta(minutes=item.minutes + late)

    def _do(self, run: Run, item: Item) -> None:
        if item.activity is None:
            return
        activity = open_activity(run=run, item=item.key, by=self.facilitator)
        for number, person in enumerate(self.people):
            if self.draw.random() < 0.92:
                for value in self._answers(activity, number):
                    self._hand_in(activity, Part.ANSWER, value, person)
        if activity.kind == Kind.IDEAS:
            self._vote(activity)
        close_activity(activity=_fresh(activity), by=self.facilitator, adopt=adopt)
        reveal(activity=_fresh(activity), by=self.facilitator)

    def _vote(self, activity: Activity) -> None:
        start_voting(activity=activity, by=self.facilitator, adopt=adopt)
        activity = _fresh(activity)
        texts = asked_in(activity).ideas
        ideas = sorted(texts, key=lambda key: texts[key])
        for person in self.people:
            chosen = self.draw.sample(ideas, k=min(activity.definition["votes"], len(ideas)))
            self._hand_in(activity, Part.BALLOT, {"ideas": chosen}, person)

    def _hand_in(self, activity: Activity, part: Part, value: Mapping[str, Any], person: Person) -> None:
        entry = f"{self.draw.getrandbits(128):032x}"
        give_answer(activity=activity, handed=Handed(entry, part, value), by=person, adopt=adopt)

    def _answers(self, activity: Activity, number: int) -> Sequence[dict[str, Any]]:
        """What one person hands in. Few have an idea or make a commitment of their own every time."""
        if activity.kind == Kind.REFLECTION:
            return [{"text": self.draw.choice(self.words["reflection"])}]
        if activity.kind == Kind.SCALE:
            centre = 3 + self.gathering.number * 0.6
            return [{each["key"]: self._point(centre) for each in activity.definition["statements"]}]
        if activity.kind == Kind.POLL:
            keys = [each["key"] for each in activity.definition["options"]]
            most = activity.definition.get("most") or len(keys)
            return [
                {"options": self.draw.sample(keys, k=min(2, most) if activity.definition["several"] else 1)}
            ]
        if activity.kind == Kind.IDEAS:
            return [{"text": self.draw.choice(self.words["idea"])}] if number % 3 else []
        return [self._commitment()] if number % 5 == self.gathering.number % 5 else []

    def _point(self, centre: float) -> int:
        return min(7, max(1, round(self.draw.gauss(centre, 1.2))))

    def _commitment(self) -> dict[str, Any]:
        drawn = self.draw.choice(self.words["commitment"])
        return {"who": None, "what": drawn["what"], "due": self._due().isoformat(), "arena": drawn["arena"]}

    def _due(self) -> date:
        assert self.gathering.starts_at is not None
        return self.gathering.starts_at.date() + timedelta(days=self.draw.choice([30, 45, 60, 90]))


def _fresh(activity: Activity) -> Activity:
    return Activity.objects.select_related("run__gathering__cohort").get(pk=activity.pk)
