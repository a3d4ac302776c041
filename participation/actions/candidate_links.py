"""The links of mails to who replied without an account: each works once, the database has only its hash."""

import datetime

from django.db import transaction

from participation import recruiting_emails as emails
from participation.models import Candidacy
from portal.core import links

LINK_WORKS = datetime.timedelta(days=7)  # to confirm that the address is one's own
LONG_LINK_WORKS = datetime.timedelta(days=30)  # afterwards
PAUSE = datetime.timedelta(minutes=10)  # between two mails that anybody can have sent to an address


def new_link(candidacy: Candidacy, *, now: datetime.datetime) -> str:
    """A new link for `candidacy`: the earlier one stops. Only the mail knows it."""
    token = links.new_token()
    works = LINK_WORKS if candidacy.confirmed_at is None else LONG_LINK_WORKS
    Candidacy.objects.filter(pk=candidacy.pk).update(
        token_hash=links.hash_of(token), token_sent_at=now, token_expires_at=now + works
    )
    candidacy.refresh_from_db()
    return token


def link_of(token: str, now: datetime.datetime) -> Candidacy | None:
    """The candidacy of a link that works now, or None."""
    found = Candidacy.objects.filter(token_hash=links.hash_of(token), token_expires_at__gt=now, erased_at=None)
    return found.select_related("vacancy__project__organisation", "user").first()


def was_mailed_just_now(candidacy: Candidacy, now: datetime.datetime) -> bool:
    """Whether a link that still works went out a moment ago: nobody floods somebody's mailbox through us."""
    sent = candidacy.token_sent_at if candidacy.token_hash else None
    return sent is not None and now - sent < PAUSE


def tell_candidate(candidacy: Candidacy, *, now: datetime.datetime) -> None:
    """Mail somebody how their reply stands, with the way to it: a page of their account, or a new link."""
    if candidacy.user is not None:
        emails.candidate_told(candidacy, links.address("participation:my-candidacy", candidacy.uuid))
    elif candidacy.email:
        emails.candidate_told(candidacy, emails.link_address(new_link(candidacy, now=now)))


@transaction.atomic
def send_new_links(*, email: str, now: datetime.datetime) -> None:
    """Mail a new link for each reply without an account of this address. For who asks it is the same with none."""
    address = email.strip().lower()
    mine = Candidacy.objects.filter(email=address, user=None, erased_at=None).exclude(email="")
    for candidacy in mine.select_related("vacancy__project").order_by("pk"):
        if not was_mailed_just_now(candidacy, now):
            emails.candidacy_link(candidacy, new_link(candidacy, now=now))
