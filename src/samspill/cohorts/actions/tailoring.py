"""The cohort's own variant of the blueprint: which questions, in what words and order, and which agenda.

Every function takes the `revision` its caller has seen and refuses when somebody has saved since, so that
nothing is overwritten unseen. Afterwards `cohort.tailored` and `cohort.revision` are the new ones.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.audit.actions import record
from samspill.cohorts.access import Right, require
from samspill.cohorts.actions.reasons import take_acceptance_back
from samspill.cohorts.actions.states import moved
from samspill.cohorts.choices import State
from samspill.cohorts.models import Cohort
from samspill.errors import Refused
from samspill.live.actions import announce
from samspill.people.models import Person
from samspill.programmes import parts
from samspill.programmes.checking import item_faults
from samspill.programmes.differences import differences_between

Content = dict[str, Any]
Result = TypeVar("Result")
LANGUAGES = ("nb", "nn", "en")
LONGEST_QUESTION = 1000


class Edit(NamedTuple):
    """What is done where, for the audit, and the right it takes."""

    right: Right
    verb: str
    gathering: str
    part: str = ""


def begin_tailoring(*, cohort: Cohort, by: Person) -> None:
    """Start the cohort's own programme from the blueprint; an accepted cohort goes on to "tailoring"."""
    require(by, cohort, Right.TAILOR)
    _refuse_wrong_state(cohort, State.ACCEPTED)
    with transaction.atomic():
        if cohort.state == State.ACCEPTED:
            moved(cohort, State.TAILORING, "", by)
        if not cohort.tailored.get("gatherings"):
            gatherings = copy.deepcopy(cohort.blueprint.content["gatherings"])
            _store(cohort, {"gatherings": gatherings}, cohort.revision)
            record(key="cohorts.tailoring_begun", subject=f"cohort:{cohort.pk}", actor=by.pk)
        announce(f"cohort:{cohort.pk}")


def add_question(
    *, cohort: Cohort, gathering: str, text: Mapping[str, str], by: Person, revision: int
) -> str:
    """Put the sector's own question last. `text` has at least one language. Returns the question's key."""
    said = _said(text)

    def change(home: Content, _original: Content) -> str:
        key = parts.fresh_key(f"{gathering}-own-q", home)
        home["questions"].append({"key": key, "text": said, "aims": []})
        return key

    return _edit(cohort, by, revision, Edit(Right.TAILOR, "question_added", gathering), change)


def remove_question(*, cohort: Cohort, gathering: str, question: str, by: Person, revision: int) -> None:
    def change(home: Content, _original: Content) -> None:
        home["questions"].pop(parts.place(home["questions"], question))
        _refuse_empty(home["questions"], _("A gathering needs at least one key question."))

    _edit(cohort, by, revision, Edit(Right.TAILOR, "question_removed", gathering, question), change)


def restore_question(*, cohort: Cohort, gathering: str, question: str, by: Person, revision: int) -> None:
    """Have the question as the blueprint has it: back in its place if it is gone, else with its old words."""

    def change(home: Content, original: Content) -> None:
        _restore(home["questions"], original["questions"], question)

    _edit(cohort, by, revision, Edit(Right.TAILOR, "question_restored", gathering, question), change)


def reword_question(
    *, cohort: Cohort, gathering: str, question: str, text: Mapping[str, str], by: Person, revision: int
) -> None:
    """Give the question other words. A language not in `text` is dropped: its words would be stale."""
    said = _said(text)

    def change(home: Content, _original: Content) -> None:
        parts.part(home["questions"], question)["text"] = said

    _edit(cohort, by, revision, Edit(Right.TAILOR, "question_reworded", gathering, question), change)


def move_question(
    *, cohort: Cohort, gathering: str, question: str, to: int, by: Person, revision: int
) -> None:
    """Put the question at place `to`, counted from 0."""

    def change(home: Content, _original: Content) -> None:
        parts.move(home["questions"], question, to)

    _edit(cohort, by, revision, Edit(Right.TAILOR, "question_moved", gathering, question), change)


def choose_questions(
    *, cohort: Cohort, gathering: str, keys: Sequence[str], by: Person, revision: int
) -> None:
    """Have exactly these questions, in this order: keys of the gathering's own and of the blueprint's."""

    def change(home: Content, original: Content) -> None:
        known = {each["key"]: each for each in (*original["questions"], *home["questions"])}
        if len(set(keys)) != len(keys) or not set(keys) <= set(known):
            raise parts.NotThereError
        home["questions"] = [copy.deepcopy(known[key]) for key in keys]
        _refuse_empty(home["questions"], _("Choose at least one key question."))

    _edit(cohort, by, revision, Edit(Right.TAILOR, "questions_chosen", gathering), change)


def add_item(
    *, cohort: Cohort, gathering: str, item: Content, by: Person, revision: int, to: int = -1
) -> str:
    """Put an agenda item at place `to` (from 0; -1 is last). `item` is in the blueprint's shape without a
    key; texts have at least one language, the script may be {}. Returns the item's key."""

    def change(home: Content, _original: Content) -> str:
        key = parts.fresh_key(f"{gathering}-own-i", home)
        made = _checked({"optional": False, "script": {}, **item, "key": key})
        home["items"].insert(to if to >= 0 else len(home["items"]), made)
        return key

    return _edit(cohort, by, revision, Edit(Right.EDIT_AGENDA, "item_added", gathering), change)


