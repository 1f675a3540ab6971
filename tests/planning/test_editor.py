"""The agenda editor, as a person uses it: with htmx, and without any script."""

import re

import pytest
from django.urls import reverse

from samspill.cohorts.actions import set_minutes
from samspill.cohorts.models import Cohort
from samspill.planning.models import Gathering
from tests.planning.parts import planned, released

ORDER = [f"g1-i{number}" for number in range(1, 9)]
MINUTES = dict(zip(ORDER, (10, 20, 40, 20, 10, 20, 30, 30), strict=True))


@pytest.fixture
def editor(cast, client):
    """The facilitator with the editor of gathering 1 open."""
    planned(cast)
    client.force_login(cast.facilitator)
    return Editor(client, Gathering.objects.get(cohort=cast.cohort, number=1))


class Editor:
    def __init__(self, client, gathering):
        self.client, self.pk = client, gathering.pk
        self.address = reverse("planning:agenda", args=[gathering.pk])

    @property
    def cohort(self):
        return Cohort.objects.get(gatherings=self.pk)

    @property
    def items(self):
        return Gathering.objects.get(pk=self.pk).plan.items

    def page(self):
        return self.client.get(self.address).content.decode()

    def post(self, order=None, revision=None, headers=None, **more):
        order = order or [item.key for item in self.items]
        minutes = {f"minutes-{key}": MINUTES.get(key, 10) for key in order}
        revision = self.cohort.revision if revision is None else revision
        data = {"order": order, "revision": revision, **minutes, **more}
        return self.client.post(self.address, data, headers=headers or {})


def _minutes(editor, key, minutes, **more):
    return editor.post(**{f"minutes-{key}": minutes}, **more)


def _text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_every_row_has_its_start_time(editor):
    starts = re.findall(r'id="start-g1-i\d">(\d\d:\d\d)', editor.page())
    assert starts == ["09:00", "09:10", "09:30", "10:10", "10:30", "10:40", "11:00", "11:30"]


def test_new_minutes_move_the_times_that_follow_without_any_script(editor):
    response = _minutes(editor, "g1-i2", 35)
    assert (response.status_code, response.url) == (302, editor.address)
    starts = re.findall(r'id="start-g1-i\d">(\d\d:\d\d)', editor.page())
    assert starts == ["09:00", "09:10", "09:45", "10:25", "10:45", "10:55", "11:15", "11:45"]


def test_with_htmx_the_answer_is_times_and_sums_and_leaves_the_fields_alone(editor):
    response = _minutes(editor, "g1-i2", 35, headers={"HX-Request": "true"})
    assert response.status_code == 200
    content = response.content.decode()
    assert re.findall(r'id="start-g1-i\d" hx-swap-oob="true">(\d\d:\d\d)', content)[2:4] == ["09:45", "10:25"]
    assert f'id="agenda-revision" value="{editor.cohort.revision}" hx-swap-oob="true"' in content
    assert "195 av 180 minutter" in _text(response)
    assert "15 min for lang" in _text(response)
    assert 'name="minutes-' not in content


@pytest.mark.parametrize(
    ("minutes", "words"), [(10, "10 min til overs"), (20, "går opp"), (21, "1 min for lang")]
)
def test_the_sum_is_said_against_the_blueprints_minutes(editor, minutes, words):
    assert words in _text(_minutes(editor, "g1-i2", minutes, headers={"HX-Request": "true"}))


def test_too_much_theory_is_said_with_the_rule_of_the_blueprint(editor):
    assert "Form nb" not in _text(_minutes(editor, "g1-i2", 40, headers={"HX-Request": "true"}))
    text = _text(_minutes(editor, "g1-i2", 80, headers={"HX-Request": "true"}))
    assert "Teori tar 34,8 % av tiden uten pauser. Programopplegget tillater 25 %: Form nb" in text


@pytest.mark.parametrize(
    ("button", "key", "order"),
    [
        ("up", "g1-i3", ["g1-i1", "g1-i3", "g1-i2", *ORDER[3:]]),
        ("down", "g1-i1", ["g1-i2", "g1-i1", *ORDER[2:]]),
        ("up", "g1-i1", ORDER),
        ("down", "g1-i8", ORDER),
    ],
)
def test_items_are_moved_by_buttons(editor, button, key, order):
    editor.post(**{button: key})
    assert [item.key for item in editor.items] == order


def test_an_item_carried_past_others_is_one_change(editor):
    before = editor.cohort.revision
    editor.post(order=[*ORDER[1:], ORDER[0]])
    assert [item.key for item in editor.items] == [*ORDER[1:], ORDER[0]]
    assert editor.cohort.revision == before + 1


