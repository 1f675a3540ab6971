"""Cards on the big screen: in their order, none lost, no page empty, and as large as they fit."""

from hypothesis import given
from hypothesis import strategies as st

from samspill.inputs.kinds import wall

texts = st.lists(st.integers(1, 600).map(lambda length: "x" * length), max_size=40)


@given(texts)
def test_the_pages_hold_all_cards_in_their_order(words):
    pages = wall.pages(words)
    assert [place for page in pages for place in page] == list(range(len(words)))
    assert all(pages) or not words


@given(texts)
def test_whatever_is_on_a_page_fits_there(words):
    for page in wall.pages(words):
        shown = words[page.start : page.stop]
        assert wall.layout_of(shown).holds(shown)


@given(texts.filter(bool))
def test_what_fits_on_one_page_is_written_as_large_as_it_fits(words):
    chosen = wall.layout_of(words)
    larger = [each for each in (*wall.LARGEST_FIRST, *wall.SMALLEST) if each.size > chosen.size]
    assert not any(each.holds(words) for each in larger)


def test_a_few_short_cards_are_huge_and_one_long_one_still_fits():
    assert wall.layout_of(["Kort svar"] * 5).name == "huge"
    assert wall.layout_of(["x" * 600]).holds(["x" * 600])


def test_the_cards_of_a_leader_group_take_few_pages():
    assert len(wall.pages(["x" * 60] * 20)) <= 2
    assert len(wall.pages(["x" * 140] * 20)) <= 4
