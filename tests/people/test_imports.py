"""The people half of an import: finding, making and comparing thousands at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.audit.models import Entry
from samspill.people.actions import change_many, find_or_create
from samspill.people.choices import Candidate, Details, Likeness
from samspill.people.likeness import mobile_key, name_key, near_duplicates, one_edit_apart
from samspill.people.models import Person
from samspill.people.queries import near_duplicates as against_the_register


def test_who_is_known_is_found_and_the_others_are_made(cast):
    wanted = [
        Details("Annet navn", "LEADER1@example.org"),
        Details("Ny", "Ny@example.org", mobile="900 00 000", language="nn", duty="owner"),
        Details("Ny igjen", "ny@EXAMPLE.org"),
    ]
    found = find_or_create(wanted=wanted, by=cast.facilitator)
    assert sorted(found) == ["leader1@example.org", "ny@example.org"]
    assert found["leader1@example.org"] == cast.leader
    assert Person.objects.get(pk=cast.leader.pk).name == "Leder 1"
    new = Person.objects.get(email="ny@example.org")
    assert (new.name, new.language, new.duty, new.has_usable_password()) == ("Ny", "nn", "", False)
    assert Entry.objects.get(key="people.imported").data == {"count": 1}


def test_doing_it_twice_makes_nobody_new(cast):
    wanted = [Details("Ny", "ny@example.org")]
    first = find_or_create(wanted=wanted, by=cast.facilitator)
    assert find_or_create(wanted=wanted, by=cast.facilitator) == first
    assert Entry.objects.filter(key="people.imported").count() == 1


def test_the_number_of_queries_does_not_follow_the_number_of_people(cast, django_assert_max_num_queries):
    wanted = [Details(f"Leder {n}", f"ny{n}@example.org") for n in range(400)]
    with django_assert_max_num_queries(10):
        find_or_create(wanted=wanted, by=cast.facilitator)


def test_accepted_changes_are_taken_over_and_duties_stay(cast):
    change_many(
        changes={cast.owner.pk: Details("Ny eier", "x@example.org", "900 00 000", "en")}, by=cast.owner
    )
    owner = Person.objects.get(pk=cast.owner.pk)
    assert (owner.name, owner.email, owner.language, owner.duty) == (
        "Ny eier",
        "owner@example.org",
        "en",
        "owner",
    )


def rows(*people: tuple[str, str, str]) -> list[Candidate]:
    return [Candidate(number, *person) for number, person in enumerate(people, start=2)]


def test_likely_doubles_are_pointed_at():
    found = near_duplicates(
        rows(
            ("Kari Hansen", "kari.hansen@example.org", ""),
            ("HANSEN, Kari", "kari@annet.no", ""),
            ("Ola Nordmann", "ola.nordman@example.org", "+47 900 00 000"),
            ("Ola N.", "ola.nordmann@example.org", ""),
            ("Per", "per@example.org", "90000000"),
            ("Alene", "alene@example.org", "91111111"),
        ),
        [],
    )
    assert {row: [(near.likeness, near.row) for near in others] for row, others in found.items()} == {
        2: [(Likeness.NAME, 3)],
        3: [(Likeness.NAME, 2)],
        4: [(Likeness.MOBILE, 6), (Likeness.ADDRESS, 5)],
        5: [(Likeness.ADDRESS, 4)],
        6: [(Likeness.MOBILE, 4)],
    }


def test_registered_people_are_compared_too_and_their_addresses_are_shortened(cast):
    (near,) = against_the_register(rows(("Leder 1", "l1@annet.no", "")))[2]
    assert (near.likeness, near.name, near.address, near.row) == (
        Likeness.NAME,
        "Leder 1",
        "l…@example.org",
        None,
    )


def test_the_same_address_is_the_same_person_and_no_warning(cast):
    assert against_the_register(rows(("Leder 1", "LEADER1@example.org", ""))) == {}


def test_numbered_addresses_are_not_slips_of_the_pen():
    assert (
        near_duplicates(
            rows(("A", "leder1@x.no", ""), ("B", "leder2@x.no", ""), ("C", "leder12@x.no", "")), []
        )
        == {}
    )


@given(st.text("abc@.", min_size=1, max_size=8), st.text("abc@.", min_size=1, max_size=8))
def test_one_edit_apart_is_what_the_word_says(first, second):
    edits = {second[:at] + second[at + 1 :] for at in range(len(second))}
    edits |= {second[:at] + letter + second[at:] for at in range(len(second) + 1) for letter in "abc@."}
    edits |= {second[:at] + letter + second[at + 1 :] for at in range(len(second)) for letter in "abc@."}
    assert one_edit_apart(first, second) == (first in edits and first != second)
    assert one_edit_apart(first, second) == one_edit_apart(second, first)


@given(st.text("ab.", min_size=1, max_size=6), st.text("ab.", min_size=1, max_size=6))
def test_boxes_miss_no_pair(first, second):
    """Comparing only people who share a box finds exactly the pairs that comparing everybody would find."""
    found = near_duplicates(rows(("", first, ""), ("", second, "")), [])
    assert bool(found) == one_edit_apart(first, second)


@pytest.mark.parametrize(
    ("number", "key"), [("+47 900 00 000", "90000000"), ("90000000", "90000000"), ("123", ""), ("", "")]
)
def test_a_mobile_number_is_its_last_eight_digits(number, key):
    assert mobile_key(number) == key


def test_names_are_compared_by_their_words():
    assert name_key("Hansen,  KARI") == name_key("kari hansen") != name_key("Kari Hanssen")
