"""Publish notices as another process would: `python -m tests.support.publish_notice SLUG`, a text on each line.

For each it prints the text when it is public.
"""

import os
import sys

import django


def main(slug: str, text: str) -> None:
    """Publish `text` as a notice of the entry `slug`, in Dutch and English alike."""
    from django.utils import timezone

    from transparency.actions.publishing import publish_notice
    from transparency.models import Entry
    from transparency.states import NoticeKind

    publish_notice(entry=Entry.objects.get(slug=slug), kind=NoticeKind.SAFETY, text=text, text_en=text, by=None,
                   now=timezone.now())  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    for line in sys.stdin:
        main(sys.argv[1], line.strip())
        print(line, end="", flush=True)
