"""All texts of our own, wherever they stand."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from participation.agreement_text import newest
from portal.own_texts.content import content_texts
from portal.own_texts.pages import pages
from portal.own_texts.projects import project_texts
from portal.own_texts.screens import mails, screen_texts
from portal.own_texts.text import OwnText


def every_text(root: Path) -> Iterator[OwnText]:
    """Pages and fields of what is in the database, words of the screen, mails under `root`, and the agreement."""
    return chain(pages(), content_texts(), project_texts(), screen_texts(root), mails(root), agreement())


def agreement() -> Iterator[OwnText]:
    """Each clause of the newest agreement, and all of them together."""
    clauses = [(one["key"], f"{one['title']}.\n\n{one['text']}") for one in newest()["clause"]]
    for place, text in [*clauses, ("samen", "\n\n".join(text for _key, text in clauses))]:
        yield OwnText(kind="page", place=f"afspraken {place}", text=text)
