"""A blueprint file comes in: every fault is shown, and nothing is saved before it is confirmed."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspill.people.access import require_owner
from samspill.people.requests import SignedIn
from samspill.programmes.actions import import_blueprint
from samspill.programmes.checking import check_file, faults_of
from samspill.programmes.differences import blueprint_differences
from samspill.programmes.forms import UploadForm
from samspill.programmes.models import Measure
from samspill.programmes.queries import draft_of, latest_release


def import_file(request: SignedIn) -> HttpResponse:
    """First the file; when nothing is wrong with it, what it would do; then the confirmation."""
    require_owner(request.user)
    if request.method == "POST" and "content" in request.POST:
        draft = import_blueprint(content=_confirmed(request.POST["content"]), by=request.user)
        messages.success(
            request, _("The file is now the draft of version %(number)d.") % {"number": draft.number}
        )
        return redirect("programmes:edit", draft.pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        checked = check_file(upload.read())
        context |= {"name": upload.name, "faults": checked.faults}
        if checked.content is not None:
            context |= _what_it_would_do(checked.content)
    return render(request, "programmes/import.html", context)


def _what_it_would_do(content: dict[str, Any]) -> dict[str, Any]:
    measure = Measure.objects.filter(key=content["measure"]).first()
    if measure is None:
        known = ", ".join(Measure.objects.values_list("key", flat=True))
        return {"no_measure": content["measure"], "known": known}
    before = draft_of(measure) or latest_release(measure)
    return {
        "measure": measure,
        "draft": draft_of(measure),
        "before": before,
        "differences": blueprint_differences(before.content, content) if before else (),
        "titles": {plan["key"]: plan["title"] for plan in content["gatherings"]},
        "content": json.dumps(content, ensure_ascii=False),
    }


def _confirmed(sent: str) -> dict[str, Any]:
    """What the page itself has sent along; 404 for anything else than a checked blueprint."""
    try:
        content = json.loads(sent)
    except (ValueError, RecursionError):
        raise Http404 from None
    if not isinstance(content, dict) or faults_of(content):
        raise Http404
    return content
