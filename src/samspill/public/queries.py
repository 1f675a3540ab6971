from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from samspill.programmes.choices import VersionState
from samspill.programmes.models import BlueprintVersion, Umbrella
from samspill.public.models import Feedback


@dataclass(frozen=True)
class PageCount:
    page: str
    found: int
    not_found: int
    unread: int


def umbrellas() -> QuerySet[Umbrella]:
    return Umbrella.objects.prefetch_related("measures")


def newest_released(measure_key: str) -> BlueprintVersion | None:
    """The newest released version of a measure's blueprint; None when nothing is released."""
    return (
        BlueprintVersion.objects.filter(measure__key=measure_key, state=VersionState.RELEASED)
        .select_related("measure__umbrella")
        .order_by("-number")
        .first()
    )


def measures_with_blueprint() -> set[str]:
    """Keys of the measures that have a released blueprint, and so a page of their own."""
    released = BlueprintVersion.objects.filter(state=VersionState.RELEASED)
    return set(released.values_list("measure__key", flat=True))


def feedback_list(page: str = "", only_unread: bool = False) -> QuerySet[Feedback]:
    messages = Feedback.objects.all()
    if page:
        messages = messages.filter(page=page)
    return messages.filter(read=False) if only_unread else messages


def feedback_counts() -> list[PageCount]:
    """Per page how many found what they looked for, most "no" first."""
    rows = (
        Feedback.objects.values("page")
        .annotate(
            yes=Count("id", filter=Q(found=True)),
            no=Count("id", filter=Q(found=False)),
            new=Count("id", filter=Q(read=False)),
        )
        .order_by("-no", "page")
    )
    return [PageCount(row["page"], row["yes"], row["no"], row["new"]) for row in rows]


def unread_count() -> int:
    return Feedback.objects.filter(read=False).count()