def test_any_order_can_be_reached_at_once(editor):
    order = ["g1-i8", "g1-i3", "g1-i1", "g1-i2", "g1-i7", "g1-i5", "g1-i6", "g1-i4"]
    editor.post(order=order)
    assert [item.key for item in editor.items] == order


def test_saving_what_is_there_already_changes_nothing(editor):
    before = editor.cohort.revision
    editor.post()
    assert editor.cohort.revision == before


@pytest.mark.parametrize("minutes", ["", "0", "-5", "ti", "1.5", "241", "99999999999999999999"])
def test_impossible_minutes_change_nothing_and_are_said(editor, minutes):
    response = _minutes(editor, "g1-i2", minutes, headers={"HX-Request": "true"})
    assert 'id="agenda-alert"' in response.content.decode()
    assert 'data-color="danger"' in response.content.decode()
    assert [item.minutes for item in editor.items] == list(MINUTES.values())


def test_two_editors_do_not_overwrite_each_other(editor, cast):
    seen = editor.cohort.revision
    cohort = editor.cohort
    set_minutes(
        cohort=cohort, gathering="g1", item="g1-i1", minutes=15, by=cast.owner, revision=cohort.revision
    )
    response = _minutes(editor, "g1-i2", 35, revision=seen, headers={"HX-Request": "true"})
    assert 'data-color="danger"' in response.content.decode()
    assert [item.minutes for item in editor.items][:2] == [15, 20]


def test_an_item_is_taken_out_and_put_back_as_it_was(editor):
    _minutes(editor, "g1-i2", 35)
    editor.post(**{"minutes-g1-i2": 35}, remove="g1-i2")
    assert "g1-i2" not in [item.key for item in editor.items]
    assert "«Theory nb» er tatt ut." in editor.page()
    editor.client.post(reverse("planning:undo", args=[editor.pk]))
    assert [item.key for item in editor.items] == ORDER
    assert editor.items[1].minutes == 35
    assert "er tatt ut" not in editor.page()


def test_an_own_item_is_put_back_too(editor):
    editor.client.post(reverse("planning:add_item", args=[editor.pk]), _item(editor, title="Vår egen"))
    editor.post(remove="g1-own-i1", **{"minutes-g1-own-i1": 25})
    editor.client.post(reverse("planning:undo", args=[editor.pk]))
    assert [item.title for item in editor.items][-1] == {"nb": "Vår egen"}


def test_what_the_blueprint_has_and_the_agenda_has_not_can_be_put_back_later(editor):
    editor.post(remove="g1-i2")
    assert "I programopplegget, men ikke her" in editor.page()
    data = {"item": "g1-i2", "revision": editor.cohort.revision}
    editor.client.post(reverse("planning:restore", args=[editor.pk]), data)
    assert [item.key for item in editor.items] == ORDER


def test_changes_without_a_reason_are_counted(editor):
    assert "mangler begrunnelse" not in editor.page()
    _minutes(editor, "g1-i2", 35)
    assert "1 forskjell fra programopplegget mangler begrunnelse" in re.sub(r"\s+", " ", editor.page())


def _item(editor, **more):
    return {
        "revision": editor.cohort.revision,
        "title": "Ny post",
        "minutes": 25,
        "mode": "dialogue",
        "script": "Si velkommen",
        "kind": "",
        **more,
    }


