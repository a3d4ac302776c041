"""A meeting as a calendar file (iCalendar, RFC 5545) that people can put in their own calendar.

Written here and not by a library: one event with ten properties needs a page of code, and no parser.
"""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from participation.models import Meeting
from participation.states import MeetingState
from portal.core.links import address

CONTENT_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
NAME = "gesprek.ics"
LONGEST_LINE = 75  # bytes, without the end of the line (RFC 5545, section 3.1)


def calendar_file(meeting: Meeting, now: datetime.datetime) -> str:
    """`meeting` as it is now. A later file of it takes the place of an earlier one: its SEQUENCE is higher.

    No representative stands in it: who put it in a calendar of work shows nobody with whom.
    """
    with override("nl"):
        project = meeting.project
        about = _("Gesprek over %(project)s") % {"project": project.name}
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//AI in mijn zorg//gesprekken//NL",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            f"UID:{meeting.uuid}@{urlsplit(settings.PUBLIC_URL).hostname}",
            f"SEQUENCE:{meeting.revision}",
            f"DTSTAMP:{moment(now)}",
            f"DTSTART:{moment(meeting.starts_at)}",
            f"DTEND:{moment(meeting.ends_at)}",
            f"STATUS:{'CANCELLED' if meeting.state == MeetingState.CANCELLED else 'CONFIRMED'}",
            f"ORGANIZER:mailto:{settings.CONTACT_EMAIL}",
            f"SUMMARY:{escaped(meeting.title)}",
            f"LOCATION:{escaped(meeting.place)}",
            f"DESCRIPTION:{escaped(about)}",
            f"URL:{address('participation:meeting-mine', meeting.uuid)}",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def moment(value: datetime.datetime) -> str:
    """A moment in UTC: the same everywhere, whatever the clock does in Amsterdam."""
    return f"{value.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """`text` as a value of type TEXT (section 3.3.11)."""
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def folded(line: str) -> str:
    """`line` in pieces of at most 75 bytes, each but the first after a space; no character is cut in two."""
    pieces, piece, size = [], "", 0
    for character in line:
        more = len(character.encode())
        if size + more > LONGEST_LINE:
            pieces.append(piece)
            piece, size = "", 1  # the space before the next piece
        piece += character
        size += more
    return "\r\n ".join([*pieces, piece])
