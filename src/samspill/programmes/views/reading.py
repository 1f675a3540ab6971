"""Umbrella programmes, measures and versions, as programme owners and facilitators read them."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from samspill.people.requests import SignedIn
from samspill.programmes import actions
from samspill.programmes.checking import faults_of, schema
from samspill.programmes.choices import VersionState
from samspill.programmes.differences import blueprint_differences
from samspill.programmes.exporting import to_yaml
from samspill.programmes.models import BlueprintVersion
from samspill.programmes.queries import draft_of, measure_for, umbrellas, version_for, versions_of


@require_safe
def programme_list(request: SignedIn) -> HttpResponse:
    return render(request, "programmes/list.html", {"umbrellas": umbrellas(request.user)})


@require_safe
def measure(request: SignedIn, key: str) -> HttpResponse:
    found = measure_for(request.user, key)
    versions = list(versions_of(found).defer("content"))
    draft = next((version for version in versions if version.state == VersionState.DRAFT), None)
    context = {"measure": found, "versions": versions, "draft": draft}
    return render(request, "programmes/measure.html", context)


@require_POST
def new_draft(request: SignedIn, key: str) -> HttpResponse:
    found = measure_for(request.user, key)
    draft = draft_of(found) or actions.create_draft(measure=found, by=request.user)
    return redirect("programmes:edit", draft.pk)


@require_safe
def version(request: SignedIn, pk: int) -> HttpResponse:
    found = version_for(request.user, pk)
    context = {
        "version": found,
        "blueprint": found.blueprint,
        "is_draft": found.state == VersionState.DRAFT,
        "before": _before(found),
        "faults": faults_of(found.content) if found.state == VersionState.DRAFT else (),
    }
    return render(request, "programmes/version.html", context)


@require_safe
def changes(request: SignedIn, pk: int) -> HttpResponse:
    """What is different from an earlier version: the one before, or the one asked for by ?since=<number>."""
    found = version_for(request.user, pk)
    others = found.measure.versions.exclude(pk=found.pk).order_by("-number")
    since = request.GET.get("since", "")
    before = others.filter(number=since).first() if since.isdecimal() else _before(found)
    if since and before is None:
        raise Http404
    context = {
        "version": found,
        "before": before,
        "others": others.defer("content"),
        "differences": blueprint_differences(before.content, found.content) if before else (),
        "titles": {plan["key"]: plan["title"] for plan in found.content["gatherings"]},
    }
    return render(request, "programmes/changes.html", context)


@require_safe
def export(request: SignedIn, pk: int) -> HttpResponse:
    found = version_for(request.user, pk)
    name = f"{found.measure.key}-{found.number}.yaml"
    response = HttpResponse(to_yaml(found.content), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@login_not_required
@require_safe
def blueprint_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema that blueprint files are checked against, for editors and other programs."""
    response = JsonResponse(schema(), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Type"] = "application/schema+json"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _before(version: BlueprintVersion) -> BlueprintVersion | None:
    """The newest released version with a lower number."""
    earlier = version.measure.versions.filter(state=VersionState.RELEASED, number__lt=version.number)
    return earlier.order_by("-number").first()
