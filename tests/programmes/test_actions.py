"""Draft → release → next draft; and what the next draft can take from a cohort."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from samspill.errors import Refused
from samspill.programmes import actions
from samspill.programmes.checking import faults_of
from samspill.programmes.choices import VersionState
from samspill.programmes.models import BlueprintVersion, Measure, Umbrella
from samspill.programmes.queries import draft_of, released_version, released_versions
from tests.cast import Cast, blueprint_content, text


def measure() -> Measure:
    return Measure.objects.get(key="measure")


def draft(cast: Cast) -> BlueprintVersion:
    return actions.create_draft(measure=measure(), by=cast.owner)


def test_the_next_draft_begins_as_the_newest_release(cast: Cast) -> None:
    made = draft(cast)
    assert (made.number, made.state, made.content) == (2, VersionState.DRAFT, blueprint_content())


def test_there_is_one_draft_at_a_time(cast: Cast) -> None:
    draft(cast)
    with pytest.raises(Refused):
        draft(cast)
    assert measure().versions.count() == 2


def test_a_release_stands_and_the_newest_is_the_one_that_counts(cast: Cast) -> None:
    made = draft(cast)
    content = {**blueprint_content(), "purpose": text("Another")}
    actions.save_draft(draft=made, content=content, revision=0, by=cast.owner)
    actions.release(draft=made, revision=1, by=cast.owner)
    assert released_version("measure") == made
    assert [each.number for each in released_versions()] == [2]
    assert cast.cohort.blueprint.number == 1
    with pytest.raises(Refused):
        actions.save_draft(draft=made, content=blueprint_content(), revision=1, by=cast.owner)
    with pytest.raises(Refused):
        actions.discard_draft(draft=made, by=cast.owner)
    made.refresh_from_db()
    assert made.content == content


def test_the_second_of_two_editors_is_refused(cast: Cast) -> None:
    made = draft(cast)
    first = {**blueprint_content(), "purpose": text("First")}
    actions.save_draft(draft=made, content=first, revision=0, by=cast.owner)
    with pytest.raises(Refused):
        actions.save_draft(draft=made, content=blueprint_content(), revision=0, by=cast.owner)
    made.refresh_from_db()
    assert made.content == first


def test_a_draft_may_be_unfinished_but_not_released_so(cast: Cast) -> None:
    made = draft(cast)
    unfinished = {**blueprint_content(), "purpose": {"nb": "Bare bokmål", "nn": "", "en": ""}}
    actions.save_draft(draft=made, content=unfinished, revision=0, by=cast.owner)
    with pytest.raises(Refused):
        actions.release(draft=made, revision=1, by=cast.owner)
    assert released_version("measure") == cast.cohort.blueprint


def test_what_is_no_blueprint_is_not_saved(cast: Cast) -> None:
    made = draft(cast)
    for wrong in ({}, {**blueprint_content(), "more": 1}, {**blueprint_content(), "measure": "other"}):
        with pytest.raises(Refused):
            actions.save_draft(draft=made, content=wrong, revision=0, by=cast.owner)
    made.refresh_from_db()
    assert made.content == blueprint_content()


def test_an_imported_blueprint_becomes_the_draft_or_replaces_it(cast: Cast) -> None:
    content = {**blueprint_content(), "purpose": text("Imported")}
    made = actions.import_blueprint(content=content, by=cast.owner)
    again = actions.import_blueprint(content=blueprint_content(), by=cast.owner)
    assert (made.pk, again.content, again.revision) == (again.pk, blueprint_content(), 1)


def test_a_blueprint_of_no_known_measure_is_refused_with_the_known_ones(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.import_blueprint(content={**blueprint_content(), "measure": "other"}, by=cast.owner)
    assert str(refused.value.sentence).endswith("measure.")
    assert draft_of(measure()) is None


def test_only_owners_write(cast: Cast) -> None:
    made = draft(cast)
    for who in (cast.facilitator, cast.leader):
        for write in (
            partial(actions.create_draft, measure=measure()),
            partial(actions.save_draft, draft=made, content=blueprint_content(), revision=0),
            partial(actions.import_blueprint, content=blueprint_content()),
            partial(actions.release, draft=made, revision=0),
            partial(actions.discard_draft, draft=made),
        ):
            with pytest.raises(PermissionDenied):
                write(by=who)


@pytest.mark.django_db
def test_the_reference_programme_is_loaded_once() -> None:
    first = actions.load_reference_programme()
    second = actions.load_reference_programme()
    assert first == second
    assert (Umbrella.objects.count(), Measure.objects.count(), BlueprintVersion.objects.count()) == (1, 5, 1)
    assert faults_of(first.content) == ()
    assert [plan.minutes for plan in first.blueprint.gatherings] == [180, 180, 180]


@pytest.mark.django_db
def test_a_measure_without_any_release_begins_with_a_blank_blueprint() -> None:
    actions.load_reference_programme()
    other = Measure.objects.exclude(key="strategisk-ikt-kompetanse")[0]
    made = actions.create_draft(measure=other, by=None)
    assert [fault for fault in faults_of(made.content) if not fault.unfinished] == []
    assert made.blueprint.measure == other.key
