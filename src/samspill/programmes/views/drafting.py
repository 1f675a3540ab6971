"""The draft of the next version, edited part by part. What somebody has typed is never lost: a save that is
refused shows the page again with everything on it."""

import copy
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import Refused
from samspill.people.requests import SignedIn
from samspill.programmes import actions, parts
from samspill.programmes.blank import empty
from samspill.programmes.checking import faults_of
from samspill.programmes.differences import blueprint_differences
from samspill.programmes.forms import (
    ActivityForm,
    BasicsForm,
    FrameForm,
    GatheringForm,
    InstrumentForm,
    ItemForm,
    PartForm,
    RowForm,
    WorkForm,
)
from samspill.programmes.lists import LISTS, List, gathering_in, item_in
from samspill.programmes.models import BlueprintVersion
from samspill.programmes.places import what_is_left
from samspill.programmes.queries import draft_for, latest_release
from samspill.ui.text import pick

Content = dict[str, Any]
MOST_ROWS = 40


def edit(request: SignedIn, pk: int) -> HttpResponse:
    """The parts of the draft, and what is left to do before it can be released."""
    draft = draft_for(request.user, pk)
    left = what_is_left(draft, faults_of(draft.content))
    context = {"draft": draft, "content": draft.content, "left": left}
    return render(request, "programmes/edit.html", context)


def edit_basics(request: SignedIn, pk: int) -> HttpResponse:
    draft = draft_for(request.user, pk)
    content = copy.deepcopy(draft.content)
    form = BasicsForm(request.POST or None, initial=_initial(BasicsForm, content, draft))
    return _part(request, draft, (form, content, content), _("Title, purpose and target group"))


def edit_frame(request: SignedIn, pk: int) -> HttpResponse:
    draft = draft_for(request.user, pk)
    content = copy.deepcopy(draft.content)
    form = FrameForm(request.POST or None, initial=_initial(FrameForm, content["form"], draft))
    return _part(request, draft, (form, content["form"], content), _("Form"))


def edit_instrument(request: SignedIn, pk: int) -> HttpResponse:
    draft = draft_for(request.user, pk)
    content = copy.deepcopy(draft.content)
    part = content["instrument"]
    form = InstrumentForm(request.POST or None, initial=_initial(InstrumentForm, part, draft))
    return _part(request, draft, (form, part, content), _("The questionnaire"))


def edit_gathering(request: SignedIn, pk: int, gathering: str) -> HttpResponse:
    draft = draft_for(request.user, pk)
    content = copy.deepcopy(draft.content)
    part = gathering_in(content, gathering)
    form = GatheringForm(request.POST or None, initial=_initial(GatheringForm, part, draft))
    return _part(request, draft, (form, part, content), _("Title, theme and aim of the gathering"))


def edit_work(request: SignedIn, pk: int, gathering: str) -> HttpResponse:
    """The work after a gathering; there may be none."""
    draft = draft_for(request.user, pk)
    content = copy.deepcopy(draft.content)
    home = gathering_in(content, gathering)
    part = home.get("work_after")
    if request.method == "POST" and "remove" in request.POST:
        home.pop("work_after", None)
        actions.save_draft(draft=draft, content=content, revision=_revision(request), by=request.user)
        return redirect("programmes:edit", pk)
    if part is None:
        part = {"key": parts.fresh_key("w", content), "title": empty(), "minutes": 60, "text": empty()}
    form = WorkForm(request.POST or None, initial=_initial(WorkForm, part, draft))
    home["work_after"] = part
    context = {"removable": bool(gathering_in(draft.content, gathering).get("work_after"))}
    return _part(request, draft, (form, part, content), _("Work between gatherings"), context)


def edit_item(request: SignedIn, pk: int, gathering: str, item: str) -> HttpResponse:
    draft = draft_for(request.user, pk)
    content = copy.deepcopy(draft.content)
    part = item_in(content, gathering, item)
    questions = gathering_in(content, gathering)["questions"]
    initial = _initial(ItemForm, part, draft)
    form = ItemForm(request.POST or None, initial=initial, questions=questions)
    back = reverse("programmes:edit_inner_list", args=[pk, gathering, "items"])
    context = {"back_url": back, "back_label": _("The agenda")}
    if part["mode"] != "break":
        context["more_url"] = reverse("programmes:edit_activity", args=[pk, gathering, item])
    return _part(request, draft, (form, part, content), _("Agenda item"), context)


def edit_activity(request: SignedIn, pk: int, gathering: str, item: str) -> HttpResponse:
    draft = draft_for(request.user, pk)
    content = copy.deepcopy(draft.content)
    part = item_in(content, gathering, item)
    activity = part.get("activity") or {}
    kind = request.POST.get("kind", activity.get("kind", ""))
    initial = _initial(ActivityForm, activity, draft)
    form = ActivityForm(request.POST or None, initial=initial, kind=activity.get("kind", ""))
    back = reverse("programmes:edit_item", args=[pk, gathering, item])
    context: Content = {"back_url": back, "back_label": pick(part["title"], "nb") or _("Agenda item")}
    if kind and kind != activity.get("kind"):
        context["next_url"] = request.path  # the new kind has its own fields
    if "statements" in activity or "options" in activity:
        context["choices_url"] = reverse("programmes:edit_choices", args=[pk, gathering, item])
    return _part(request, draft, (form, part, content), _("Activity"), context)


