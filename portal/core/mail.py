"""Mails of our own: plain text from two templates, sent when the change they tell of has landed."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

Attachment = tuple[str, str, str]  # name, text, content type
_is_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def without_mail() -> Iterator[None]:
    """Inside, nobody is mailed: for what is told of the past, as the story of an example."""
    token = _is_quiet.set(True)
    try:
        yield
    finally:
        _is_quiet.reset(token)


def send_mail(
    to: str, event: str, context: dict[str, Any], *, headers: Mapping[str, str] | None = None,
    attachments: Iterable[Attachment] = (),
) -> None:  # fmt: skip
    """Send `to` the mail `templates/emails/<event>_subject.txt` and `_body.txt`, once the transaction has landed.

    Mails are in Dutch; `context` also gets `public_url`, without a slash at its end. Raises TemplateDoesNotExist.
    """
    if _is_quiet.get():
        return
    with translation.override("nl"):
        told = {**context, "public_url": settings.PUBLIC_URL}
        subject = " ".join(render_to_string(f"emails/{event}_subject.txt", told).split())
        body = render_to_string(f"emails/{event}_body.txt", told).strip() + "\n"
    message = EmailMessage(
        subject=subject, body=body, to=[to], headers=dict(headers or {}), attachments=list(attachments)
    )
    transaction.on_commit(message.send, robust=True)  # the change stands, also when the mail server does not
