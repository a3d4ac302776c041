"""Meetings that are planned, with who is invited and papers, for tests."""

import datetime
import io
import zipfile
from typing import Any

from django.utils import timezone

from participation.models import Assignment, Attendance, Meeting, MeetingPaper, Project
from participation.states import PaperForm

WEEKS = datetime.timedelta(weeks=3)
HOUR = datetime.timedelta(hours=1)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20 + b"\xff\xd9"


def planned_meeting(project: Project, *invited: Assignment, **fields: Any) -> Meeting:
    """A meeting in three weeks, in the phase of the project, to which `invited` were asked."""
    start = fields.pop("starts_at", timezone.now() + WEEKS)
    values = {
        "phase": project.phase,
        "title": "Foto’s uitleggen",
        "place": "Zaal 3, Utrecht",
        "agenda": "- Kennismaken",
    }
    if invited:
        values["invited_at"] = timezone.now()
    meeting = Meeting.objects.create(project=project, starts_at=start, ends_at=start + 2 * HOUR, **{**values, **fields})
    for assignment in invited:
        Attendance.objects.create(meeting=meeting, assignment=assignment, invited_at=timezone.now())
    return meeting


def paper(meeting: Meeting, **fields: Any) -> MeetingPaper:
    """A typed paper that was not sent."""
    values: dict[str, Any] = {"title": "Vragen", "form": PaperForm.TEXT, "text": "Wat wilt u weten?"}
    values |= {"added_at": timezone.now(), **fields}
    return MeetingPaper.objects.create(meeting=meeting, **values)


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip file with `parts`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return buffer.getvalue()


WORD_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCX = packed({"[Content_Types].xml": b'<Override ContentType="%s"/>' % WORD_TYPE, "word/document.xml": b"<w/>"})
ODT = packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"})
