"""Mails of our own: plain text from two templates, sent when the change they tell of has landed."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation


def send_mail(to: str, event: str, context: dict[str, Any]) -> None:
    """Send `to` the mail `templates/emails/<event>_subject.txt` and `_body.txt`, once the transaction has landed.

    Mails are in Dutch; `context` also gets `public_url`, without a slash at its end. Raises TemplateDoesNotExist.
    """
    with translation.override("nl"):
        told = {**context, "public_url": settings.PUBLIC_URL}
        subject = " ".join(render_to_string(f"emails/{event}_subject.txt", told).split())
        body = render_to_string(f"emails/{event}_body.txt", told).strip() + "\n"
    message = EmailMessage(subject=subject, body=body, to=[to])
    transaction.on_commit(message.send, robust=True)  # the change stands, also when the mail server does not
