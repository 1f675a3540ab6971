from django.http import Http404

from samspill.cohorts.models import Cohort
from samspill.reports.choices import MakingState
from samspill.reports.models import Document


def documents_of(cohort: Cohort) -> list[Document]:
    """The newest document in each language, newest first, without the files."""
    newest: dict[str, Document] = {}
    for document in Document.objects.filter(report__cohort=cohort).defer("file").order_by("-id"):
        newest.setdefault(document.language, document)
    return list(newest.values())


def ready_document(cohort: Cohort, pk: int) -> Document:
    """404 for a document of another cohort or one that is not ready."""
    found = Document.objects.filter(report__cohort=cohort, pk=pk, state=MakingState.READY).first()
    if found is None:
        raise Http404
    return found
