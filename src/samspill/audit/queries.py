from django.db.models import QuerySet

from samspill.audit.models import Entry


def entries_of(*subjects: str) -> QuerySet[Entry]:
    """What was done to the subjects, newest first."""
    return Entry.objects.filter(subject__in=subjects)
