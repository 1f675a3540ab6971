from collections.abc import Collection

from samspill.live.models import Topic


def version(topic: str) -> int:
    """How many times the topic has been announced; 0 for one that never was."""
    return Topic.objects.filter(name=topic).values_list("version", flat=True).first() or 0


def versions(topics: Collection[str]) -> dict[str, int]:
    known = dict(Topic.objects.filter(name__in=topics).values_list("name", "version"))
    return {topic: known.get(topic, 0) for topic in topics}
