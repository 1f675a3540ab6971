from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samspill.cohorts.access import Right, cohort_for, may
from samspill.errors import Refused
from samspill.people.requests import SignedIn
from samspill.reports import actions, queries
from samspill.reports.forms import OrderForm, TextsForm
from samspill.reports.models import Document, Report
from samspill.reports.presenting import context_of
from samspill.ui.text import pick


@require_GET
def report(request: SignedIn, pk: int) -> HttpResponse:
    """The experience report as a web page, with its documents and what can be done with it."""
    cohort = cohort_for(request.user, pk, Right.SEE_REPORT)
    language = get_language() or "nb"
    context = context_of(queries.content_of(cohort), language) | {
        "chain_at": "report",
        "report": Report.objects.filter(cohort=cohort).first(),
        "documents": queries.documents_of(cohort),
        "order_form": OrderForm(initial={"language": language}),
        "may_write": may(request.user, cohort, Right.WRITE_REPORT),
        "may_publish": may(request.user, cohort, Right.PUBLISH),
    }
    return render(request, "reports/report.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.WRITE_REPORT)
    held = Report.objects.filter(cohort=cohort).first() or Report(cohort=cohort)
    initial = {name: getattr(held, name) for name in (*actions.TEXTS, "revision")}
    form = TextsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        texts = {name: form.cleaned_data[name] for name in actions.TEXTS}
        try:
            actions.save_texts(
                cohort=cohort, texts=texts, revision=form.cleaned_data["revision"], by=request.user
            )
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("The texts of the report are saved."))
            return redirect("reports:report", pk=cohort.pk)
    return render(request, "reports/edit.html", {"cohort": cohort, "chain_at": "report", "form": form})


@require_POST
def order(request: SignedIn, pk: int) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.SEE_REPORT)
    actions.order_document(cohort=cohort, language=request.POST.get("language", ""), by=request.user)
    return redirect(reverse("reports:report", args=[cohort.pk]) + "#documents")


@require_GET
def progress(request: SignedIn, pk: int, document: int) -> HttpResponse:
    """One document's line, which asks for itself again until the document is ready or has failed."""
    cohort = cohort_for(request.user, pk, Right.SEE_REPORT)
    found = Document.objects.filter(report__cohort=cohort, pk=document).defer("file").first()
    if found is None:
        raise Http404
    return render(request, "reports/_document.html", {"cohort": cohort, "document": found})


@require_GET
def download(request: SignedIn, pk: int, document: int) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.SEE_REPORT)
    found = queries.ready_document(cohort, document)
    response = HttpResponse(bytes(found.file or b""), content_type="application/pdf")
    name = _("experience report %(sector)s") % {"sector": pick(cohort.sector.names, found.language)}
    disposition = content_disposition_header(True, f"{name} ({found.language}).pdf")
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


@require_http_methods(["GET", "POST"])
def publish(request: SignedIn, pk: int) -> HttpResponse:
    """What the public will see, before it is published."""
    cohort = cohort_for(request.user, pk, Right.PUBLISH)
    if request.method == "POST":
        actions.publish(cohort=cohort, by=request.user)
        messages.success(request, _("The result is published. Everybody can read it now."))
        return redirect("reports:report", pk=cohort.pk)
    context = {"cohort": cohort, "chain_at": "report", "result": queries.preview(cohort.pk)}
    return render(request, "reports/publish.html", context)


@require_POST
def unpublish(request: SignedIn, pk: int) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.PUBLISH)
    actions.unpublish(cohort=cohort, by=request.user)
    messages.success(request, _("The result is taken down from the public pages."))
    return redirect("reports:report", pk=cohort.pk)
