"""What the browser is given: from our own host only, and vendored files that are what they say."""

import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from samspill import ui

STATIC = Path(ui.__file__).parent / "static" / "ui"
TEMPLATES = Path(ui.__file__).parent / "templates"
CSS = sorted(STATIC.rglob("*.css"))
OWN_CSS = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
VENDORS = sorted(path for path in (STATIC / "vendor").iterdir() if path.is_dir())


def name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("sheet", CSS, ids=name)
def test_a_style_sheet_asks_no_other_host(sheet: Path) -> None:
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text())
    foreign = [
        address for address in addresses if not address.startswith(("data:image/svg+xml", "../vendor/"))
    ]
    assert foreign == []
    assert "@import" not in sheet.read_text()


@pytest.mark.parametrize("sheet", OWN_CSS, ids=name)
def test_every_file_a_style_sheet_asks_for_is_there(sheet: Path) -> None:
    addresses = re.findall(r"url\(\"(\.\./[^\"]+)\"\)", sheet.read_text())
    assert [address for address in addresses if not (sheet.parent / address).is_file()] == []


@pytest.mark.parametrize("sheet", OWN_CSS, ids=name)
def test_colours_come_from_the_design_system(sheet: Path) -> None:
    assert re.findall(r":[^;{}]*(#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\()", sheet.read_text()) == []


@pytest.mark.parametrize("sheet", OWN_CSS, ids=name)
def test_every_token_of_the_design_system_we_use_exists(sheet: Path) -> None:
    given = "".join(path.read_text() for path in (STATIC / "vendor" / "designsystemet").glob("*.css"))
    used = set(re.findall(r"var\((--ds-[\w-]+)", sheet.read_text()))
    assert {token for token in used if f"{token}:" not in given} == set()


@pytest.mark.parametrize("sheet", OWN_CSS, ids=name)
def test_every_name_of_our_own_is_defined(sheet: Path) -> None:
    defined = {name for path in OWN_CSS for name in re.findall(r"(--[\w-]+)\s*:", path.read_text())}
    used = set(re.findall(r"var\((--(?!ds)[\w-]+)\)", sheet.read_text()))
    assert used - defined == set()


@pytest.mark.parametrize("path", [*OWN_CSS, *SCRIPTS], ids=name)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_scripts_run_under_the_strict_content_policy(script: Path) -> None:
    code = script.read_text()
    assert re.findall(r"\beval\(|new Function|innerHTML|\.style\b|https?://|document\.write", code) == []


@pytest.mark.parametrize("vendor", VENDORS, ids=name)
def test_a_vendored_file_is_the_one_its_readme_names(vendor: Path) -> None:
    readme = (vendor / "README.md").read_text()
    told = dict(re.findall(r"^sha256 (\S+): ([0-9a-f]{64})$", readme, re.MULTILINE))
    files = [path for path in vendor.iterdir() if path.name not in {"README.md", "LICENSE"}]
    assert told == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert (vendor / "LICENSE").is_file()
    assert re.search(r"^version: \d+\.\d+\.\d+", readme, re.MULTILINE)


def test_htmx_is_the_version_its_readme_says() -> None:
    vendor = STATIC / "vendor" / "htmx"
    assert re.findall(r'version:"([\d.]+)"', (vendor / "htmx.min.js").read_text()) == re.findall(
        r"^version: (\S+)$", (vendor / "README.md").read_text(), re.MULTILINE
    )


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=name)
def test_templates_hold_no_script_style_or_colour(template: Path) -> None:
    html = template.read_text()
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:|#[0-9a-fA-F]{6}\b", html) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", html) == []


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=name)
def test_every_static_file_a_template_names_exists(template: Path) -> None:
    named = re.findall(r"{% static \"([^\"]+)\" %}", template.read_text())
    assert [path for path in named if finders.find(path) is None] == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_sentence_is_translated_and_none_is_a_guess(language: str) -> None:
    catalogue = (Path(ui.__file__).parent / "locale" / language / "LC_MESSAGES" / "django.po").read_text()
    _head, *entries = catalogue.strip().split("\n\n")
    assert [entry for entry in entries if 'msgstr ""' in entry or 'msgstr[0] ""' in entry] == []
    assert "fuzzy" not in catalogue