def edit_list(request: SignedIn, pk: int, name: str, gathering: str = "", item: str = "") -> HttpResponse:
    """A list of the draft: its texts, its order, what comes and goes. Every button saves the whole list."""
    draft = draft_for(request.user, pk)
    spec = LISTS.get(name)
    if spec is None or spec.level != (bool(gathering), bool(item)):
        raise Http404
    content = copy.deepcopy(draft.content)
    things = spec.of(content, gathering, item)
    rows = _rows(request, spec, things, content)
    refused = ""
    if request.method == "POST" and rows.is_valid():
        things[:] = _in_order(request, rows, things)
        added = _buttons(request, spec, things, (content, gathering, item))
        try:
            actions.save_draft(draft=draft, content=content, revision=_revision(request), by=request.user)
        except Refused as refusal:
            refused = str(refusal.sentence)
        else:
            return redirect(request.get_full_path() + (f"#row-{added}" if added else ""))
    shown = [(form, _thing(things, form)) for form in rows]
    context = {
        "draft": draft,
        "spec": spec,
        "name": name,
        "gathering": gathering,
        "item": item,
        "rows": rows,
        "shown": shown,
        "refused": refused,
        "revision": request.POST.get("revision", draft.revision),
        "home": gathering_in(content, gathering) if gathering else None,
    }
    return render(request, "programmes/edit_list.html", context)


def release(request: SignedIn, pk: int) -> HttpResponse:
    draft = draft_for(request.user, pk)
    before = latest_release(draft.measure)
    if request.method == "POST":
        actions.release(draft=draft, revision=_revision(request), by=request.user)
        messages.success(
            request, _("Version %(number)d is released. It never changes again.") % {"number": draft.number}
        )
        return redirect("programmes:version", draft.pk)
    context = {
        "draft": draft,
        "before": before,
        "left": what_is_left(draft, faults_of(draft.content)),
        "differences": blueprint_differences(before.content, draft.content) if before else (),
        "titles": {plan["key"]: plan["title"] for plan in draft.content["gatherings"]},
    }
    return render(request, "programmes/release.html", context)


@require_POST
def discard(request: SignedIn, pk: int) -> HttpResponse:
    draft = draft_for(request.user, pk)
    actions.discard_draft(draft=draft, by=request.user)
    messages.info(request, _("The draft is thrown away. The released versions stand as they were."))
    return redirect("programmes:measure", draft.measure.key)


def _initial(form: type[PartForm], part: Content, draft: BlueprintVersion) -> Content:
    return {**form.initial_of(part), "revision": draft.revision}


def _part(
    request: SignedIn,
    draft: BlueprintVersion,
    edited: tuple[PartForm, Content, Content],
    title: str,
    more: Content | None = None,
) -> HttpResponse:
    """Show the form of one part, or write it into the content and save that."""
    form, part, content = edited
    if request.method == "POST" and form.is_valid():
        form.into(part)
        try:
            actions.save_draft(
                draft=draft, content=content, revision=form.cleaned_data["revision"], by=request.user
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Saved in the draft."))
            places = more or {}
            whole = reverse("programmes:edit", args=[draft.pk])
            return redirect(places.get("next_url") or places.get("back_url") or whole)
    context = {"draft": draft, "form": form, "title": title, **(more or {})}
    return render(request, "programmes/edit_part.html", context)


def _revision(request: SignedIn) -> int:
    said = request.POST.get("revision", "")
    if not said.isdecimal():
        raise Http404
    return int(said)


def _rows(request: SignedIn, spec: List, things: list[Content], content: Content) -> BaseFormSet[RowForm]:
    made = formset_factory(spec.row, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    return made(
        request.POST if request.method == "POST" else None,
        initial=[dict(thing) for thing in things],
        form_kwargs={"content": content},
        prefix="rows",
    )


def _thing(things: list[Content], form: RowForm) -> Content | None:
    key = form["key"].value()
    return next((thing for thing in things if thing["key"] == key), None)


def _in_order(request: SignedIn, rows: BaseFormSet[RowForm], things: list[Content]) -> list[Content]:
    """The rows as they were sent, each written into its part. A part that has gone is left out: the save will
    be refused then, because the draft has been saved since."""
    by_key = {thing["key"]: thing for thing in things}
    sent = {form.cleaned_data["key"]: form for form in rows if form.cleaned_data}
    order = [key for key in request.POST.getlist("order") if key in sent]
    order += [key for key in sent if key not in order]
    for key in order:
        if key in by_key:
            sent[key].into(by_key[key])
    return [by_key[key] for key in order if key in by_key]


def _buttons(request: SignedIn, spec: List, things: list[Content], place: tuple[Content, str, str]) -> str:
    """What the pressed button asks for, besides saving. Returns the key of a part that was added."""
    keys = [thing["key"] for thing in things]
    for name, step in (("up", -1), ("down", 1)):
        if request.POST.get(name) in keys:
            parts.move(things, request.POST[name], keys.index(request.POST[name]) + step)
    if request.POST.get("remove") in keys:
        things.pop(keys.index(request.POST["remove"]))
    if "add" in request.POST and len(things) < MOST_ROWS:
        made = spec.fresh(*place)
        things.append(made)
        return str(made["key"])
    return ""