KINDS = {
    "reflection": ({"attribution": "chatham"}, {}),
    "scale": (
        {
            "attribution": "unlinkable",
            "statements": "Vi snakker sammen\r\n\r\nVi lytter",
            "low": "Aldri",
            "high": "Alltid",
        },
        {"statements": ["Vi snakker sammen", "Vi lytter"], "low": {"nb": "Aldri"}, "high": {"nb": "Alltid"}},
    ),
    "poll": (
        {"attribution": "unlinkable", "options": "Ja\nNei\nJa\nVet ikke", "several": "on", "most": "2"},
        {"options": ["Ja", "Nei", "Vet ikke"], "several": True, "most": 2},
    ),
    "ideas": ({"attribution": "chatham", "votes": "3"}, {"votes": 3}),
    "commitment": ({}, {"attribution": "named"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_with_every_kind_of_activity_can_be_added(editor, kind):
    typed, stored = KINDS[kind]
    data = _item(editor, kind=kind, prompt="Hva mener dere?", **typed)
    response = editor.client.post(reverse("planning:add_item", args=[editor.pk]), data)
    assert response.status_code == 302, _text(response)
    activity = Gathering.objects.get(pk=editor.pk).document["items"][-1]["activity"]
    assert (activity["kind"], activity["prompt"]) == (kind, {"nb": "Hva mener dere?"})
    for name, value in stored.items():
        kept = activity[name]
        assert ([each["text"]["nb"] for each in kept] if isinstance(kept, list) else kept) == value


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("scale", {"statements": "", "low": "Aldri", "high": "Alltid"}, "statements"),
        ("scale", {"statements": "En", "low": "", "high": "Alltid"}, "low"),
        ("poll", {"options": "Bare ett"}, "options"),
        ("ideas", {"votes": "0"}, "votes"),
        ("reflection", {"prompt": ""}, "prompt"),
        ("reflection", {"attribution": ""}, "attribution"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(editor, kind, typed, field):
    data = _item(editor, kind=kind, **{"prompt": "Spørsmål", "attribution": "chatham", **typed})
    response = editor.client.post(reverse("planning:add_item", args=[editor.pk]), data)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "Si velkommen" in response.content.decode()
    assert len(editor.items) == 8


def test_a_text_that_is_left_alone_keeps_its_languages_and_a_changed_one_does_not(editor):
    address = reverse("planning:item", args=[editor.pk, "g1-i3"])
    shown = editor.client.get(address).context["form"].initial
    data = {name: value for name, value in shown.items() if value not in (None, False)}
    data |= {"revision": editor.cohort.revision, "script": "Nytt manus"}
    assert editor.client.post(address, data).status_code == 302
    item = next(each for each in editor.items if each.key == "g1-i3")
    assert item.title == {"nb": "Reflect nb", "nn": "Reflect nn", "en": "Reflect en"}
    assert item.script == {"nb": "Nytt manus"}
    assert item.activity.prompt == {
        "nb": "Prompt Reflect nb",
        "nn": "Prompt Reflect nn",
        "en": "Prompt Reflect en",
    }


def test_opening_an_item_and_saving_it_changes_nothing(editor):
    before = Gathering.objects.get(pk=editor.pk).document["items"]
    for key in ORDER:
        address = reverse("planning:item", args=[editor.pk, key])
        shown = editor.client.get(address).context["form"].initial
        data = {name: value for name, value in shown.items() if value not in (None, False)}
        response = editor.client.post(address, data | {"revision": editor.cohort.revision})
        assert response.status_code == 302, _text(response)
    assert Gathering.objects.get(pk=editor.pk).document["items"] == before


def test_a_break_has_no_activity(editor):
    data = _item(editor, mode="break", kind="reflection", prompt="Glemt", material="Kaffe")
    editor.client.post(reverse("planning:add_item", args=[editor.pk]), data)
    assert set(Gathering.objects.get(pk=editor.pk).document["items"][-1]) == {
        "key",
        "title",
        "minutes",
        "mode",
        "optional",
        "script",
    }


def test_a_form_that_is_too_old_is_refused_and_keeps_what_was_typed(editor, cast):
    old = editor.cohort.revision
    _minutes(editor, "g1-i2", 35)
    response = editor.client.post(
        reverse("planning:add_item", args=[editor.pk]), _item(editor, title="Min post", revision=old)
    )
    assert response.status_code == 200
    assert "Min post" in response.content.decode()
    again = editor.client.post(
        reverse("planning:add_item", args=[editor.pk]), _item(editor, title="Min post", revision=old)
    )
    assert again.status_code == 200
    assert len(editor.items) == 8


def test_two_facilitators_may_edit_different_items_but_not_the_same_at_once(editor):
    address = reverse("planning:item", args=[editor.pk, "g1-i3"])
    shown = editor.client.get(address)
    initial = shown.context["form"].initial
    seen = {"revision": shown.context["revision"], "mark": shown.context["mark"]}
    mine = {name: value for name, value in initial.items() if value not in (None, False)} | seen
    _minutes(editor, "g1-i2", 35)
    assert editor.client.post(address, mine | {"script": "Mitt manus"}).status_code == 302
    assert [each.minutes for each in editor.items if each.key == "g1-i2"] == [35]
    refused = editor.client.post(address, mine | {"script": "En annens manus"})
    assert refused.status_code == 200
    assert "En annens manus" in refused.content.decode()
    script = next(each.script for each in editor.items if each.key == "g1-i3")
    assert script == {"nb": "Mitt manus"}


def test_the_release_page_tells_what_has_changed_and_what_is_told(editor, cast):
    released(cast, Gathering.objects.get(pk=editor.pk))
    _minutes(editor, "g1-i2", 35)
    text = _text(editor.client.get(reverse("planning:release", args=[editor.pk])))
    assert "Theory nb" in text
    assert "20 min → 35 min" in text
    assert "Ingen er invitert ennå, så ingen får e-post." in text
    response = editor.client.post(reverse("planning:release", args=[editor.pk]))
    assert response.url == reverse("planning:gathering", args=[editor.pk])
    assert Gathering.objects.get(pk=editor.pk).releases.count() == 2


def test_an_item_that_is_not_there_is_not_found(editor):
    assert editor.client.get(reverse("planning:item", args=[editor.pk, "g2-i1"])).status_code == 404
