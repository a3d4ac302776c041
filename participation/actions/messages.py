"""Everything that writes messages of a project, and how often somebody is mailed about what is new."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participation.actions.common import hold_running, needed, target_of
from participation.actions.erasing import note
from participation.erasure import work as erased
from participation.models import DigestWish, Message, Project
from participation.states import Rhythm
from participation.together_permissions import can_take_back, can_work_together
from portal.audit.record import record
from portal.core.workflow import StepNotAllowed

LONGEST = 4000
REGRET = datetime.timedelta(minutes=10)  # in which the writer may take a message back; nobody is mailed before


@transaction.atomic
def write_message(*, project: Project, text: str, by: Any, now: datetime.datetime, **more: Any) -> Message:
    """Say something to everybody who works on the project. It stays as it was said.

    `more`: uuid. Raises PermissionDenied, ValidationError, StepNotAllowed when the project ended.
    """
    can_work_together(by, project)
    hold_running(project, "write")
    words = needed(text, _("Schrijf uw bericht."), "text")
    if len(words) > LONGEST:
        raise ValidationError({"text": _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": LONGEST}})
    made = Message.objects.create(project=project, writer=by, text=words, written_at=now, **more)
    record("message.written", by=by, target=target_of(project), now=now, message=str(made.uuid))
    return made


@transaction.atomic
def take_back(*, message: Message, by: Any, now: datetime.datetime) -> None:
    """Take back what one wrote at most ten minutes ago: the text is erased, that there was one stays.

    Raises PermissionDenied, StepNotAllowed.
    """
    can_take_back(by, message)
    note(erased.MESSAGE, message, now)
    fresh = Message.objects.standing().filter(pk=message.pk, written_at__gte=now - REGRET)
    if not fresh.update(text="", taken_back_at=now):
        told = _("Terugnemen kan tot tien minuten na het schrijven.")
        raise StepNotAllowed("take back: the message is too old or gone", told=told)
    message.refresh_from_db()
    record("message.taken_back", by=by, target=target_of(message.project), now=now, message=str(message.uuid))


@transaction.atomic
def choose_rhythm(*, user_id: int, rhythm: str, now: datetime.datetime) -> None:
    """How often the user with this number is mailed from now on: their own choice, on a page or by the link in a mail.

    Who turns the mail on again hears of what is new from now on. Raises ValidationError.
    """
    if rhythm not in Rhythm.values:
        raise ValidationError({"rhythm": _("Kies hoe vaak u een mail wilt.")})
    wish, is_new = DigestWish.objects.get_or_create(user_id=user_id, defaults={"rhythm": rhythm, "told_until": now})
    if is_new or wish.rhythm == rhythm:
        return
    silent = {"told_until": now} if wish.rhythm == Rhythm.NEVER else {}
    DigestWish.objects.filter(pk=wish.pk).update(rhythm=rhythm, **silent)
