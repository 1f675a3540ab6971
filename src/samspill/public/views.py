"""Pages without sign-in. They are rendered without the request, so that no cookie can ever be set by them."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.defaults import page_not_found

from samspill.errors import Refused
from samspill.people.access import require_owner
from samspill.people.requests import SignedIn
from samspill.public import actions, queries
from samspill.public.forms import FeedbackForm
from samspill.reports.queries import published, published_result
from samspill.ui.text import whole_number

PER_PAGE = 50


@login_not_required
@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """The bare address: one's own start page when signed in, else the front page."""
    return redirect("home:start" if request.user.is_authenticated else "public:front")


def _page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    path = request.path
    values: dict[str, Any] = {
        "practice": settings.PRACTICE,
        "contact_name": settings.CONTACT_NAME,
        "contact_mail": settings.CONTACT_MAIL,
        "share_link": f"{settings.SITE_ADDRESS}{path}",
        "languages": _same_page_in_all_languages(request),
        "feedback": FeedbackForm(initial={"page": path[3:], "ticket": actions.new_ticket()}),
        **(context or {}),
    }
    return HttpResponse(render_to_string(template, values), status=status)


def _same_page_in_all_languages(request: HttpRequest) -> list[dict[str, str]]:
    rest = request.path[3:]
    names = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
    return [{"code": code, "name": name, "url": f"/{code}{rest}"} for code, name in names.items()]


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    context = {"umbrellas": queries.umbrellas(), "described": queries.measures_with_blueprint()}
    return _page(request, "public/front.html", context)


@login_not_required
@require_safe
def measure(request: HttpRequest, key: str) -> HttpResponse:
    version = queries.newest_released(key)
    if version is None:
        raise Http404
    return _page(request, "public/measure.html", {"measure": version.measure, "blueprint": version.blueprint})


@login_not_required
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Which sectors have taken part, and what came out of it: only what has been published."""
    return _page(request, "public/results.html", {"results": published()})


@login_not_required
@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponse:
    found = published_result(pk)
    if found is None:
        raise Http404
    return _page(request, "public/result.html", {"result": found})


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return _page(request, "public/contact.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "public/privacy.html", {"min_answers": settings.MIN_ANSWERS})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "public/accessibility.html")


# Nobody is signed in by this form and no cookie exists that a forged request could ride on; the signed ticket
# takes the place of the token.
@csrf_exempt
@login_not_required
@require_POST
def feedback(request: HttpRequest) -> HttpResponse:
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _page(request, "public/feedback.html", {"feedback": form}, status=422)
    values = form.cleaned_data
    if values["website"]:
        return _page(request, "public/thanks.html", {"back": _address_of(values["page"])})
    try:
        actions.give_feedback(
            page=values["page"],
            found=values["found"] == "yes",
            text=values["text"],
            language=get_language() or "nb",
            ticket=values["ticket"],
        )
    except Refused as refusal:
        again = FeedbackForm(initial={**values, "ticket": actions.new_ticket()})
        return _page(
            request, "public/feedback.html", {"feedback": again, "refusal": refusal.sentence}, status=409
        )
    return _page(request, "public/thanks.html", {"back": _address_of(values["page"])})


def _address_of(page: str) -> str:
    """A page named in a form, if it can only lead back into the public pages; else the front page."""
    harmless = page.startswith("/") and not page.startswith("//") and "\\" not in page
    return f"/{get_language()}{page}" if harmless else reverse("public:front")


def inbox(request: SignedIn) -> HttpResponse:
    """What readers have said of the public pages, with counts per page."""
    require_owner(request.user)
    if request.method == "POST":
        ticked = [pk for pk in map(whole_number, request.POST.getlist("feedback")) if pk is not None]
        actions.mark_read(feedback=ticked, by=request.user)
        return redirect(request.get_full_path())
    page = request.GET.get("page_address", "")
    messages = queries.feedback_list(page, only_unread="unread" in request.GET)
    shown = Paginator(messages, PER_PAGE).get_page(request.GET.get("page"))
    context = {"messages_page": shown, "counts": queries.feedback_counts(), "chosen": page}
    return render(request, "public/inbox.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that is not there; among the public pages it sets no cookie either."""
    if not request.path.startswith(tuple(f"/{code}/" for code, _name in settings.LANGUAGES)):
        return page_not_found(request, exception)
    return _page(request, "public/not_found.html", status=404)
