"""The form of a claim: rows one more and one less without a script, checked, and nothing that was typed is lost."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.actions.money import claims as actions
from participation.actions.money.accounts import account_before
from participation.actions.money.claims import is_example
from participation.actions.money.funds import new_key
from participation.actions.money.rows import MOST_ROWS, promised_to
from participation.actions.money.starting import start_claim
from participation.claim_pages import kinds_of, rate_words
from participation.models import Claim, PaymentProfile
from participation.money_claim_forms import AccountForm, Raw, Rows, taken, typed_rows
from participation.states import OWN_TURN, ItemKind
from portal.core.workflow import StepNotAllowed

TEMPLATE = "participation/money/claim_form.html"
MORE, LESS = "erbij-", "weg-"  # what the buttons say, with a kind of row or a number behind it


class ClaimPage:
    """The form of one claim: of one that is there, or of a new one that `whose` says whose it becomes."""

    def __init__(
        self, request: HttpRequest, claim: Claim, *, whose: Mapping[str, Any] | None = None, title: str = ""
    ) -> None:
        self.request, self.claim, self.whose = request, claim, whose
        self.title = title or (_("Nieuwe declaratie") if whose is not None else _("Verander uw declaratie"))
        self.promises = promised_to(claim)
        self.kinds = kinds_of(claim, self.promises)
        self.faults: list[str] = []

    def answer(self, first: Callable[[], list[Raw]]) -> HttpResponse:
        """The page, or by POST one row more or less, or the claim written; `first`: the rows before anybody typed."""
        if self.request.method != "POST":
            return self._page(self._rows(first()), self._account())
        rows, wish = self._rows(typed_rows(self.request.POST, self.kinds)), self.request.POST.get("doe", "")
        if wish.startswith(MORE) and wish.removeprefix(MORE) in self.kinds and len(rows.typed) < MOST_ROWS:
            rows.add(wish.removeprefix(MORE), timezone.localdate())
            return self._page(rows, self._account(typed=True))
        if wish.startswith(LESS) and wish.removeprefix(LESS).isdigit():
            rows.remove(int(wish.removeprefix(LESS)))
            return self._page(rows, self._account(typed=True))
        return self._write(rows)

    def _rows(self, typed: list[Raw]) -> Rows:
        return Rows(typed, regime=self.claim.regime, promises=self.promises)

    def _account(self, *, typed: bool = False, is_bound: bool = False) -> AccountForm:
        before = account_before(self.claim)
        known = {"known": self.claim.iban_end, "before": before.iban_end if before else ""}
        if is_bound:
            return AccountForm(self.request.POST, **known)
        if typed:
            return AccountForm(initial=dict(self.request.POST.items()), **known)
        holder = self.claim.holder or (before.holder if before else "")
        start = {"holder": holder, "same": True, "revision": self.claim.revision, "key": new_key()}
        return AccountForm(initial=start, **known)

    def _write(self, rows: Rows) -> HttpResponse:
        account = self._account(is_bound=True)
        are_right = [rows.are_valid(), account.is_valid()]
        if all(are_right):
            try:
                return redirect("participation:claim", self._written(rows, account).uuid)
            except ValidationError as error:
                for name, told in rows.take(taken(error)).items():
                    account.add_error(name if name in account.fields else None, told)
            except StepNotAllowed:
                self._refuse_sent()
                self.faults = [_("Deze declaratie veranderde in een ander venster. Kijk alles na en bewaar nog eens.")]
                account = self._account(typed=True)
                account.initial["revision"] = self.claim.revision
        return self._page(rows, account, is_wrong=True)

    def _written(self, rows: Rows, account: AccountForm) -> Claim:
        told: dict[str, Any] = {"by": self.request.user, "now": timezone.now(), "rows": rows.rows()}
        if self.whose is None:
            revision = account.cleaned_data.get("revision")
            if revision is None:
                raise StepNotAllowed("write: the form names no revision")
            actions.write_claim(claim=self.claim, revision=revision, **told, **account.account())
            return self.claim
        key = account.cleaned_data.get("key") or new_key()
        return start_claim(budget=self.claim.budget, key=key, account=account.account(), **told, **self.whose)

    def _refuse_sent(self) -> None:
        """Go on only while the claim can still be written. Raises StepNotAllowed."""
        if self.whose is not None:
            raise StepNotAllowed("write: this form was sent before", told=_("U bewaarde deze declaratie al."))
        self.claim.refresh_from_db(fields=["state", "revision"])
        if self.claim.state not in OWN_TURN:
            raise StepNotAllowed(f"write: claim is {self.claim.state}", told=_("U hebt deze declaratie al verstuurd."))

    def _page(self, rows: Rows, account: AccountForm, *, is_wrong: bool = False) -> HttpResponse:
        profile = PaymentProfile.objects.filter(user=self.claim.user_id).first()
        today = timezone.localdate()
        context = {
            "claim": self.claim,
            "project": self.claim.project,
            "title": self.title,
            "rows": rows.forms,
            "account": account,
            "faults": self.faults,
            "is_wrong": is_wrong,
            "kinds": [(kind.value, ItemKind(kind).label) for kind in self.kinds],
            "may_add": len(rows.forms) < MOST_ROWS,
            "rate_words": rate_words(self.claim.regime, profile, today, is_example=is_example(self.claim)),
            "is_new": self.whose is not None,
            "is_typed_out": bool(self.claim.typed_out_by_id),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
        return render(self.request, TEMPLATE, context, status=status)
