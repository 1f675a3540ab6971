"""`samspill report COHORT --language nb --format pdf --output FILE`."""

from pathlib import Path

from django.utils.module_loading import import_string

from samspill.cohorts.models import Cohort
from samspill.errors import Refused
from samspill.people.choices import Language
from samspill.reports.presenting import document_html
from samspill.reports.queries import content_of

FORMATS = ("pdf", "html")


def report(cohort: int, language: str, format: str, output: str) -> str:  # noqa: A002 - as the option is called
    """Write the experience report of the cohort with this id to the file. Gives a sentence about what was
    written.

    Raises Refused for a cohort, language or format that there is not, and OSError when the file cannot be
    written.
    """
    if language not in Language.values:
        raise Refused(f"There is no report in '{language}'. Choose one of {', '.join(Language.values)}.")
    if format not in FORMATS:
        raise Refused(f"There is no report as '{format}'. Choose one of {', '.join(FORMATS)}.")
    found = Cohort.objects.select_related("sector", "blueprint__measure").filter(pk=cohort).first()
    if found is None:
        raise Refused(
            f"There is no cohort with the number {cohort}. The number stands in the cohort's address."
        )
    html = document_html(content_of(found), language)
    if format == "pdf":
        # Named, not imported: what makes PDFs is dear to load, and no other command needs it.
        made: bytes = import_string("samspill.reports.printing.pdf_bytes")(html)
    else:
        made = html.encode()
    Path(output).write_bytes(made)
    return f"{output}: {len(made):,} bytes"
