"""Every read of reports. Access comes first: see cohorts.access; what is published is for everybody."""

from samspill.reports.queries.content import Content, GatheringStory, content_of
from samspill.reports.queries.documents import documents_of, ready_document
from samspill.reports.queries.published import PublicResult, preview, published, published_result

__all__ = [
    "Content",
    "GatheringStory",
    "PublicResult",
    "content_of",
    "documents_of",
    "preview",
    "published",
    "published_result",
    "ready_document",
]
