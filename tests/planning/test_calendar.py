"""Every line of a calendar message, as it was agreed: see golden/. Line ends are CRLF, as in RFC 5545."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from samspill.planning.calendar import Meeting, Party, cancel, published, request

GOLDEN = Path(__file__).parent / "golden"
OSLO = ZoneInfo("Europe/Oslo")
STAMP = datetime(2026, 9, 1, 10, 30, tzinfo=UTC)
ORGANISER = Party("Øvingsdirektoratet", "samspill@example.org")
LEADER = Party("Ekspedisjonssjef; avdeling A, B", "leader@example.org")
MEETING = Meeting(
    uid="0f2d@samspill",
    sequence=0,
    starts_at=datetime(2026, 10, 26, 9, tzinfo=OSLO),
    ends_at=datetime(2026, 10, 26, 12, tzinfo=OSLO),
    summary="Samling 1: IKT som strategisk virkemiddel",
    description="Tema: teknologi, og hva den krever av oss; på tvers\n\n"
    "Svar her: https://samspill.example.org/planning/1/",
    place="Møterom 5, R6",
    url="https://samspill.example.org/planning/1/",
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("request", request(MEETING, organiser=ORGANISER, attendee=LEADER, stamp=STAMP)),
        (
            "update",
            request(
                replace(
                    MEETING,
                    sequence=1,
                    starts_at=datetime(2026, 10, 23, 13, tzinfo=OSLO),
                    ends_at=datetime(2026, 10, 23, 16, tzinfo=OSLO),
                ),
                organiser=ORGANISER,
                attendee=LEADER,
                stamp=STAMP,
            ),
        ),
        ("cancel", cancel(replace(MEETING, sequence=2), organiser=ORGANISER, attendee=LEADER, stamp=STAMP)),
        ("publish", published(MEETING, stamp=STAMP)),
    ],
)
def test_every_line_is_as_agreed(name, text):
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.split("\r\n") == (GOLDEN / f"{name}.ics").read_text().split("\n")


def test_no_line_is_longer_than_75_bytes():
    for text in (
        request(MEETING, organiser=ORGANISER, attendee=LEADER, stamp=STAMP),
        published(MEETING, stamp=STAMP),
    ):
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def _event(text):
    (event,) = Calendar.from_ical(text).events
    return event


def _moments(meeting):
    event = _event(request(meeting, organiser=ORGANISER, attendee=LEADER, stamp=STAMP))
    return event.start.astimezone(UTC), event.end.astimezone(UTC)


def test_a_reader_of_calendars_gets_back_what_was_put_in():
    event = _event(request(MEETING, organiser=ORGANISER, attendee=LEADER, stamp=STAMP))
    assert str(event["SUMMARY"]) == MEETING.summary
    assert str(event["DESCRIPTION"]) == MEETING.description
    assert str(event["LOCATION"]) == MEETING.place
    assert event["ATTENDEE"].params["CN"] == LEADER.name
    assert (event.start, event.end) == (MEETING.starts_at, MEETING.ends_at)


def test_a_file_for_ones_own_calendar_names_nobody():
    event = _event(published(MEETING, stamp=STAMP))
    assert "ATTENDEE" not in event
    assert "ORGANIZER" not in event


@pytest.mark.parametrize(
    ("start", "line"),
    [
        (datetime(2026, 10, 24, 9, tzinfo=OSLO), "DTSTART;TZID=Europe/Oslo:20261024T090000"),
        (datetime(2026, 10, 25, 9, tzinfo=OSLO), "DTSTART;TZID=Europe/Oslo:20261025T090000"),
        (datetime(2026, 10, 25, 8, tzinfo=UTC), "DTSTART;TZID=Europe/Oslo:20261025T090000"),
        (datetime(2027, 3, 28, 7, tzinfo=UTC), "DTSTART;TZID=Europe/Oslo:20270328T090000"),
    ],
)
def test_the_clock_on_the_wall_in_oslo_is_what_calendars_get(start, line):
    meeting = replace(MEETING, starts_at=start, ends_at=start.astimezone(UTC) + timedelta(hours=3))
    assert line in request(meeting, organiser=ORGANISER, attendee=LEADER, stamp=STAMP).split("\r\n")


def test_three_hours_over_the_change_of_the_clock_are_three_hours():
    start = datetime(2026, 10, 25, 1, tzinfo=OSLO)
    meeting = replace(MEETING, starts_at=start, ends_at=start.astimezone(UTC) + timedelta(hours=3))
    text = request(meeting, organiser=ORGANISER, attendee=LEADER, stamp=STAMP)
    assert "DTEND;TZID=Europe/Oslo:20261025T030000" in text.split("\r\n")
    assert _moments(meeting) == (
        datetime(2026, 10, 24, 23, tzinfo=UTC),
        datetime(2026, 10, 25, 2, tzinfo=UTC),
    )


def test_an_end_in_the_hour_that_comes_twice_is_told_as_a_duration():
    start = datetime(2026, 10, 25, 0, 30, tzinfo=OSLO)
    meeting = replace(MEETING, starts_at=start, ends_at=start.astimezone(UTC) + timedelta(hours=3))
    lines = request(meeting, organiser=ORGANISER, attendee=LEADER, stamp=STAMP).split("\r\n")
    assert "DURATION:PT3H" in lines
    assert not [line for line in lines if line.startswith("DTEND")]


@given(
    st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2036, 1, 1)).map(
        lambda naive: naive.replace(second=0, microsecond=0, tzinfo=UTC)
    ),
    st.integers(min_value=15, max_value=480),
)
def test_no_moment_is_lost_whatever_the_date(start, minutes):
    """But for starts in the second of two equal hours, which iCalendar has no words for."""
    local = start.astimezone(OSLO)
    if local.fold:
        return
    meeting = replace(MEETING, starts_at=start, ends_at=start + timedelta(minutes=minutes))
    begins, _ends = _moments(meeting)
    assert begins == start
    assert _length(meeting) == timedelta(minutes=minutes)


def _length(meeting):
    event = _event(request(meeting, organiser=ORGANISER, attendee=LEADER, stamp=STAMP))
    if "DURATION" in event:
        return event["DURATION"].dt
    return event.end.astimezone(UTC) - event.start.astimezone(UTC)
