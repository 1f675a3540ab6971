"""What `make` does before it does what it was asked for."""

import os
import subprocess
import sys
from pathlib import Path

import environment
import make
import messages
import packages
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def test_what_is_missing_is_said_in_one_sentence_when_it_cannot_be_installed(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(packages.MissingError) as problem:
        packages.have([packages.CHROMIUM, packages.GETTEXT])
    assert str(problem.value) == (
        "for looking at pages as a person sees them and the messages in three languages, install what Debian calls "
        "chromium gettext (there: sudo apt-get install chromium gettext), and run this again."
    )


def test_nothing_is_said_when_nothing_is_missing():
    packages.have(packages.Need)


def test_running_the_site_needs_neither_browser_nor_database_server():
    _, needs = make.TARGETS["run"]
    assert set(needs) == {packages.PANGO, packages.FONTS}


def test_testing_needs_everything_so_that_nothing_is_skipped():
    _, needs = make.TARGETS["test"]
    assert set(needs) == set(packages.Need)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with what the environment is made from, and an environment that has been made."""
    for name in environment.MADE_FROM:
        (tmp_path / name).write_text(name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "samspill").touch()
    (tmp_path / ".venv" / "made-from").write_text(environment.fingerprint(tmp_path))
    return tmp_path


def test_an_environment_that_is_there_is_not_made_again(project, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")  # whatever it tried to run, it would not find
    environment.make(project)


@pytest.mark.parametrize("name", environment.MADE_FROM)
def test_a_change_of_what_it_is_made_from_makes_it_anew(project, name):
    before = environment.fingerprint(project)
    (project / name).write_text("changed")
    assert environment.fingerprint(project) != before


def test_a_repository_without_its_lock_is_a_sentence(project):
    (project / "uv.lock").unlink()
    with pytest.raises(environment.UnusableError, match=r"uv\.lock is missing"):
        environment.make(project)


def test_without_python_make_says_what_to_install(tmp_path):
    (tmp_path / "sh").symlink_to("/bin/sh")
    done = subprocess.run(
        ["/usr/bin/make", "run"], cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "Samspill needs Python 3.11 or newer" in done.stderr


def catalogue(folder: Path, body: str) -> Path:
    path = folder / "django.po"
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n{body}\n')
    return path


def test_a_message_without_translation_is_found(tmp_path):
    assert messages.missing(catalogue(tmp_path, 'msgid "Yes"\nmsgstr ""')) == 'msgid "Yes"\nmsgstr ""'


def test_a_message_that_was_only_guessed_is_found(tmp_path):
    found = messages.missing(catalogue(tmp_path, '#, fuzzy\nmsgid "Yes"\nmsgstr "Nei"'))
    assert found == '#, fuzzy\nmsgid "Yes"\nmsgstr "Nei"'


def test_a_translated_message_is_no_complaint(tmp_path):
    assert messages.missing(catalogue(tmp_path, 'msgid "Yes"\nmsgstr "Ja"')) == ""


def test_the_scripts_need_nothing_but_python():
    """They make the environment, so they run before there is one."""
    program = "import make, sys; print(sorted(name for name in sys.modules if name.startswith('django')))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'scripts')!r}); {program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
