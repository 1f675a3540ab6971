"""Meetings as iCalendar (RFC 5545) and its messages (RFC 5546), as Outlook, Google and Apple read them.

A message is to one person: the event names the organiser and that person and nobody else.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

ZONE = "Europe/Oslo"
_OSLO = ZoneInfo(ZONE)
_ONE_HOUR, _TWO_HOURS = timedelta(hours=1), timedelta(hours=2)


@dataclass(frozen=True)
class Party:
    name: str
    address: str


@dataclass(frozen=True)
class Meeting:
    """What one person's calendar shows. Times are aware; texts are in that person's language."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    place: str
    url: str


def request(meeting: Meeting, *, organiser: Party, attendee: Party, stamp: datetime) -> str:
    """METHOD:REQUEST, for a new meeting and, with a higher sequence, for a changed one."""
    event = _event(meeting, stamp)
    event.add("status", "CONFIRMED")
    _between(event, organiser, attendee, answer="NEEDS-ACTION")
    return _calendar("REQUEST", event)


def cancel(meeting: Meeting, *, organiser: Party, attendee: Party, stamp: datetime) -> str:
    """METHOD:CANCEL, which takes the meeting out of the person's calendar."""
    event = _event(meeting, stamp)
    event.add("status", "CANCELLED")
    _between(event, organiser, attendee, answer="")
    return _calendar("CANCEL", event)


def published(meeting: Meeting, *, stamp: datetime) -> str:
    """METHOD:PUBLISH, a file to put into one's own calendar; it names nobody and asks for no answer."""
    event = _event(meeting, stamp)
    event.add("status", "CONFIRMED")
    return _calendar("PUBLISH", event)


def _calendar(method: str, event: Event) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//Samspill//Samspill//NO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone())
    calendar.add_component(event)
    return str(calendar.to_ical(sorted=False).decode())


def _event(meeting: Meeting, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", meeting.sequence)
    event.add("dtstart", meeting.starts_at.astimezone(_OSLO))
    end = meeting.ends_at.astimezone(_OSLO)
    if end.fold:  # an hour that comes twice: only a duration can say which of the two is meant
        event.add("duration", meeting.ends_at.astimezone(UTC) - meeting.starts_at.astimezone(UTC))
    else:
        event.add("dtend", end)
    event.add("summary", meeting.summary)
    event.add("description", meeting.description)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", meeting.url)
    event.add("transp", "OPAQUE")
    event.add("x-microsoft-cdo-busystatus", "BUSY")
    return event


def _between(event: Event, organiser: Party, attendee: Party, answer: str) -> None:
    host = vCalAddress(f"mailto:{organiser.address}")
    host.params["CN"] = vText(organiser.name)
    event.add("organizer", host)
    invited = vCalAddress(f"mailto:{attendee.address}")
    invited.params["CN"] = vText(attendee.name)
    invited.params["CUTYPE"] = vText("INDIVIDUAL")
    invited.params["ROLE"] = vText("REQ-PARTICIPANT")
    if answer:
        invited.params["PARTSTAT"] = vText(answer)
        invited.params["RSVP"] = vText("FALSE")  # the answer is given on the gathering's page, not by a reply
    event.add("attendee", invited)


def _zone() -> Timezone:
    """The rule since 1996. Written out, because generated tables of dates are what calendars stumble over."""
    winter = TimezoneStandard()
    winter.add("dtstart", datetime(1996, 10, 27, 3))
    winter.add("rrule", {"freq": "yearly", "bymonth": 10, "byday": "-1su"})
    _offsets(winter, "CET", _TWO_HOURS, _ONE_HOUR)
    summer = TimezoneDaylight()
    summer.add("dtstart", datetime(1981, 3, 29, 2))
    summer.add("rrule", {"freq": "yearly", "bymonth": 3, "byday": "-1su"})
    _offsets(summer, "CEST", _ONE_HOUR, _TWO_HOURS)
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(winter)
    zone.add_component(summer)
    return zone


def _offsets(
    part: TimezoneStandard | TimezoneDaylight, name: str, before: timedelta, after: timedelta
) -> None:
    part.add("tzname", name)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
