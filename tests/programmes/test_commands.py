"""`samspill blueprint check|import|export FILE`."""

from pathlib import Path

import pytest
from django.utils import translation

from samspill.programmes import commands
from samspill.programmes.exporting import to_yaml
from samspill.programmes.models import BlueprintVersion
from tests.cast import Cast, blueprint_content, text


@pytest.fixture
def said() -> list[str]:
    return []


def test_checking_says_every_fault_with_file_and_line(tmp_path: Path, said: list[str]) -> None:
    file = tmp_path / "blueprint.yaml"
    content = {**blueprint_content(), "measure": "Stor bokstav"}
    content["form"]["gatherings"] = "tre"
    file.write_text(to_yaml(content), encoding="utf-8")
    with translation.override("en"):
        assert commands.check(file, said.append) == 1
    lines = file.read_text(encoding="utf-8").split("\n")
    assert said == [
        f"{file}:4: measure: “Stor bokstav” cannot be a key. A key begins with a lower-case letter "
        "and has only lower-case letters, digits and hyphens.",
        f"{file}:{lines.index('  gatherings: tre') + 1}: form.gatherings: This must be a whole number.",
    ]


def test_a_file_that_is_not_there(tmp_path: Path, said: list[str]) -> None:
    assert commands.check(tmp_path / "none.yaml", said.append) == 2


def test_a_file_comes_in_as_the_draft_and_goes_out_the_same(
    cast: Cast, tmp_path: Path, said: list[str]
) -> None:
    coming, going = tmp_path / "in.yaml", tmp_path / "out.yaml"
    coming.write_text(to_yaml({**blueprint_content(), "purpose": text("New")}), encoding="utf-8")
    assert commands.import_(coming, said.append) == 0
    assert commands.export(going, "measure", 2, said.append) == 0
    assert going.read_text(encoding="utf-8") == coming.read_text(encoding="utf-8")


def test_by_default_the_newest_release_goes_out(cast: Cast, tmp_path: Path, said: list[str]) -> None:
    file = tmp_path / "out.yaml"
    assert commands.export(file, "measure", say=said.append) == 0
    assert file.read_text(encoding="utf-8") == to_yaml(blueprint_content())


def test_what_cannot_come_in_or_go_out(cast: Cast, tmp_path: Path, said: list[str]) -> None:
    file = tmp_path / "in.yaml"
    file.write_text(to_yaml({**blueprint_content(), "measure": "other"}), encoding="utf-8")
    assert commands.import_(file, said.append) == 1
    assert commands.export(file, "measure", 9, said.append) == 1
    assert commands.export(tmp_path / "no" / "folder.yaml", "measure", 1, said.append) == 2
    with translation.override("en"):
        assert commands.export(file, "other", None, said.append) == 1
    assert said[-1] == "There is no measure “other”. There are: measure."
    assert BlueprintVersion.objects.count() == 1
