from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspill.cohorts.actions.enrolment import Place
from samspill.cohorts.choices import Role, State
from samspill.cohorts.halves import half_years, in_words
from samspill.cohorts.models import Cohort, Membership
from samspill.cohorts.queries import participants
from samspill.people.choices import Details, Language
from samspill.programmes.fields import LanguagesField
from samspill.programmes.queries import released_versions
from samspill.sectors.models import Organisation, Sector
from samspill.ui.text import pick

Choices = Iterable[tuple[Any, Any]]


class InviteForm(forms.Form):
    sector = forms.ModelChoiceField(label=_("Sector"), queryset=Sector.objects.none())
    blueprint = forms.ChoiceField(
        label=_("Programme"), help_text=_("The newest released version of each measure.")
    )
    half_year = forms.ChoiceField(label=_("Planned start"))
    language = forms.ChoiceField(
        label=_("Language of the cohort"),
        help_text=_("Everybody still reads Samspill in their own language."),
        choices=Language.choices,
        widget=forms.RadioSelect,
        initial=Language.BOKMAAL,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sector = cast("forms.ModelChoiceField[Sector]", self.fields["sector"])
        sector.queryset = Sector.objects.all()
        self.versions = {str(version.pk): version for version in released_versions()}
        offer(self, "blueprint", [(pk, _called(each)) for pk, each in self.versions.items()])
        offer(self, "half_year", [(half, in_words(half)) for half in half_years(today)])


class StateForm(forms.Form):
    to = forms.ChoiceField(label=_("What happens now"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("A sentence or two. It stands in the history of the cohort."),
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args: Any, states: Iterable[State], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", [(state, STEPS[state]) for state in states])


STEPS = {
    State.INVITED: _("The sector is invited again"),
    State.ACCEPTED: _("The sector says yes"),
    State.DECLINED: _("The sector says no"),
    State.TAILORING: _("The tailoring begins"),
    State.RUNNING: _("The cohort starts"),
    State.FOLLOW_UP: _("The last gathering is held; the follow-up begins"),
    State.CLOSED: _("The cohort is closed"),
}


class PlaceForm(forms.Form):
    """What somebody is in the cohort."""

    role = forms.ChoiceField(label=_("Role"))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        help_text=_("Host and leaders come from the sector."),
        queryset=Organisation.objects.none(),
    )
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    acts_for = forms.ModelChoiceField(
        label=_("Acts for"),
        help_text=_("Only for a delegate: the leader or host whose practical matters they look after."),
        queryset=Membership.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", [(role, role.label) for role in Role if role != Role.OWNER])
        organisation = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        organisation.queryset = Organisation.objects.all()
        inside = list(cohort.sector.organisations.all())
        others = Organisation.objects.exclude(pk__in=[each.pk for each in inside])
        organisation.choices = [
            ("", "–"),
            (_("In the sector"), [(each.pk, name_of(each)) for each in inside]),
            (_("Others"), [(each.pk, name_of(each)) for each in others]),
        ]
        acts_for = cast("forms.ModelChoiceField[Membership]", self.fields["acts_for"])
        acts_for.queryset = participants(cohort)
        acts_for.choices = [("", "–"), *((each.pk, each.person.name) for each in acts_for.queryset)]

    @property
    def place(self) -> Place:
        cleaned = self.cleaned_data
        return Place(Role(cleaned["role"]), cleaned["organisation"], cleaned["title"], cleaned["acts_for"])


class EnrolForm(PlaceForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("Mail address"), help_text=_("Invitations and the code for signing in are sent there.")
    )
    mobile = forms.CharField(label=_("Mobile"), max_length=30, required=False)
    field_order = ["name", "email", "role", "organisation", "title", "acts_for", "mobile"]

    def details(self, language: str) -> Details:
        cleaned = self.cleaned_data
        return Details(
            name=cleaned["name"], email=cleaned["email"], mobile=cleaned["mobile"], language=language
        )


class QuestionForm(forms.Form):
    text = LanguagesField(
        label=_("The question"),
        help_text=_("One language is enough. Who reads another one then gets this text."),
        lines=3,
        longest=1000,
        needed=True,
    )


class RewordForm(QuestionForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    keep = forms.BooleanField(
        label=_("It was only a slip of the pen: keep the other languages as they are"), required=False
    )

    def words(self, before: Mapping[str, str], language: str) -> dict[str, str]:
        """What was written. When the cohort's own language changes, the others left alone are stale."""
        said: dict[str, str] = self.cleaned_data["text"]
        if self.cleaned_data["keep"] or said[language] == before.get(language, ""):
            return said
        return {
            code: words for code, words in said.items() if code == language or words != before.get(code, "")
        }


class ReasonForm(forms.Form):
    difference = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The host and the experience report show it."),
        widget=forms.Textarea({"rows": 2}),
        max_length=2000,
        error_messages={"required": _("Write the reason in a sentence.")},
    )
    for_next_version = forms.BooleanField(label=_("Use this in the next blueprint version"), required=False)


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = cast(forms.ChoiceField, form.fields[name])
    field.choices = list(choices)


def name_of(organisation: Organisation) -> str:
    return pick(organisation.names, get_language() or "nb")


def _called(version: Any) -> str:
    name = pick(version.measure.name, get_language() or "nb")
    return f"{name} ({version.number})"
