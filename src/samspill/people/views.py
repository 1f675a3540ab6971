import json
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspill.errors import Refused
from samspill.people import actions
from samspill.people.access import require_owner
from samspill.people.choices import Duty, Language
from samspill.people.forms import OwnForm, PersonForm, initial_of
from samspill.people.limits import limit
from samspill.people.models import Person
from samspill.people.queries import everything_about, people, person_for, practice_person
from samspill.people.requests import SignedIn

PAGE = 50


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language: for a signed-in person for ever, for others as long as the browser is open."""
    chosen = request.POST.get("language", "")
    if chosen not in Language.values:
        raise Refused(_("Samspill speaks bokmål, nynorsk and English."))
    request.session["language"] = chosen
    if isinstance(request.user, Person):
        actions.choose_language(person=request.user, language=chosen, by=request.user)
    return redirect(_in_language(_safe_next(request, default="/"), chosen))


@login_not_required
@require_POST
def practice_sign_in(request: HttpRequest) -> HttpResponse:
    """One press signs in as a role of the practice data; the address does not exist outside practice mode."""
    person = practice_person(request.POST.get("role", ""))
    get_adapter(request).login(request, person)
    return redirect(_safe_next(request, default=resolve_url(settings.LOGIN_REDIRECT_URL)))


def me(request: SignedIn) -> HttpResponse:
    person = request.user
    form = OwnForm(request.POST or None, initial=initial_of(person))
    if request.method == "POST" and form.is_valid():
        actions.change_own(person=person, by=person, **form.cleaned_data)
        messages.success(request, _("Your details are updated."))
        return redirect("people:me")
    return render(request, "people/me.html", {"form": form, "languages": Language.choices})


@require_GET
def my_data(request: SignedIn) -> HttpResponse:
    """Everything Samspill keeps about the person, as a file."""
    limit(request.user, "export", times=20, seconds=3600)
    body = json.dumps(everything_about(request.user), ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    name = content_disposition_header(True, "samspill.json")
    response.headers["Content-Disposition"] = name or "attachment"
    return response


@require_GET
def people_list(request: SignedIn) -> HttpResponse:
    words, duty = request.GET.get("q", ""), request.GET.get("duty", "")
    found = people(reader=request.user, words=words, duty=duty)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    duties = [choice for choice in Duty.choices if choice[0]]
    context = {"page": page, "words": words, "duty": duty, "duties": duties, "total": page.paginator.count}
    return render(request, "people/list.html", context)


def create(request: SignedIn) -> HttpResponse:
    require_owner(request.user)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = actions.create(details=form.details(), by=request.user)
        messages.success(request, _("%(name)s is registered.") % {"name": person.name})
        return redirect("people:list")
    return render(request, "people/form.html", {"form": form})


def change(request: SignedIn, pk: int) -> HttpResponse:
    person = person_for(request.user, pk)
    form = PersonForm(request.POST or None, initial=initial_of(person), person=person)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(person=person, details=form.details(), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("The details of %(name)s are updated.") % {"name": person.name})
            return redirect("people:list")
    return render(request, "people/form.html", {"form": form, "person": person})


def erase(request: SignedIn, pk: int) -> HttpResponse:
    person = person_for(request.user, pk)
    if request.method == "POST":
        actions.erase(person=person, by=request.user)
        messages.success(request, _("The person is erased."))
        return redirect("people:list")
    return render(request, "people/erase.html", {"person": person})


def _safe_next(request: HttpRequest, default: str) -> str:
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and ours else default


def _in_language(address: str, language: str) -> str:
    """Public pages carry the language in their address; the same page in the other language."""
    parts = urlsplit(address)
    first, slash, rest = parts.path.lstrip("/").partition("/")
    if first not in dict(settings.LANGUAGES):
        return address
    return urlunsplit(parts._replace(path=f"/{language}{slash}{rest}"))
