"""What the documents claim is so."""

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
OPERATE = (ROOT / "docs" / "operate.md").read_text()
SOURCE = ROOT / "src" / "samspill"
TARGETS = {"run", "test", "check", "bench", "screenshots", "messages"}


def settings_read() -> dict[str, bool]:
    """Every variable the settings read, and whether it may come from a file."""
    code = (SOURCE / "settings.py").read_text()
    calls = re.findall(r"environment\.(flag|number|words|text|secret)\(\s*\"(SAMSPILL_\w+)\"", code)
    return {name: how == "secret" for how, name in calls}


def settings_documented() -> dict[str, bool]:
    rows = re.findall(r"^\| `(SAMSPILL_\w+)`( \(`_FILE`\))? \|", OPERATE, re.M)
    return {name: bool(file) for name, file in rows}


def commands_documented() -> set[str]:
    return {" ".join(row.split()[:2]) for row in re.findall(r"^\| `samspill ([^`]+)`", OPERATE, re.M)}


def test_every_setting_is_documented_and_every_documented_one_exists():
    assert settings_documented() == settings_read()


def test_the_table_of_settings_is_in_order():
    assert list(settings_documented()) == sorted(settings_documented())


def test_no_other_place_reads_the_environment_behind_the_settings_back():
    readers = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(r"os\.environ|getenv", path.read_text())
    }
    assert readers == {"environment.py", "asgi.py", "wsgi.py", "cli.py"}


@pytest.mark.parametrize("name", sorted(set(re.findall(r"SAMSPILL_\w+", OPERATE))))
def test_every_variable_named_in_the_text_exists(name):
    assert name.removesuffix("_FILE") in settings_read()


def test_every_command_is_documented_and_every_documented_one_exists():
    done = subprocess.run([sys.executable, "-m", "samspill.cli", "--help"], capture_output=True, text=True)
    listed = re.findall(r"^    (\w+)(?:\s|$)", done.stdout.partition("COMMAND\n")[2], re.M)
    assert {command.split()[0] for command in commands_documented()} == set(listed)


def test_the_version_is_the_first_heading_of_the_changelog():
    heading = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert heading
    assert version("samspill") == heading.group(1)


def test_make_knows_the_targets_and_the_readme_names_them():
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)
    assert phony
    assert set(phony.group(1).split()) == TARGETS
    readme = (ROOT / "README.md").read_text()
    assert {target for target in TARGETS if f"make {target}" in readme} == TARGETS


def test_ci_does_nothing_but_test_and_check():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if line.startswith("make")] == ["make test", "make check"]


@pytest.mark.parametrize("document", ["README.md", "docs/architecture.md", "docs/operate.md"])
def test_links_in_the_documents_lead_somewhere(document):
    path = ROOT / document
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text())
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert missing == []


def test_the_licence_is_the_whole_text_of_the_eupl():
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert [f"\n{number}." in text for number in range(1, 16)] == [True] * 15
    assert "Appendix" in text
