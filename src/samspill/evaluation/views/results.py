"""What came of it: the effect, and how it is worked out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspill.cohorts.access import Right, cohort_for, may
from samspill.evaluation import pictures
from samspill.evaluation.queries import Effect, effect_of
from samspill.evaluation.solve import WaveFigures
from samspill.people.requests import SignedIn
from samspill.spreadsheets.writing import Cell, download
from samspill.ui.text import pick


@require_GET
def effect(request: SignedIn, pk: int) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.SEE_EFFECT)
    found = effect_of(cohort)
    language = get_language() or "nb"
    context = {
        "cohort": cohort,
        "chain_at": "effect",
        "effect": found,
        "items": pictures.item_pictures(found, language),
        "changes": pictures.change_charts(found, language),
        "summary": pictures.summaries(found),
        "rules": pictures.rule_sentences(),
        "method": pictures.method_facts(),
        "first": cohort.waves.filter(state="closed").order_by("pk").first(),
        "may_measure": may(request.user, cohort, Right.MEASURE),
    }
    return render(request, "evaluation/effect.html", context)


@require_GET
def export(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    """The figures of the page, one row for each item and wave; nothing that is not on the page."""
    cohort = cohort_for(request.user, pk, Right.SEE_EFFECT)
    language = get_language() or "nb"
    header = (
        _("Key"),
        _("Statement"),
        _("Measured"),
        _("Answered"),
        *map(str, range(1, 8)),
        _("Mean"),
        _("Pairs"),
        _("Mean change"),
        _("From"),
        _("To"),
        "p",
        _("Finding"),
    )
    rows = _rows(effect_of(cohort), language)
    name = _("effect %(sector)s") % {"sector": pick(cohort.sector.names, language)}
    return download(name=name, kind=kind, header=header, rows=rows, title=_("Effect"))


def _rows(found: Effect, language: str) -> list[list[Cell]]:
    return [
        [
            item.key,
            pick(item.text, language),
            str(wave.kind.label),
            wave.answered,
            *_spread(wave),
            *_change(wave),
        ]
        for item in found.items
        for wave in item.waves
    ]


def _spread(wave: WaveFigures) -> list[Cell]:
    if wave.distribution is None:
        return [_("hidden to protect the participants"), *[None] * 7]
    return [*wave.distribution.counts, _rounded(wave.distribution.mean)]


def _change(wave: WaveFigures) -> list[Cell]:
    change = wave.change
    if change is None:
        return [None] * 6
    finding = str(pictures.finding_of(change).label)
    if change.sure is None:
        return [*[None] * 5, finding]
    return [
        change.pairs,
        _rounded(change.change),
        _rounded(change.sure.low),
        _rounded(change.sure.high),
        _rounded(change.p, 4),
        finding,
    ]


def _rounded(number: float | None, places: int = 2) -> float | None:
    return None if number is None else round(number, places)
