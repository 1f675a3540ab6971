from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.cohorts.access import Right, cohort_for, may
from samspill.errors import Refused
from samspill.people.requests import SignedIn
from samspill.planning import actions, calendar, queries
from samspill.planning.access import gathering_for
from samspill.planning.choices import Answer
from samspill.planning.forms import CancelForm, ScheduleForm

_THANKS = {
    Answer.YES: gettext_lazy("Thank you. We have noted that you are coming."),
    Answer.NO: gettext_lazy("Thank you for letting us know. We have noted that you are not coming."),
    Answer.MAYBE: gettext_lazy("Thank you. We have noted that you do not know yet."),
}


@require_safe
def gatherings(request: SignedIn, cohort: int) -> HttpResponse:
    found = cohort_for(request.user, cohort, Right.SEE_AGENDA)
    standings = queries.standings_of(found, request.user)
    context = {
        "cohort": found,
        "chain_at": "dates",
        "standings": standings,
        "plans": found.plans if not standings else (),
        "form": found.blueprint.blueprint.form,
        "span": queries.span_sentence(found, [one.gathering for one in standings]),
        "may_plan": may(request.user, found, Right.PLAN),
        "may_invite": may(request.user, found, Right.INVITE),
    }
    return render(request, "planning/gatherings.html", context)


@require_POST
def create(request: SignedIn, cohort: int) -> HttpResponse:
    found = cohort_for(request.user, cohort, Right.PLAN)
    actions.create_gatherings(cohort=found, by=request.user)
    return redirect("planning:gatherings", found.pk)


@require_safe
def gathering(request: SignedIn, pk: int) -> HttpResponse:
    found = gathering_for(request.user, pk, Right.SEE_AGENDA)
    release = queries.current_release(found)
    member = queries.may_answer_for(request.user, found)
    sees_all = may(request.user, found.cohort, Right.SEE_TAILORING)
    may_edit = may(request.user, found.cohort, Right.EDIT_AGENDA)
    over = found.ends_at is not None and found.ends_at < timezone.now()
    context = {
        "cohort": found.cohort,
        "chain_at": f"gathering-{found.number}",
        "gathering": found,
        "todo": queries.next_step(found, release) if may_edit and not over else None,
        "plan": release.plan if release else found.plan,
        "release": release,
        "agenda": queries.released_agenda(found, release) if release else None,
        "leads": list(found.facilitators.select_related("person")),
        "member": member,
        "invitation": queries.invitation_of(found, member) if member else None,
        "for_another": member is not None and member.person_id != request.user.pk,
        "answers": Answer.given(),
        "sees_all": sees_all,
        "overview": queries.answers_of(found) if sees_all else None,
        "may_plan": may(request.user, found.cohort, Right.PLAN),
        "may_edit": may_edit,
        "over": over,
        "takes_part": may(request.user, found.cohort, Right.TAKE_PART),
        "soon": queries.is_soon(found),
    }
    return render(request, "planning/gathering.html", context)


@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    found = gathering_for(request.user, pk, Right.ANSWER_INVITATION)
    said = request.POST.get("answer", "")
    if said not in [str(each) for each in Answer.given()]:
        raise Refused(_("Choose one of the answers: coming, not coming or do not know yet."))
    given = actions.answer_invitation(gathering=found, by=request.user, answer=Answer(said))
    thanks = str(_THANKS[Answer(said)])
    if given.person_id != request.user.pk:
        facts = {"name": given.person.name, "answer": Answer(said).label.lower()}
        thanks = _("Thank you. We have noted the answer for %(name)s: %(answer)s.") % facts
    messages.success(request, thanks)
    return redirect("planning:gathering", found.pk)


@require_safe
def calendar_file(request: SignedIn, pk: int) -> HttpResponse:
    """For those who got no invitation by mail. The UID is that of the mail, so nothing stands twice."""
    found = gathering_for(request.user, pk, Right.SEE_AGENDA)
    if found.starts_at is None or found.cancelled:
        raise Http404
    meeting = queries.meeting_of(found, queries.uid_of(found, request.user), found.sequence)
    text = calendar.published(meeting, stamp=timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="samling-{found.number}.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: SignedIn, pk: int) -> HttpResponse:
    found = gathering_for(request.user, pk, Right.PLAN)
    form = ScheduleForm(request.POST or None, gathering=found)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.schedule(
                gathering=found,
                by=request.user,
                starts_at=values["starts_at"],
                place=values["place"],
                facilitators=list(values.get("facilitators", ())),
                guests=list(values.get("guests", ())),
            )
        except Refused as refused:
            form.add_error("day", str(refused.sentence))
        else:
            _say_what_follows(request, found.pk)
            return redirect("planning:gatherings", found.cohort_id)
    context = {"cohort": found.cohort, "chain_at": "dates", "gathering": found, "form": form}
    return render(request, "planning/schedule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    found = gathering_for(request.user, pk, Right.PLAN)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel(gathering=found, by=request.user, reason=form.cleaned_data["reason"])
        _say_what_follows(request, found.pk)
        return redirect("planning:gatherings", found.cohort_id)
    context = {
        "cohort": found.cohort,
        "chain_at": "dates",
        "gathering": found,
        "form": form,
        "holders": queries.roll_of(found).holders,
    }
    return render(request, "planning/cancel.html", context)


def _say_what_follows(request: SignedIn, pk: int) -> None:
    """After a change of time or place: is there somebody who must be told?"""
    found = gathering_for(request.user, pk, Right.PLAN)
    if found.invitations.filter(sequence_sent__gte=0).exists() and queries.invitation_letters(found.cohort):
        messages.warning(
            request, _("Those who have been invited do not know this yet. Prepare mails in the outbox.")
        )
    else:
        messages.success(request, _("Gathering %(number)d is up to date.") % {"number": found.number})
