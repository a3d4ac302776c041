"""Whether patients took part in an entry, as participation told it: for the page, the card, the filter and the API."""

from typing import Any

from django.utils.translation import get_language

from transparency.models import Entry, TakenPart

COUNTS = ("representatives", "meetings", "advice", "adopted", "partly", "not_adopted", "unanswered", "kept")


def taken_part_of(entry: Entry) -> TakenPart | None:
    """What is told of `entry`, or None."""
    try:
        return entry.taken_part
    except TakenPart.DoesNotExist:
        return None


def shown_projects(entry: Entry) -> list[dict[str, Any]]:
    """The projects of `entry` with their words in the language of the page."""
    language = get_language() or "nl"
    found = taken_part_of(entry)
    return [_in_language(project, language) for project in found.projects] if found else []


def _in_language(project: dict[str, Any], language: str) -> dict[str, Any]:
    """The numbers as they are, of every text the one of `language`, or the Dutch where there is no other."""
    words = {key: value[language] or value["nl"] for key, value in project.items() if isinstance(value, dict)}
    phases = [{**phase, "label": phase["label"][language]} for phase in project["phases"]]
    return {**project, **words, "phases": phases, "name_language": language if project["name"][language] else "nl"}
