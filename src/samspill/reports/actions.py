"""Every write of reports."""

import logging
from traceback import format_tb

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from samspill.audit.actions import record
from samspill.cohorts.access import Right, require
from samspill.cohorts.models import Cohort
from samspill.errors import Refused
from samspill.people.choices import Language
from samspill.people.models import Person
from samspill.reports.choices import MakingState
from samspill.reports.models import Document, Report
from samspill.reports.presenting import document_html
from samspill.reports.queries import content_of

logger = logging.getLogger("samspill.reports")

LONGEST = 20_000
KEPT = 3
TEXTS = ("lessons", "recommendations", "public_summary")


def save_texts(*, cohort: Cohort, texts: dict[str, str], revision: int, by: Person) -> Report:
    """Store the edited texts. `revision` is the one they were edited from; Refused when it has moved on."""
    require(by, cohort, Right.WRITE_REPORT)
    if any(len(texts[name]) > LONGEST for name in TEXTS):
        raise Refused(_("A text is too long. Keep each of them to 20,000 characters."))
    with transaction.atomic():
        report, _new = Report.objects.select_for_update().get_or_create(cohort=cohort)
        if report.revision != revision:
            raise Refused(
                _(
                    "Somebody else has saved the report since you opened it. Copy what you have "
                    "written, load the "
                    "page again, and put it in."
                )
            )
        for name in TEXTS:
            setattr(report, name, texts[name].strip())
        report.revision += 1
        report.save()
        record(key="reports.edited", subject=f"cohort:{cohort.pk}", actor=by.pk, revision=report.revision)
    return report


def publish(*, cohort: Cohort, by: Person) -> None:
    """Let everybody read the summary as it is now, with the numbers of the preview."""
    require(by, cohort, Right.PUBLISH)
    with transaction.atomic():
        report = Report.objects.select_for_update().filter(cohort=cohort).first()
        if report is None or not report.public_summary:
            raise Refused(_("There is nothing to publish yet. Write the summary for the public first."))
        report.published_summary, report.published_on = report.public_summary, timezone.localdate()
        report.save(update_fields=["published_summary", "published_on"])
        record(key="reports.published", subject=f"cohort:{cohort.pk}", actor=by.pk)


def unpublish(*, cohort: Cohort, by: Person) -> None:
    require(by, cohort, Right.PUBLISH)
    with transaction.atomic():
        taken = Report.objects.filter(cohort=cohort, published_on__isnull=False)
        if not taken.update(published_summary="", published_on=None):
            raise Refused(_("The report is not published."))
        record(key="reports.unpublished", subject=f"cohort:{cohort.pk}", actor=by.pk)


def order_document(*, cohort: Cohort, language: str, by: Person) -> Document:
    """Have the PDF made by a background job. One that is already being made in the language is given instead."""
    require(by, cohort, Right.SEE_REPORT)
    if language not in Language.values:
        raise Refused(_("Choose bokmål, nynorsk or English."))
    with transaction.atomic():
        report, _new = Report.objects.select_for_update().get_or_create(cohort=cohort)
        waiting = report.documents.filter(
            language=language, state__in=[MakingState.QUEUED, MakingState.RUNNING]
        ).first()
        if waiting is not None:
            return waiting
        document = Document.objects.create(report=report, language=language, ordered_by=by)
        make_document.enqueue(document.pk)
    return document


@task()
def make_document(document: int) -> None:
    """The job. When it fails the document says so, and the log says where, without what the report holds."""
    started = Document.objects.filter(pk=document).exclude(state=MakingState.READY)
    if not started.update(state=MakingState.RUNNING, progress=5):
        return
    try:
        _make(document)
    except Exception as error:
        where = "".join(format_tb(error.__traceback__))
        logger.error("Document %s could not be made (%s):\n%s", document, type(error).__name__, where)
        Document.objects.filter(pk=document).update(state=MakingState.FAILED, progress=0)


def _make(pk: int) -> None:
    document = Document.objects.select_related("report__cohort__sector", "report__cohort__blueprint").get(
        pk=pk
    )
    content = content_of(document.report.cohort)
    _reach(pk, 30)
    html = document_html(content, document.language)
    _reach(pk, 50)
    # Named, not imported: what makes PDFs is dear to load, and only this job needs it.
    made = import_string("samspill.reports.printing.pdf_bytes")(html)
    with transaction.atomic():
        Document.objects.filter(pk=pk).update(
            state=MakingState.READY, progress=100, file=made, made_at=content.as_of
        )
        old = document.report.documents.filter(language=document.language).order_by("-id")
        Document.objects.filter(pk__in=[each.pk for each in old.only("pk")[KEPT:]]).delete()


def _reach(pk: int, progress: int) -> None:
    Document.objects.filter(pk=pk).update(progress=progress)
