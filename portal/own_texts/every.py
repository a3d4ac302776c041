"""All texts of our own, wherever they stand."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from portal.own_texts.content import content_texts
from portal.own_texts.pages import pages
from portal.own_texts.screens import mails, screen_texts
from portal.own_texts.text import OwnText


def every_text(root: Path) -> Iterator[OwnText]:
    """Pages and fields of what is in the database, words of the screen and mails under `root`."""
    return chain(pages(), content_texts(), screen_texts(root), mails(root))
