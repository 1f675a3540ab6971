"""Every message is there in bokmål and nynorsk (English is the source), compiled and without doubt."""

import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.house import SOURCE

LANGUAGES = ["nb", "nn"]


@pytest.fixture(scope="module")
def wanted(tmp_path_factory) -> set[str]:
    """Every msgid that occurs in source and templates, as xgettext finds them."""
    copy = tmp_path_factory.mktemp("messages") / "samspill"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("locale", "vendor", "__pycache__"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-P", "-m", "django", "makemessages", "-l", "nb", "--no-wrap", "--no-location"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    return set(_ids((copy / "locale/nb/LC_MESSAGES/django.po").read_text()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(wanted, language):
    translated = {key for path in _catalogues(language) for key in _compiled(path.with_suffix(".mo"))}
    assert sorted(wanted - translated) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_in_doubt(language):
    doubtful = [
        str(path.relative_to(SOURCE)) for path in _catalogues(language) if "#, fuzzy" in path.read_text()
    ]
    assert doubtful == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogues_are_fresh(language, tmp_path):
    stale = []
    for path in _catalogues(language):
        fresh = tmp_path / "fresh.mo"
        subprocess.run(["msgfmt", "--check-format", "-o", fresh, path], check=True)
        if _compiled(fresh) != _compiled(path.with_suffix(".mo")):
            stale.append(str(path.relative_to(SOURCE)))
    assert stale == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_message_has_one_translation_in_the_whole_house(language):
    """Catalogues are merged at run time, so the same msgid must not say two things."""
    seen: dict[str, dict[str, str]] = {}
    for path in _catalogues(language):
        for key, words in _compiled(path.with_suffix(".mo")).items():
            seen.setdefault(key, {})[str(path.relative_to(SOURCE))] = words
    assert {key: homes for key, homes in seen.items() if len(set(homes.values())) > 1} == {}


def test_the_two_written_forms_are_not_copies_of_each_other():
    """Some messages are alike in both; a catalogue that is mostly alike has been copied."""
    for path in _catalogues("nb"):
        bokmaal = _compiled(path.with_suffix(".mo"))
        nynorsk = _compiled(Path(str(path.with_suffix(".mo")).replace("/nb/", "/nn/")))
        sentences = [key for key, words in bokmaal.items() if len(words.split()) > 5]
        alike = [key for key in sentences if bokmaal[key] == nynorsk.get(key)]
        assert len(alike) <= max(2, len(sentences) * 0.15), (path, alike)


def _catalogues(language: str) -> list[Path]:
    return sorted(SOURCE.glob(f"*/locale/{language}/LC_MESSAGES/django.po"))


def _compiled(path: Path) -> dict[str, str]:
    """msgid (with its plural forms told apart) → translation, empty ones left out."""
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    return {_name(key): words for key, words in catalogue.items() if key and words}


def _name(key: str | tuple[str, int]) -> str:
    return key if isinstance(key, str) else key[0]


def _ids(text: str) -> list[str]:
    """msgids of a .po file, with context as gettext keys it."""
    found = []
    for block in text.split("\n\n"):
        if block.startswith("#~") or "\n#~ msgid" in block:
            continue
        context = _joined(block, "msgctxt")
        msgid = _joined(block, "msgid")
        if msgid:
            found.append(f"{context}\x04{msgid}" if context else msgid)
    return found


def _joined(block: str, keyword: str) -> str:
    match = re.search(rf"^{keyword} ((?:\".*\"\n?)+)", block, re.M)
    if match is None:
        return ""
    parts = re.findall(r"\"((?:[^\"\\]|\\.)*)\"", match.group(1))
    return "".join(parts).encode().decode("unicode_escape").encode("latin-1").decode() if parts else ""
