from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The main menu of a signed-in person; empty for everybody else."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": []}
    entries = [(_("My start page"), "home:start"), (_("Cohorts"), "cohorts:list")]
    if user.is_facilitator:
        entries += [(_("Programmes"), "programmes:list"), (_("Register"), "sectors:list")]
    if user.is_owner:
        entries += [
            (_("Portfolio"), "home:portfolio"),
            (_("People"), "people:list"),
            (_("Messages"), "inbox"),
        ]
    return {"nav": [_entry(label, reverse(name), request.path) for label, name in entries]}


def _entry(label: str, url: str, path: str) -> dict[str, Any]:
    at_start = path == url if url == reverse("home:start") else path.startswith(url)
    return {"label": label, "url": url, "current": at_start}
