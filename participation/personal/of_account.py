"""What the portal holds of everybody who has an account."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.personal.base import COLLEAGUES, Fact, Held, Row, when
from portal.accounts.models import PortalDuty
from portal.audit.models import AuditEvent
from portal.organisations.models import Membership, RoleRequest


def account(user: Any) -> Held:
    """Who somebody is to the portal."""
    row = (
        Fact(key="name", label=_("Naam"), value=user.name),
        Fact(key="email", label=_("Mailadres"), value=user.email),
        when("joined_at", _("Account sinds"), user.joined_at),
        when("last_login", _("Voor het laatst ingelogd"), user.last_login),
    )
    return Held(key="account", title=_("Uw account"), sees=COLLEAGUES, keep=_("Zolang u een account hebt."), rows=[row])


def roles(user: Any) -> Held:
    """For whom somebody works."""
    held = Membership.objects.filter(user=user).select_related("organisation").order_by("since", "pk")
    rows: list[Row] = [
        (
            Fact(key="organisation", label=_("Organisatie"), value=one.organisation.name),
            Fact(key="role", label=_("Rol"), value=one.role, as_words=one.get_role_display()),
            when("since", _("Sinds"), one.since),
        )
        for one in held
    ]
    duties = PortalDuty.objects.filter(user=user).order_by("since", "pk")
    rows += [
        (
            Fact(key="organisation", label=_("Organisatie"), value="AI in mijn zorg"),
            Fact(key="role", label=_("Rol"), value=one.role, as_words=one.get_role_display()),
            when("since", _("Sinds"), one.since),
        )
        for one in duties
    ]
    asked = RoleRequest.objects.filter(Q(user=user) | Q(asked_by=user)).select_related("organisation")
    for one in asked.order_by("asked_at", "pk"):
        label = _("Rol die voor u is gevraagd") if one.user_id == user.pk else _("Rol die u voor iemand vroeg")
        rows.append(
            (
                Fact(key="organisation", label=_("Organisatie"), value=one.organisation.name),
                Fact(key="role_asked", label=label, value=one.role, as_words=one.label),
                when("asked_at", _("Gevraagd op"), one.asked_at),
            )
        )
    return Held(key="roles", title=_("Voor wie u werkt"), sees=COLLEAGUES, keep=_("Zolang u daar werkt."), rows=rows)


def log(user: Any) -> Held:
    """What somebody did, by their number; names never stand there."""
    rows: list[Row] = [
        (
            Fact(key="kind", label=_("Wat"), value=kind),
            when("happened_at", _("Wanneer"), happened_at),
        )
        for kind, happened_at in AuditEvent.objects.filter(actor_id=user.pk)
        .order_by("happened_at", "pk")
        .values_list("kind", "happened_at")
    ]
    return Held(
        key="log", title=_("Wat u deed"), sees=COLLEAGUES, rows=rows,
        keep=_("Altijd, zonder uw naam. Er staat alleen een nummer bij. Van een gewist account is dat van niemand."),
    )  # fmt: skip
