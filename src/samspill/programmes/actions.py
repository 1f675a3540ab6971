"""Every write of programmes. Owners only; `by=None` is Samspill itself, loading what it ships with."""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from ruamel.yaml import YAML

from samspill.audit.actions import record
from samspill.errors import Refused
from samspill.people.access import require_owner
from samspill.people.models import Person
from samspill.programmes.blank import blank_blueprint
from samspill.programmes.checking import faults_of
from samspill.programmes.choices import VersionState
from samspill.programmes.models import BlueprintVersion, Measure, Umbrella
from samspill.programmes.queries import draft_of, latest_release

Content = dict[str, Any]
DATA = Path(__file__).resolve().parent / "data"


def create_draft(*, measure: Measure, by: Person | None) -> BlueprintVersion:
    """The next draft, begun as the newest released version; from a blank blueprint if there is none."""
    _require(by)
    if draft_of(measure):
        raise Refused(_("There is a draft of the next version already. Go on with that one."))
    before = latest_release(measure)
    content = copy.deepcopy(before.content) if before else blank_blueprint(measure.key, measure.name)
    return _new_draft(measure, content, by)


def save_draft(
    *, draft: BlueprintVersion, content: Content, revision: int, by: Person | None
) -> BlueprintVersion:
    """Store the draft, if nobody has saved since `revision`. Empty texts and sums that do not fit yet may
    stand; what would not be a blueprint any more is refused."""
    _require(by)
    wrong = [fault for fault in faults_of(content) if not fault.unfinished]
    if wrong:
        raise Refused(f"{wrong[0].where}: {wrong[0].sentence}")
    if content["measure"] != draft.measure.key:
        raise Refused(_("A draft cannot become the blueprint of another measure."))
    with transaction.atomic():
        _store(draft, revision, content=content, revision=revision + 1)
        _record("draft_saved", draft, by)
    draft.content, draft.revision = content, revision + 1
    return draft


def discard_draft(*, draft: BlueprintVersion, by: Person | None) -> None:
    """Throw the draft away. Released versions stay."""
    _require(by)
    with transaction.atomic():
        _record("draft_discarded", draft, by)
        if not BlueprintVersion.objects.filter(pk=draft.pk, state=VersionState.DRAFT).delete()[0]:
            raise Refused(_("A released version cannot be thrown away."))


def import_blueprint(*, content: Content, by: Person | None) -> BlueprintVersion:
    """Make the content the draft of its measure, in place of the draft there may be. All of it must be right:
    `checking.check_file` tells what is not."""
    _require(by)
    _refuse_faults(content)
    measure = Measure.objects.filter(key=content["measure"]).first()
    if measure is None:
        known = ", ".join(Measure.objects.values_list("key", flat=True))
        raise Refused(
            format_lazy(
                _("There is no measure with the key “{key}”. The field “measure” can be: {known}."),
                key=content["measure"],
                known=known,
            )
        )
    with transaction.atomic():
        draft = draft_of(measure)
        if draft is None:
            return _new_draft(measure, content, by)
        _store(draft, draft.revision, content=content, revision=draft.revision + 1)
        _record("draft_imported", draft, by)
    draft.content, draft.revision = content, draft.revision + 1
    return draft


def release(*, draft: BlueprintVersion, revision: int, by: Person | None) -> BlueprintVersion:
    """Make the draft as it stood at `revision` a released version, which never changes again."""
    _require(by)
    _refuse_faults(draft.content)
    now = timezone.now()
    with transaction.atomic():
        _store(draft, revision, state=VersionState.RELEASED, released_at=now, released_by=by)
        _record("released", draft, by)
    draft.state, draft.released_at, draft.released_by = VersionState.RELEASED, now, by
    return draft


def load_reference_programme(*, by: Person | None = None) -> BlueprintVersion:
    """Make sure that the umbrella programme and the blueprint Samspill ships with are there and released.

    Doing it again changes nothing that is there. Returns the newest released version of the measure.
    """
    _require(by)
    shipped = _shipped("umbrella.yaml")
    content = _shipped("strategisk-ikt-kompetanse.yaml")
    with transaction.atomic():
        umbrella, _new = Umbrella.objects.get_or_create(
            key=shipped["key"], defaults={name: shipped[name] for name in ("name", "purpose", "owner")}
        )
        for each in shipped["measures"]:
            fields = ("name", "purpose", "owner", "audience")
            Measure.objects.get_or_create(
                key=each["key"],
                defaults={
                    "umbrella": umbrella,
                    "link": each.get("link", ""),
                    **{name: each[name] for name in fields},
                },
            )
        measure = Measure.objects.get(key=content["measure"])
        released = latest_release(measure)
        if released is None:
            draft = import_blueprint(content=content, by=by)
            released = release(draft=draft, revision=draft.revision, by=by)
    return released


def _require(by: Person | None) -> None:
    if by is not None:
        require_owner(by)


def _new_draft(measure: Measure, content: Content, by: Person | None) -> BlueprintVersion:
    newest = measure.versions.order_by("-number").first()
    with transaction.atomic():
        number = newest.number + 1 if newest else 1
        draft = BlueprintVersion.objects.create(measure=measure, number=number, content=content)
        _record("draft_begun", draft, by)
    return draft


def _store(draft: BlueprintVersion, seen: int, **values: Any) -> None:
    found = BlueprintVersion.objects.filter(pk=draft.pk, state=VersionState.DRAFT, revision=seen)
    if found.update(**values):
        return
    now = BlueprintVersion.objects.filter(pk=draft.pk).first()
    if now is not None and now.state == VersionState.DRAFT:
        raise Refused(
            _(
                "Somebody else has saved the draft since you opened the page. What you have written is still "
                "here: copy it, load the page again, and put it in."
            )
        )
    raise Refused(_("This version has been released or thrown away meanwhile. Begin the next draft."))


def _refuse_faults(content: Mapping[str, Any]) -> None:
    faults = faults_of(content)
    if faults:
        raise Refused(
            format_lazy(
                ngettext_lazy(
                    "{count} thing in the blueprint is not in order: {where}: {sentence}",
                    "{count} things in the blueprint are not in order. The first is {where}: {sentence}",
                    len(faults),
                ),
                count=len(faults),
                where=faults[0].where,
                sentence=faults[0].sentence,
            )
        )


def _record(verb: str, version: BlueprintVersion, by: Person | None) -> None:
    record(
        key=f"programmes.{verb}",
        subject=f"measure:{version.measure_id}",
        actor=by.pk if by else None,
        number=version.number,
        revision=version.revision,
    )


def _shipped(name: str) -> Content:
    loaded: Content = YAML(typ="safe").load((DATA / name).read_text(encoding="utf-8"))
    return loaded
