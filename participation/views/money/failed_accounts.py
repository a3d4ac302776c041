"""Another account number, by whose claim it is, when the bank could not pay."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.actions.money.failed_accounts import change_account, waits_for_account
from participation.models import Claim
from participation.money_duties import WHOLE
from participation.money_emails import OWN_PAGE
from participation.money_permissions import can_change_claim
from participation.money_tasks import where_spent
from participation.money_work_forms import AccountForm
from participation.views.project_common import GET_OR_POST


@GET_OR_POST
def claim_account(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What the bank said, and a new number; when nothing is asked any more it says so."""
    claim = get_object_or_404(Claim.objects.select_related(*WHOLE), uuid=key)
    if not can_change_claim.ok(request.user, claim):
        raise Http404
    form = AccountForm(request.POST or None, initial={"revision": claim.revision, "holder": claim.holder})
    if request.method == "POST" and form.is_valid():
        read = form.cleaned_data
        try:
            change_account(claim=claim, by=request.user, now=timezone.now(), **read)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Dank u wel. Wij betalen u op deze rekening."))
            return redirect(OWN_PAGE, claim.uuid)
    context = {
        "claim": claim, "where": where_spent(claim), "form": form, "is_asked": waits_for_account(claim),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    return render(request, "participation/money/pay_failed_account.html", context, status=status)
