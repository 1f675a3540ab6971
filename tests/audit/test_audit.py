"""What was done is kept as key and data, newest first, and belongs to the change it tells of."""

import pytest
from django.db import transaction

from samspill.audit.actions import record
from samspill.audit.models import Entry
from samspill.audit.queries import entries_of


def test_entries_of_several_subjects_come_newest_first(db):
    record(key="a", subject="cohort:1", actor=7, count=3)
    record(key="b", subject="gathering:2", actor=None)
    record(key="c", subject="cohort:11", actor=7)
    found = entries_of("cohort:1", "gathering:2")
    assert [(entry.key, entry.actor, entry.data) for entry in found] == [
        ("b", None, {}),
        ("a", 7, {"count": 3}),
    ]


@transaction.atomic
def change_that_fails() -> None:
    record(key="a", subject="cohort:1", actor=7)
    raise ZeroDivisionError


def test_an_entry_goes_with_its_change(db):
    """When the change is undone, nothing says that it was made."""
    with pytest.raises(ZeroDivisionError):
        change_that_fails()
    assert Entry.objects.count() == 0
