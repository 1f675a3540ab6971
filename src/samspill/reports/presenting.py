"""A report's content as the web page and the document show it: with charts, in one language."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from samspill.evaluation import pictures
from samspill.evaluation.forest import forests
from samspill.reports.queries import Content

# Charts say how large their letters are; paper is held nearer than a screen. document.css has the same number.
SCREEN_SIZE, PAPER_SIZE = 'font-size="14"', 'font-size="11"'


def context_of(content: Content, language: str) -> dict[str, Any]:
    """What the templates of a report need; charts and words are made in the language that is active."""
    return {
        "content": content,
        "cohort": content.cohort,
        "forests": forests(content.effect, language),
        "items": pictures.item_pictures(content.effect, language),
        "summary": pictures.summaries(content.effect),
        "rules": pictures.rule_sentences(),
        "method": pictures.method_facts(),
        "effect": content.effect,
    }


def document_html(content: Content, language: str) -> str:
    """The whole report as one HTML page for paper, in nb, nn or en."""
    with translation.override(language):
        html = render_to_string("reports/document.html", context_of(content, language))
    return html.replace(SCREEN_SIZE, PAPER_SIZE)
