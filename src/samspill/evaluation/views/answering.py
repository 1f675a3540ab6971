"""The one page on which a leader answers."""

import hashlib

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samspill.cohorts.access import Right
from samspill.errors import Refused
from samspill.evaluation import actions
from samspill.evaluation.access import respondent, wave_for
from samspill.evaluation.forms import Questionnaire
from samspill.evaluation.models import Wave
from samspill.evaluation.pseudonyms import pseudonym_of
from samspill.evaluation.queries import answers_of
from samspill.people.requests import SignedIn
from samspill.ui.text import whole_number


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """The statements with the answers so far. Posting the form stores all of them, also without script."""
    wave = wave_for(request.user, pk, Right.ANSWER_WAVE)
    respondent(request.user, wave)
    if not wave.is_open:
        return render(request, "evaluation/not_open.html", {"wave": wave})
    language = get_language() or "nb"
    answers = answers_of(request.user, wave)
    form = Questionnaire(request.POST or None, wave=wave, answers=answers, language=language)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_answers(wave=wave, values=form.values(), by=request.user)
            if "finish" in request.POST:
                actions.finish(wave=wave, by=request.user)
                return redirect("evaluation:done", pk=wave.pk)
            return redirect("evaluation:answer", pk=wave.pk)
        except Refused as refused:
            refusal = str(refused.sentence)
    context = _page(request, wave, form, len(answers)) | {"refusal": refusal}
    return render(request, "evaluation/answer.html", context, status=409 if refusal else 200)


@require_POST
def save(request: SignedIn, pk: int) -> HttpResponse:
    """One answer from the page while it is being filled in: `field` names the statement. 204 when stored."""
    wave = wave_for(request.user, pk, Right.ANSWER_WAVE)
    item = request.POST.get("field", "")
    value = request.POST.get(item, "")
    try:
        actions.save_answer(wave=wave, item=item, value=whole_number(value) or 0, by=request.user)
    except Refused as refused:
        return HttpResponse(str(refused.sentence), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@require_GET
def done(request: SignedIn, pk: int) -> HttpResponse:
    wave = wave_for(request.user, pk, Right.ANSWER_WAVE)
    respondent(request.user, wave)
    total = len(wave.questions.items)
    answered = len(answers_of(request.user, wave))
    context = {"wave": wave, "answered": answered, "total": total, "k": settings.MIN_ANSWERS}
    return render(request, "evaluation/done.html", context)


def _page(request: SignedIn, wave: Wave, form: Questionnaire, answered: int) -> dict[str, object]:
    questions = wave.questions
    items = {item.key: item for item in questions.items}
    statements = [
        {
            "field": form[key],
            "text": item.text,
            "low": item.low or questions.low,
            "high": item.high or questions.high,
            "chosen": str(form[key].value() or ""),
        }
        for key, item in items.items()
    ]
    return {
        "wave": wave,
        "questions": questions,
        "form": form,
        "statements": statements,
        "points": [str(point) for point in range(1, 8)],
        "answered": sum(1 for each in statements if each["chosen"]),
        "total": len(items),
        "k": settings.MIN_ANSWERS,
        "form_id": _form_id(request, wave),
        "count": _("%(n)s of %(all)s answered"),
    }


def _form_id(request: SignedIn, wave: Wave) -> str:
    """Answers that have not got through wait on the device under this name; on a shared one it must be the
    person's.

    It is made from the pseudonym, one way, so that the device learns nothing that leads to the answers.
    """
    seed = f"device:{pseudonym_of(request.user, wave.cohort)}"
    return f"wave-{wave.pk}-{hashlib.sha256(seed.encode()).hexdigest()[:12]}"
