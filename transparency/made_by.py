"""What public records are made by: when it changes, they must be made anew."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

# All that may decide what a record, a card, a document or the page of an entry says; rather too much than too little.
SOURCES = ("portal", "transparency", "templates", "locale", "requirements.txt")
LEFT_OUT = ("__pycache__", "docs")
ADDRESSED = ("PUBLIC_URL", "CONTACT_EMAIL", "DEBUG")  # settings that stand in what is made


def made_by() -> str:
    """Names the present state of the code, the texts and the settings; 64 characters."""
    told = hashlib.sha256()
    for path in _files():
        content = path.read_bytes()
        told.update(f"{path.relative_to(settings.BASE_DIR)} {len(content)}\n".encode())
        told.update(content)
    told.update(repr([getattr(settings, name) for name in ADDRESSED]).encode())
    return told.hexdigest()


def _files() -> Iterator[Path]:
    """The files of SOURCES, always in the same order."""
    for name in SOURCES:
        place = Path(settings.BASE_DIR) / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and not set(LEFT_OUT) & set(path.parts):
                yield path
