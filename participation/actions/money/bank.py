"""Taking the file for the bank: made at that moment, written down in the log, kept nowhere."""

import datetime
from typing import Any

from django.db import transaction

from participation.actions.money.payments import batch_target
from participation.bank_file import FORMS, BankFile, payments_of
from participation.models import PaymentBatch
from participation.money_permissions import can_handle_batch
from participation.states import BatchState
from portal.audit.record import record
from portal.core.workflow import StepNotAllowed


@transaction.atomic
def take_file(*, batch: PaymentBatch, form: str, by: Any, now: datetime.datetime) -> BankFile:
    """The file of a batch that waits for the bank; `form`: "xml" (pain.001.001.09) or "csv".

    Raises PermissionDenied, StepNotAllowed when the batch was paid or taken back, or nothing is left in it; KeyError
    for another form.
    """
    can_handle_batch(by, batch)
    make = FORMS[form]
    payments = payments_of(batch)
    if not payments or not PaymentBatch.objects.filter(pk=batch.pk, state=BatchState.MADE).exists():
        raise StepNotAllowed("take: the batch waits for no bank")
    made = make(batch, payments, now)
    record("money.batch_taken", by=by, target=batch_target(batch), now=now, form=form, count=len(payments))
    return made
