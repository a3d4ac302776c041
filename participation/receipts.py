"""Which files may be receipts: a photo, which is made anew so that nothing hides in it, or a PDF.

What a file is, its content says, not its name and not who sent it.
"""

import io
import warnings

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

LARGEST = 10 * 1024 * 1024  # bytes of one file as it is sent
MOST_RECEIPTS = 10  # of one claim
MOST_PIXELS = 60_000_000  # of a photo as it is sent: more than any phone makes
LONGEST_SIDE = 2_400  # pixels of what is kept: enough to read a receipt
QUALITY = 82
_FORMS = ("JPEG", "PNG", "WEBP")  # that Pillow may try: what phones and screens make, and nothing else
_MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")  # with which they begin
CONTENT_TYPES = {"JPG": "image/jpeg", "PDF": "application/pdf"}


def made_receipt(data: bytes) -> tuple[str, bytes]:
    """(form, what is kept) of a file that somebody sent. Raises ValidationError with why not, in plain words."""
    if not data:
        raise ValidationError(_("Dit bestand is leeg. Kies een ander bestand."))
    if len(data) > LARGEST:
        raise ValidationError(_("Dit bestand is groter dan 10 megabyte. Maak een kleinere foto."))
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return "PDF", data
    if data.startswith(_MARKS):
        return "JPG", _photo(data)
    raise _unknown()


def _unknown() -> ValidationError:
    return ValidationError(_("Dit bestand nemen wij niet aan. Maak een foto van de bon, of kies een PDF."))


def _photo(data: bytes) -> bytes:
    """The photo as a JPEG of its pixels alone: no place, no maker, no text and no other file comes along."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMS) as sent:
                if sent.width * sent.height > MOST_PIXELS:  # read from the head: nothing is unpacked yet
                    raise ValidationError(_("Deze foto is te groot. Maak een kleinere foto."))
                sent.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is unpacked small at once
                return _anew(sent)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("Deze foto is te groot. Maak een kleinere foto.")) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise _unknown() from error


def _anew(sent: ImageFile.ImageFile) -> bytes:
    turned = ImageOps.exif_transpose(sent) or sent  # as the phone was held
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if turned.mode in ("RGBA", "LA", "PA", "P"):
        whole = turned.convert("RGBA")
        plain = Image.new("RGB", whole.size, "white")  # what is see-through is paper
        plain.paste(whole, mask=whole.getchannel("A"))
    else:
        plain = Image.new("RGB", turned.size)
        plain.paste(turned.convert("RGB"))
    kept = io.BytesIO()
    plain.save(kept, "JPEG", quality=QUALITY)
    return kept.getvalue()
