"""Which files may be papers for a meeting: what a file is, its content says, not its name and not who sent it."""

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from participation.states import PaperForm

LARGEST = 10 * 1024 * 1024  # bytes of one file
MOST_PAPERS = 20  # of one meeting
ENDINGS = {
    PaperForm.PDF: ("pdf", "application/pdf"),
    PaperForm.DOCX: ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    PaperForm.ODT: ("odt", "application/vnd.oasis.opendocument.text"),
    PaperForm.PNG: ("png", "image/png"),
    PaperForm.JPEG: ("jpg", "image/jpeg"),
}
_MOST_PARTS = 5_000  # files in a Word or ODT file
_LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes that such a file says it becomes
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def fault_of(data: bytes) -> str:
    """Why `data` cannot be a paper, in plain words; "" when it can."""
    if not data:
        return _("Dit bestand is leeg. Kies een ander bestand.")
    if len(data) > LARGEST:
        return _("Dit bestand is groter dan 10 megabyte. Maak het kleiner, of deel het op.")
    if form_of(data) is None:
        return _("Dit bestand nemen wij niet aan. Kies een PDF, een bestand uit Word of een foto. Of plak de tekst.")
    return ""


def form_of(data: bytes) -> PaperForm | None:
    """What `data` is, by its content; None for everything that we do not take, such as a file with macros."""
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return PaperForm.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return PaperForm.PNG
    if data.startswith(b"\xff\xd8\xff") and data.rstrip(b"\x00").endswith(b"\xff\xd9"):
        return PaperForm.JPEG
    return _packed(data) if data.startswith(b"PK\x03\x04") else None


def _packed(data: bytes) -> PaperForm | None:
    """Word or ODT. Only two small parts are unpacked; nothing is when the file says that it becomes very large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = {part.filename: part for part in file.infolist()}
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts.values()) > _LARGEST_UNPACKED:
                return None
            names = {name.lower() for name in parts}
            if _begins(file, "mimetype") == ENDINGS[PaperForm.ODT][1].encode():
                return None if any(name.startswith(("basic/", "scripts/")) for name in names) else PaperForm.ODT
            if "word/document.xml" in names and _WORD in _begins(file, "[Content_Types].xml"):
                return None if any("vbaproject" in name for name in names) else PaperForm.DOCX
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        pass  # a file that is broken or locked is none that we know
    return None


def _begins(file: zipfile.ZipFile, name: str) -> bytes:
    """The first 100,000 bytes of a part; nothing when there is no such part."""
    if name not in file.namelist():
        return b""
    with file.open(name) as part:
        return part.read(100_000)
