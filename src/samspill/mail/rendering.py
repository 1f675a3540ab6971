"""The text of a mail, made from its two templates in the recipient's language."""

import re
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.engine import Engine
from django.utils import translation

from samspill.mail.choices import Rendered


def render(*, template: str, data: dict[str, Any], to_name: str, language: str) -> Rendered:
    """Subject and body of the mail; plain text, so nothing is escaped.

    The templates are `<template>.subject.txt` and `<template>.txt`. They see `data`, `to_name`, `site_address`,
    and `sender` and `sender_mail`: who stands behind the programmes and answers when somebody writes back.
    """
    context = {
        **data,
        "to_name": to_name,
        "site_address": settings.SITE_ADDRESS,
        "sender": settings.CONTACT_NAME,
        "sender_mail": settings.CONTACT_MAIL,
    }
    with translation.override(language):
        subject = _text(f"{template}.subject.txt", context)
        body = _text(f"{template}.txt", context)
    return Rendered(subject=" ".join(subject.split()), body=re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n")


def _text(name: str, context: dict[str, Any]) -> str:
    return Engine.get_default().get_template(name).render(Context(context, autoescape=False))
