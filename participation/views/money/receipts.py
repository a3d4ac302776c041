"""Receipts: added and taken off by whose claim it is, and taken along; never opened here."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions.money import receipts as actions
from participation.claim_pages import WHOLE
from participation.models import Receipt, Seen
from participation.money_claim_forms import ReceiptForm
from participation.money_permissions import can_change_claim, can_see_receipts
from participation.receipts import CONTENT_TYPES, LARGEST
from participation.view_log import saw
from participation.views.money.claims import own_claim, show
from portal.core.private import only_post, takes_files

ROOM = 50_000  # bytes of a form around its file
FOUND = tuple(f"claim__{name}" for name in WHOLE)


@takes_files(LARGEST + ROOM)
@only_post
def add(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Put a photo or a PDF with a claim that is not sent."""
    found = own_claim(request, key)
    form = ReceiptForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data["receipt"].read()
        try:
            actions.add_receipt(claim=found, data=data, by=request.user, now=timezone.now())
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("De bon zit erbij."))
            return redirect("participation:claim", key)
    return show(request, found, receipt_form=form)


def _found(key: uuid.UUID) -> Receipt:
    return get_object_or_404(Receipt.objects.select_related("claim", *FOUND), uuid=key)


@only_post
def remove(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a receipt off a claim that is not sent; one that is gone already stays gone."""
    found = Receipt.objects.select_related("claim", *FOUND).filter(uuid=key).first()
    if found is None or not can_change_claim.ok(request.user, found.claim):
        raise Http404
    actions.remove_receipt(receipt=found, by=request.user, now=timezone.now())
    messages.success(request, _("De bon is weg."))
    return redirect("participation:claim", found.claim.uuid)


@require_safe
def receipt(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A receipt, only to keep: for whose claim it is, and for who checks, approves or pays it."""
    found = _found(key)
    if not can_see_receipts.ok(request.user, found.claim):
        raise Http404
    if found.claim.organisation_id is None:
        saw(request, found.claim.user, Seen.ASSIGNMENT, found.claim.project)
    response = HttpResponse(bytes(found.data), content_type=CONTENT_TYPES[found.form], status=HTTPStatus.OK)
    response.headers["Content-Disposition"] = f'attachment; filename="bon-{found.pk}.{found.form.lower()}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
