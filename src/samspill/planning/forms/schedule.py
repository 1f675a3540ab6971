from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.cohorts.choices import Role
from samspill.cohorts.models import Membership
from samspill.planning.calendar import ZONE
from samspill.planning.models import Gathering
from samspill.ui.forms import DateInput, TimeInput

if TYPE_CHECKING:  # Django's field cannot be subscripted when it runs
    _Memberships = forms.ModelMultipleChoiceField[Membership]
else:
    _Memberships = forms.ModelMultipleChoiceField

_OSLO = ZoneInfo(ZONE)
_LEADS = (Role.OWNER, Role.FACILITATOR, Role.RESOURCE)


class People(_Memberships):
    """Tick boxes with name, title and organisation of people enrolled in the cohort."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return ", ".join(part for part in (obj.person.name, obj.title, str(obj.organisation)) if part)


class ScheduleForm(forms.Form):
    day = forms.DateField(label=_("Date"), widget=DateInput)
    time = forms.TimeField(
        label=_("Starts at"), widget=TimeInput, help_text=_("Norwegian time, for example 09:00.")
    )
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=200,
        help_text=_("Room, building and street, so that nobody has to ask. You can add it later."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    facilitators = People(label=_("Facilitators"), queryset=Membership.objects.none(), required=False)
    guests = People(
        label=_("Guest speakers at this gathering"),
        queryset=Membership.objects.none(),
        required=False,
        help_text=_("They are invited together with the leaders."),
    )

    def __init__(self, data: Any = None, *, gathering: Gathering) -> None:
        super().__init__(data, initial=_initial(gathering))
        people = gathering.cohort.memberships.select_related("person", "organisation")
        self._choose_from("facilitators", people.filter(role__in=_LEADS))
        self._choose_from("guests", people.filter(role=Role.GUEST))

    def _choose_from(self, name: str, people: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, People)
        field.queryset = people
        if not people.exists():
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("day") and values.get("time"):
            moment = datetime.combine(values["day"], values["time"], tzinfo=_OSLO)
            if timezone.localtime(moment.astimezone(ZoneInfo("UTC")), _OSLO).time() != values["time"]:
                self.add_error("time", _("This time does not exist: the clock is put forward that night."))
            values["starts_at"] = moment
        return values


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is the gathering cancelled?"),
        help_text=_("Those who have been invited read this in the mail."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _initial(gathering: Gathering) -> dict[str, Any]:
    local = timezone.localtime(gathering.starts_at, _OSLO) if gathering.starts_at else None
    return {
        "day": local.date() if local else None,
        "time": local.time() if local else None,
        "place": gathering.place,
        "facilitators": [one.pk for one in gathering.facilitators.all()],
        "guests": [one.pk for one in gathering.guests.all()],
    }
