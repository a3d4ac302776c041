"""The register's models, by noun."""

from transparency.models.draft import Draft, DraftComment
from transparency.models.entry import Entry
from transparency.models.load import ContentLoad
from transparency.models.national import NationalRecord
from transparency.models.notice import Notice
from transparency.models.readability import Readability, TextColour
from transparency.models.reading import Reading, ReadingAnswer, ReadingLink
from transparency.models.record import PublicRecord, SearchWord, Tier
from transparency.models.shown import Shown
from transparency.models.system import AISystem
from transparency.models.taken_part import TakenPart
from transparency.models.version import SystemVersion, Version

__all__ = [
    "AISystem",
    "ContentLoad",
    "Draft",
    "DraftComment",
    "Entry",
    "NationalRecord",
    "Notice",
    "PublicRecord",
    "Readability",
    "Reading",
    "ReadingAnswer",
    "ReadingLink",
    "SearchWord",
    "Shown",
    "SystemVersion",
    "TakenPart",
    "TextColour",
    "Tier",
    "Version",
]
