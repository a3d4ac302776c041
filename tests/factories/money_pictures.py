"""Photos of receipts for tests, real ones: as a phone makes them, and as somebody with bad intent would."""

import io
import zlib
from typing import Any

from PIL import Image


def photo(form: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **more: Any) -> bytes:
    """A small photo."""
    buffer = io.BytesIO()
    Image.new(mode, size, 200 if mode == "L" else None).save(buffer, form, **more)
    return buffer.getvalue()


def photo_with_place() -> bytes:
    """A JPEG whose EXIF tells the maker, a text and a place."""
    exif = Image.Exif()
    exif[0x010F] = "Geheime Telefoon"
    exif[0x9286] = "Geheime tekst"
    exif[0x0112] = 6  # turned a quarter
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (52.0, 5.0, 7.0)
    return photo(exif=exif.tobytes(), comment=b"Geheim commentaar")


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that becomes gigabytes."""

    def part(name: bytes, data: bytes) -> bytes:
        checked = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + checked

    head = side.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    packed = zlib.compress(b"\x00" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", packed) + part(b"IEND", b"")
