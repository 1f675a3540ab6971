"""What leaders write never reaches the log."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError, connection
from django.utils.module_loading import import_string

from samspill.live.models import Topic

WORDS = "what a leader wrote in confidence"


@pytest.fixture
def formatter() -> logging.Formatter:
    """As the site's settings make it."""
    settings_of_it = dict(settings.LOGGING["formatters"]["line"])
    make = import_string(settings_of_it.pop("()"))
    return make(settings_of_it["format"], style=settings_of_it["style"])


def logged(formatter: logging.Formatter, message: str) -> str:
    record = logging.LogRecord("samspill", logging.ERROR, __file__, 1, message, None, sys.exc_info())
    return formatter.format(record)


def test_every_handler_leaves_out_the_messages_of_errors():
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"line"}
    assert settings.LOGGING["formatters"]["line"]["()"] == "samspill.logs.WithoutWords"


def test_an_error_is_logged_with_its_place_and_kind_but_not_its_message(formatter):
    try:
        int(WORDS)
    except ValueError:
        text = logged(formatter, "It failed.")
    assert WORDS not in text
    assert "ERROR samspill It failed." in text
    assert "test_logs.py" in text
    assert "builtins.ValueError (message left out)" in text


def test_neither_are_the_messages_of_the_errors_behind_it(formatter):
    try:
        try:
            int(WORDS)
        except ValueError as error:
            raise RuntimeError(WORDS) from error
    except RuntimeError:
        text = logged(formatter, "It failed.")
    assert WORDS not in text
    assert "builtins.RuntimeError (message left out)" in text
    assert "builtins.ValueError (message left out)" in text


def test_a_database_error_that_quotes_the_row_does_not_bring_it_into_the_log(formatter, db):
    Topic.objects.create(name=WORDS)
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO live_topic (name, version) VALUES (%s, 0)", [WORDS])
    except IntegrityError:
        text = logged(formatter, "It failed.")
    assert WORDS not in text
    assert "django.db.utils.IntegrityError (message left out)" in text
