"""The register's models, by noun."""

from transparency.models.claim import Claim
from transparency.models.draft import Draft, DraftComment
from transparency.models.draft_save import DraftSave
from transparency.models.ending import Ending
from transparency.models.entry import Entry
from transparency.models.leave_out import LeaveOut
from transparency.models.load import ContentLoad
from transparency.models.merge import Merge
from transparency.models.national import NationalRecord
from transparency.models.notice import Notice
from transparency.models.proposal import LawLine, Proposal
from transparency.models.publication import (
    DailyHead,
    LogHead,
    PublicationEvent,
    Redaction,
    RedactionRequest,
    Seal,
)
from transparency.models.readability import Readability, TextColour
from transparency.models.reading import Reading, ReadingAnswer, ReadingLink
from transparency.models.record import PublicRecord, SearchWord, Tier
from transparency.models.reminder import Reminder
from transparency.models.shown import Shown
from transparency.models.system import AISystem
from transparency.models.taken_part import TakenPart
from transparency.models.upkeep import Upkeep
from transparency.models.upload import Upload, UploadLine
from transparency.models.version import SystemVersion, Version

__all__ = [
    "AISystem",
    "Claim",
    "ContentLoad",
    "DailyHead",
    "Draft",
    "DraftComment",
    "DraftSave",
    "Ending",
    "Entry",
    "LawLine",
    "LeaveOut",
    "LogHead",
    "Merge",
    "NationalRecord",
    "Notice",
    "Proposal",
    "PublicRecord",
    "PublicationEvent",
    "Readability",
    "Reading",
    "ReadingAnswer",
    "ReadingLink",
    "Redaction",
    "RedactionRequest",
    "Reminder",
    "Seal",
    "SearchWord",
    "Shown",
    "SystemVersion",
    "TakenPart",
    "TextColour",
    "Tier",
    "Upkeep",
    "Upload",
    "UploadLine",
    "Version",
]
