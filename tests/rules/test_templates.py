"""Templates carry no script, no style and no colours of their own, and name only what exists."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.urls import get_resolver

from tests.rules.house import SOURCE, templates

INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "inline event handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.I),
    "hex colour": re.compile(r"(?:fill|stroke|color)=\"#[0-9a-f]{3,8}\"", re.I),
    "javascript address": re.compile(r"href=[\"']javascript:", re.I),
    "another host's file": re.compile(
        r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"'](?:https?:)?//", re.I
    ),
}


def test_templates_carry_nothing_inline():
    found = [
        f"{path.relative_to(SOURCE)}: {what}"
        for path in templates()
        if path.suffix == ".html"
        for what, pattern in INLINE.items()
        if pattern.search(path.read_text())
    ]
    assert found == []


def test_python_makes_no_inline_style():
    found = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(r"style=\\?[\"']", path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_template_names_only_what_exists(path):
    source = path.read_text()
    get_template(str(path).split("/templates/", 1)[1])  # syntax, tags and filters
    named = re.findall(r"{%\s*(?:extends|include)\s+\"([^\"]+)\"", source)
    for name in named:
        if not name.startswith("django/forms/"):  # Django's own, which only the form renderer finds
            get_template(name)
    missing_files = [
        name for name in re.findall(r"{%\s*static\s+\"([^\"]+)\"", source) if finders.find(name) is None
    ]
    assert missing_files == []
    addresses = re.findall(r"{%\s*url\s+\"([^\"]+)\"", source)
    assert [name for name in addresses if name not in _address_names()] == []


def _address_names() -> set[str]:
    names: set[str] = set()
    _collect(get_resolver(), "", names)
    return names


def _collect(resolver, prefix, names):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            _collect(pattern, namespace, names)
        elif pattern.name:
            names.add(f"{prefix}{pattern.name}")