def remove_item(*, cohort: Cohort, gathering: str, item: str, by: Person, revision: int) -> None:
    def change(home: Content, _original: Content) -> None:
        home["items"].pop(parts.place(home["items"], item))
        _refuse_empty(home["items"], _("An agenda needs at least one item."))

    _edit(cohort, by, revision, Edit(Right.EDIT_AGENDA, "item_removed", gathering, item), change)


def restore_item(*, cohort: Cohort, gathering: str, item: str, by: Person, revision: int) -> None:
    """Have the item as the blueprint has it: back in its place if it is gone, else with its old content."""

    def change(home: Content, original: Content) -> None:
        _restore(home["items"], original["items"], item)

    _edit(cohort, by, revision, Edit(Right.EDIT_AGENDA, "item_restored", gathering, item), change)


def edit_item(
    *, cohort: Cohort, gathering: str, item: str, changes: Mapping[str, Any], by: Person, revision: int
) -> None:
    """Change some fields of an item, in the blueprint's shape; a field given as None is taken away."""

    def change(home: Content, _original: Content) -> None:
        found = parts.part(home["items"], item)
        made = {**found, **copy.deepcopy(dict(changes)), "key": item}
        checked = _checked({name: value for name, value in made.items() if value is not None})
        found.clear()
        found.update(checked)

    _edit(cohort, by, revision, Edit(Right.EDIT_AGENDA, "item_edited", gathering, item), change)


def move_item(*, cohort: Cohort, gathering: str, item: str, to: int, by: Person, revision: int) -> None:
    """Put the item at place `to`, counted from 0."""

    def change(home: Content, _original: Content) -> None:
        parts.move(home["items"], item, to)

    _edit(cohort, by, revision, Edit(Right.EDIT_AGENDA, "item_moved", gathering, item), change)


def set_minutes(
    *, cohort: Cohort, gathering: str, item: str, minutes: int, by: Person, revision: int
) -> None:
    changes = {"minutes": minutes}
    edit_item(cohort=cohort, gathering=gathering, item=item, changes=changes, by=by, revision=revision)


def _edit(
    cohort: Cohort, by: Person, revision: int, edit: Edit, change: Callable[[Content, Content], Result]
) -> Result:
    """Check, change one gathering by `change(the gathering, the blueprint's)`, store, audit, announce."""
    require(by, cohort, edit.right)
    _refuse_wrong_state(cohort)
    with transaction.atomic():
        fresh = Cohort.objects.select_related("blueprint").get(pk=cohort.pk)
        original: list[Content] = fresh.blueprint.content["gatherings"]
        before: list[Content] = fresh.tailored.get("gatherings") or original
        after = copy.deepcopy(before)
        try:
            result = change(parts.part(after, edit.gathering), parts.part(original, edit.gathering))
        except parts.NotThereError:
            raise Refused(
                _("What you wanted to change is not in the programme any more. Load the page again.")
            ) from None
        _store(cohort, {"gatherings": after}, revision)
        subject = f"cohort:{cohort.pk}"
        record(
            key=f"cohorts.{edit.verb}", subject=subject, actor=by.pk, gathering=edit.gathering, part=edit.part
        )
        if any(each.kind != "responsible" for each in differences_between(before, after)):
            take_acceptance_back(cohort, by)
        announce(subject)
    return result


def _store(cohort: Cohort, tailored: Content, revision: int) -> None:
    stored = Cohort.objects.filter(pk=cohort.pk, revision=revision).update(
        tailored=tailored, revision=revision + 1
    )
    if not stored:
        raise Refused(
            _(
                "Somebody else has changed the programme since you opened the page. "
                "Load the page again to see what, and then make your change."
            )
        )
    cohort.tailored, cohort.revision = tailored, revision + 1


def _refuse_wrong_state(cohort: Cohort, *also: State) -> None:
    if cohort.state not in (State.TAILORING, State.RUNNING, *also):
        raise Refused(_("The programme is tailored after the sector has accepted and before follow-up."))


def _refuse_empty(things: list[Content], sentence: Any) -> None:
    if not things:
        raise Refused(sentence)


def _restore(here: list[Content], original: Sequence[Content], key: str) -> None:
    wanted = parts.part(original, key)
    present = next((each for each in here if each["key"] == key), None)
    if present is None:
        parts.put_back(here, original, key)
    else:
        responsible = present.get("responsible")
        present.clear()
        present.update(copy.deepcopy(wanted), **({"responsible": responsible} if responsible else {}))


def _said(text: Mapping[str, str]) -> dict[str, str]:
    said = {language: text[language].strip() for language in LANGUAGES if text.get(language, "").strip()}
    if not said:
        raise Refused(_("Write the question in at least one language."))
    if any(len(words) > LONGEST_QUESTION for words in said.values()):
        raise Refused(_("The question is too long to be asked. Use at most 1,000 characters."))
    return said


def _checked(item: Content) -> Content:
    faults = item_faults(item)
    if faults:
        raise Refused(" ".join(fault.sentence for fault in faults))
    return item
