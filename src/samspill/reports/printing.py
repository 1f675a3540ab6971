"""HTML to tagged PDF. WeasyPrint is dear to load, so only the job worker and the command line import this
file.
"""

from pathlib import Path

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE = "https://samspill.invalid/static/"
STYLE = "reports/document.css"


class OwnFiles(URLFetcher):  # type: ignore[misc]
    """Gives out our own static files and nothing else: a report never reaches the network or the disk."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        path = finders.find(url.removeprefix(BASE)) if url.startswith(BASE) else None
        if not path:
            raise ValueError(f"{url} is not a file of Samspill")
        return URLFetcherResponse(url, Path(str(path)).read_bytes())


def pdf_bytes(html: str) -> bytes:
    """PDF/UA-1: tagged, with the page's title and language; fonts are embedded."""
    fonts, fetcher = FontConfiguration(), OwnFiles()
    style = CSS(url=BASE + STYLE, font_config=fonts, url_fetcher=fetcher)
    page = HTML(string=html, base_url=BASE, url_fetcher=fetcher)
    made = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True)
    assert isinstance(made, bytes)
    return made
