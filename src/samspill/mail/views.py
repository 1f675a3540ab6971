"""The practice mail reader. It exists in practice mode only; else every address here is a 404."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samspill.mail.queries import delivered, facts_of

PAGE = 25


@login_not_required
@require_safe
def practice_mails(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")
    page = Paginator(delivered(words=words), PAGE).get_page(request.GET.get("page"))
    return render(request, "mail/practice_mails.html", {"page": page, "words": words})


@login_not_required
@require_safe
def practice_mail(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(delivered(), pk=pk)
    facts = facts_of(mail.calendar) if mail.calendar else None
    return render(request, "mail/practice_mail.html", {"mail": mail, "facts": facts})
