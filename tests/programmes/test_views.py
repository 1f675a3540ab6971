"""Blueprints in the web: read by those who run cohorts, written by owners, nothing typed ever lost."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspill.programmes import actions
from samspill.programmes.checking import check_file
from samspill.programmes.choices import VersionState
from samspill.programmes.exporting import to_yaml
from samspill.programmes.models import BlueprintVersion, Measure, Umbrella
from tests.cast import Cast, blueprint_content, text
from tests.programmes.url_rights import draft


@pytest.fixture
def owner(cast: Cast, client: Client) -> Client:
    cast.owner.language = "en"
    cast.owner.save()
    client.force_login(cast.owner)
    return client


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"programmes:{name}", args=args))
    assert response.status_code == 200
    return str(response.content.decode())


def posted(client: Client, name: str, args: list[Any], data: dict[str, Any]) -> Any:
    return client.post(reverse(f"programmes:{name}", args=args), data)


def languages(name: str, words: str) -> dict[str, str]:
    return {f"{name}_{code}": f"{words} {code}" for code in ("nb", "nn", "en")}


def rows(things: list[dict[str, Any]], *fields: str) -> dict[str, Any]:
    """What the browser sends for a list, unchanged."""
    count = str(len(things))
    data: dict[str, Any] = {"rows-TOTAL_FORMS": count, "rows-INITIAL_FORMS": count}
    data["order"] = [thing["key"] for thing in things]
    for number, thing in enumerate(things):
        data[f"rows-{number}-key"] = thing["key"]
        for field in fields:
            if isinstance(thing[field], dict):
                data |= {f"rows-{number}-{field}_{code}": words for code, words in thing[field].items()}
            else:
                data[f"rows-{number}-{field}"] = thing[field]
    return data


def content(version: BlueprintVersion) -> dict[str, Any]:
    version.refresh_from_db()
    found: dict[str, Any] = version.content
    return found


def test_a_version_is_a_document_in_the_readers_language(owner: Client, cast: Cast) -> None:
    shown = page(owner, "version", cast.cohort.blueprint.pk)
    for words in ("Purpose en", "Aim 3 en", "Effect 2 en", "Question 2.3 en", "Script g3 8 en", "Item 4 en"):
        assert words in shown
    assert "Purpose nb" not in shown


def test_the_list_of_programmes_takes_as_many_queries_for_three_measures_as_for_one(
    owner: Client, cast: Cast, django_assert_num_queries: Any
) -> None:
    from_one = _queries(owner)
    for number in (2, 3):
        Measure.objects.create(
            umbrella=Umbrella.objects.get(),
            key=f"measure-{number}",
            name=text("Another"),
            purpose=text("Purpose"),
            owner=text("Owner"),
            audience=text("Audience"),
        )
    with django_assert_num_queries(from_one):
        page(owner, "list")


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, "list")
    return len(captured)


def test_the_next_draft_is_begun_with_one_press(owner: Client, cast: Cast) -> None:
    posted(owner, "new_draft", ["measure"], {})
    assert BlueprintVersion.objects.get(state=VersionState.DRAFT).number == 2


def test_the_basics_are_saved_in_all_three_languages(owner: Client, cast: Cast) -> None:
    made = draft(cast)
    data = {**languages("title", "New"), **languages("purpose", "Why"), **languages("audience", "Who")}
    response = posted(owner, "edit_basics", [made.pk], {**data, "revision": 0})
    assert response.status_code == 302
    assert content(made) == {
        **blueprint_content(),
        "title": text("New"),
        "purpose": text("Why"),
        "audience": text("Who"),
    }


def test_what_was_typed_stays_on_the_page_when_somebody_else_was_quicker(owner: Client, cast: Cast) -> None:
    made = draft(cast)
    actions.save_draft(draft=made, content=blueprint_content(), revision=0, by=cast.owner)
    data = {**languages("title", "Mine"), **languages("purpose", "Why"), **languages("audience", "Who")}
    response = posted(owner, "edit_basics", [made.pk], {**data, "revision": 0})
    shown = response.content.decode()
    assert "Somebody else has saved the draft" in shown
    assert "Mine nn" in shown
    assert content(made) == blueprint_content()


def test_the_form_of_the_programme(owner: Client, cast: Cast) -> None:
    made = draft(cast)
    data = {
        **languages("text", "Form"),
        "gatherings": 3,
        "minutes": 180,
        "shortest": 4,
        "longest": 2,
        "work_between_minutes": 30,
        "theory_share_max": 20,
        "revision": 0,
    }
    assert posted(owner, "edit_frame", [made.pk], data).status_code == 200
    assert posted(owner, "edit_frame", [made.pk], {**data, "longest": 5}).status_code == 302
    assert content(made)["form"]["span_months"] == [4, 5]


def test_a_list_is_saved_as_it_stands_and_gets_longer_shorter_and_another_order(
    owner: Client, cast: Cast
) -> None:
    made = draft(cast)
    aims = blueprint_content()["aims"]
    address = [made.pk, "aims"]
    posted(owner, "edit_list", address, {**rows(aims, "text"), "add": "1", "revision": 0})
    assert [aim["key"] for aim in content(made)["aims"]] == ["a1", "a2", "a3", "a4"]
    posted(owner, "edit_list", address, {**rows(content(made)["aims"], "text"), "down": "a1", "revision": 1})
    posted(
        owner, "edit_list", address, {**rows(content(made)["aims"], "text"), "remove": "a3", "revision": 2}
    )
    assert [aim["key"] for aim in content(made)["aims"]] == ["a2", "a1", "a4"]
    changed = {**rows(content(made)["aims"], "text"), "rows-0-text_nb": "Nytt", "revision": 3}
    changed["order"] = ["a4", "a2", "a1"]
    posted(owner, "edit_list", address, changed)
    assert [(aim["key"], aim["text"]["nb"]) for aim in content(made)["aims"]] == [
        ("a4", ""),
        ("a2", "Nytt"),
        ("a1", "Aim 1 nb"),
    ]


def test_a_list_that_somebody_else_has_saved_is_shown_again_with_what_was_typed(
    owner: Client, cast: Cast
) -> None:
    made = draft(cast)
    actions.save_draft(draft=made, content=blueprint_content(), revision=0, by=cast.owner)
    data = {**rows(blueprint_content()["aims"], "text"), "rows-1-text_nb": "Mine ord", "revision": 0}
    shown = posted(owner, "edit_list", [made.pk, "aims"], data).content.decode()
    assert "Somebody else has saved the draft" in shown
    assert "Mine ord" in shown


def test_questions_statements_and_items_are_lists_with_more_fields(owner: Client, cast: Cast) -> None:
    made = draft(cast)
    questions = blueprint_content()["gatherings"][0]["questions"]
    posted(
        owner,
        "edit_inner_list",
        [made.pk, "g1", "questions"],
        {**rows(questions, "text"), "rows-0-aims": ["a2", "a3"], "add": "1", "revision": 0},
    )
    found = content(made)["gatherings"][0]["questions"]
    assert (found[0]["aims"], found[3]) == (
        ["a2", "a3"],
        {"key": "g1-q4", "text": {"nb": "", "nn": "", "en": ""}, "aims": []},
    )
    statements = blueprint_content()["instrument"]["items"]
    data = {**rows(statements, "text", "measures"), **languages("rows-0-low", "Never"), "revision": 1}
    assert posted(owner, "edit_list", [made.pk, "statements"], data).status_code == 200
    data |= languages("rows-0-high", "Always")
    posted(owner, "edit_list", [made.pk, "statements"], data)
    assert content(made)["instrument"]["items"][0]["high"] == text("Always")
    items = blueprint_content()["gatherings"][0]["items"]
    data = {**rows(items, "minutes", "mode"), "rows-3-mode": "break", "revision": 2}
    posted(owner, "edit_inner_list", [made.pk, "g1", "items"], data)
    assert "activity" not in content(made)["gatherings"][0]["items"][3]


def test_an_item_and_its_activity(owner: Client, cast: Cast) -> None:
    made = draft(cast)
    item = {
        **languages("title", "Reflect"),
        **languages("script", "Say"),
        "minutes": 40,
        "mode": "reflection",
    }
    posted(owner, "edit_item", [made.pk, "g1", "g1-i3"], {**item, "question": "g1-q2", "revision": 0})
    address = [made.pk, "g1", "g1-i3"]
    activity = {"kind": "scale", "attribution": "unlinkable", **languages("prompt", "How far?")}
    back_for_its_fields = posted(owner, "edit_activity", address, {**activity, "revision": 1}).url
    assert back_for_its_fields == reverse("programmes:edit_activity", args=address)
    ends = {**languages("low", "Not"), **languages("high", "Fully")}
    posted(owner, "edit_activity", address, {**activity, **ends, "revision": 2})
    posted(owner, "edit_choices", address, {**rows([]), "add": "1", "revision": 3})
    found = content(made)["gatherings"][0]["items"][2]
    assert found == {
        "key": "g1-i3",
        "title": text("Reflect"),
        "minutes": 40,
        "mode": "reflection",
        "optional": False,
        "question": "g1-q2",
        "script": text("Say"),
        "activity": {
            "kind": "scale",
            "attribution": "unlinkable",
            "prompt": text("How far?"),
            "statements": [{"key": "g1-i3-s1", "text": {"nb": "", "nn": "", "en": ""}}],
            "low": text("Not"),
            "high": text("Fully"),
        },
    }


def test_work_between_gatherings_is_written_and_taken_away(owner: Client, cast: Cast) -> None:
    made = draft(cast)
    posted(owner, "edit_work", [made.pk, "g1"], {"remove": "1", "revision": 0})
    assert "work_after" not in content(made)["gatherings"][0]
    data = {**languages("title", "Talk"), **languages("text", "Ask"), "minutes": 45, "revision": 1}
    posted(owner, "edit_work", [made.pk, "g1"], data)
    assert content(made)["gatherings"][0]["work_after"]["minutes"] == 45


def test_a_draft_that_is_not_finished_says_what_is_left_and_cannot_be_released(
    owner: Client, cast: Cast
) -> None:
    made = draft(cast)
    unfinished = {**blueprint_content(), "purpose": {"nb": "Hvorfor", "nn": "", "en": ""}}
    actions.save_draft(draft=made, content=unfinished, revision=0, by=cast.owner)
    assert "2 things are left" in page(owner, "edit", made.pk)
    assert posted(owner, "release", [made.pk], {"revision": 1}).status_code == 409
    assert content(made)["purpose"]["nn"] == ""


def test_a_release_shows_what_is_new_and_stands(owner: Client, cast: Cast) -> None:
    made = draft(cast)
    changed = {**blueprint_content(), "purpose": text("Quite another purpose")}
    actions.save_draft(draft=made, content=changed, revision=0, by=cast.owner)
    shown = page(owner, "release", made.pk)
    assert "New purpose" in shown
    assert "<ins>Quite another purpose</ins> en" in shown
    assert posted(owner, "release", [made.pk], {"revision": 1}).status_code == 302
    assert owner.get(reverse("programmes:edit", args=[made.pk])).status_code == 404
    assert "New purpose" in page(owner, "changes", made.pk)


def test_a_release_of_what_was_not_seen_is_refused(owner: Client, cast: Cast) -> None:
    made = draft(cast)
    actions.save_draft(draft=made, content=blueprint_content(), revision=0, by=cast.owner)
    assert posted(owner, "release", [made.pk], {"revision": 0}).status_code == 409
    made.refresh_from_db()
    assert made.state == VersionState.DRAFT


def test_the_export_comes_back_the_same(owner: Client, cast: Cast) -> None:
    response = owner.get(reverse("programmes:export", args=[cast.cohort.blueprint.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="measure-1.yaml"'
    assert check_file(response.content).content == blueprint_content()


def upload(client: Client, raw: bytes) -> str:
    file = SimpleUploadedFile("opplegg.yaml", raw)
    return str(posted(client, "import", [], {"file": file}).content.decode())


def test_a_wrong_file_shows_every_fault_and_saves_nothing(owner: Client, cast: Cast) -> None:
    wrong = to_yaml(blueprint_content()).replace("mode: theory", "mode: lecture")
    shown = upload(owner, wrong.encode())
    assert "opplegg.yaml has 3 faults" in shown
    assert shown.count("“lecture” is not one of") == 3
    assert not BlueprintVersion.objects.filter(state=VersionState.DRAFT).exists()


def test_a_right_file_is_confirmed_before_it_becomes_the_draft(owner: Client, cast: Cast) -> None:
    wanted = {**blueprint_content(), "purpose": text("From a file")}
    shown = upload(owner, to_yaml(wanted).encode())
    assert "<ins>From a file</ins> en" in shown
    assert not BlueprintVersion.objects.filter(state=VersionState.DRAFT).exists()
    posted(owner, "import", [], {"content": json.dumps(wanted)})
    assert BlueprintVersion.objects.get(state=VersionState.DRAFT).content == wanted


@pytest.mark.parametrize("sent", ["", "[]", "{}", "{"])
def test_what_the_page_has_not_made_itself_is_not_confirmed(owner: Client, sent: str) -> None:
    assert posted(owner, "import", [], {"content": sent}).status_code == 404


def test_the_schema_is_open_to_everybody(client: Client, db: None) -> None:
    response = client.get(reverse("programmes:schema"))
    assert response["Content-Type"] == "application/schema+json"
    assert response.json()["title"] == "Blueprint"


@pytest.mark.parametrize(
    "address",
    [
        "edit/list/unknown/",
        "edit/list/questions/",
        "edit/list/choices/",
        "edit/g1/list/aims/",
        "edit/g9/",
        "edit/g9/list/items/",
        "edit/g1/item/g2-i1/",
        "edit/g1/item/g1-i1/choices/",
    ],
)
def test_parts_that_are_not_there_are_not_found(owner: Client, cast: Cast, address: str) -> None:
    assert owner.get(f"/programmes/{draft(cast).pk}/{address}").status_code == 404
