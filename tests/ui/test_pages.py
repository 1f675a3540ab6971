"""The frame of every page: language, way in for keyboards, titles, and errors that say what to do next."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

LANGUAGES = pytest.mark.parametrize("language", ["nb", "nn", "en"])


def shown(template: str, language: str = "nb", **context: object) -> str:
    request = RequestFactory().get("/somewhere/")
    request.user = AnonymousUser()
    with override(language):
        return render_to_string(template, context, request=request)


@LANGUAGES
def test_the_page_is_in_the_language_it_says(language: str) -> None:
    assert f'<html lang="{language}" data-color-scheme="auto">' in shown("404.html", language)


def test_the_first_thing_the_keyboard_meets_leads_to_the_main_content() -> None:
    page = shown("404.html")
    assert re.findall(r"<a [^>]*>", page)[0] == '<a class="ds-skip-link" href="#main">'
    assert '<main class="page__main" id="main" tabindex="-1">' in page


@pytest.mark.parametrize("code", ["400", "403", "404", "429", "500"])
@LANGUAGES
def test_an_error_page_says_what_happened_and_leads_on(code: str, language: str) -> None:
    page = shown(f"{code}.html", language)
    heading, *others = re.findall(r"<h1>(.+)</h1>", page)
    assert others == []
    assert f"<title>{heading} · Samspill</title>" in page
    assert '<a class="ds-button" href="/">' in page


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_an_error_page_is_written_in_norwegian(language: str) -> None:
    assert "Samspill</title>" in shown("403.html", language)
    assert shown("403.html", language) != shown("403.html", "en")
    assert "Error" not in shown("403.html", language)


def test_the_page_for_our_own_failures_needs_nothing() -> None:
    assert Template("{% include '500.html' %}").render(Context()) != ""


def test_practice_data_are_announced_on_every_page() -> None:
    assert 'class="practice"' in shown("404.html", practice=True)
    assert 'class="practice"' not in shown("404.html", practice=False)


def test_a_message_has_the_colour_of_its_kind() -> None:
    class Message:
        level_tag = "error"

        def __str__(self) -> str:
            return "Det gikk ikke."

    page = Template("{% include 'ui/messages.html' %}").render(Context({"messages": [Message()]}))
    assert (
        '<div class="ds-alert" data-color="danger"><p class="ds-paragraph">Det gikk ikke.</p></div>' in page
    )
    assert 'role="status"' in page


def test_the_chain_says_the_state_of_each_link_in_words_too() -> None:
    chain = [
        {"label": "Datoer", "url": "/datoer/", "state": "done"},
        {"label": "Samling 1", "url": "/samling/1/", "state": "now", "current": True, "note": "12. april"},
        {"label": "Effekt", "url": "", "state": "off"},
    ]
    page = shown("ui/chain.html", chain=chain)
    assert re.findall(r'data-state="(\w+)"', page) == ["done", "now", "off"]
    assert re.findall(r"sr-only\">, ([\w ]+)<", page) == ["ferdig", "i gang", "ikke i bruk"]
    assert re.findall(r'href="(\S+)"( aria-current="page")?', page) == [
        ("/datoer/", ""),
        ("/samling/1/", ' aria-current="page"'),
    ]


def test_steps_tell_how_far_one_has_come() -> None:
    page = shown("ui/steps.html", step=2, total=4, label="Hvem er med")
    assert "Trinn 2 av 4: Hvem er med" in page
    assert page.count("<li") == 4
    assert page.count("<li data-done>") == 2


def test_an_icon_says_nothing_to_those_who_listen() -> None:
    page = Template("{% load ui %}{% icon 'check' %}").render(Context())
    assert 'aria-hidden="true"' in page
    with pytest.raises(KeyError):
        Template("{% load ui %}{% icon 'nothing' %}").render(Context())
