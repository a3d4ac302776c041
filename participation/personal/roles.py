"""The roles of somebody in projects, and how each began."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from participation.models import (
    Assignment,
    Interest,
    Project,
    RoleOffer,
    SignatureName,
    SigningLink,
    TeamMember,
    WelcomeStep,
)
from participation.personal.base import PROJECT_ONLY, Fact, Held, Row, project_fact, when


def assignments(user: Any) -> Held:
    """The roles that somebody has or had, and for whom they are a buddy."""
    mine = Assignment.objects.filter(user=user).select_related("project").order_by("proposed_at", "pk")
    rows: list[Row] = [
        (
            project_fact(one.project),
            Fact(key="number", label=_("Uw nummer op de pagina"), value=one.number),
            Fact(key="role", label=_("Rol"), value=one.influence, as_words=one.get_influence_display()),
            Fact(key="state", label=_("Stand"), value=one.state, as_words=one.get_state_display()),
            when("proposed_at", _("Gevraagd op"), one.proposed_at),
            when("active_since", _("Doet mee sinds"), one.active_since),
            when("ended_at", _("Gestopt op"), one.ended_at),
            Fact(key="reason", label=_("Waarom"), value=one.reason or None),
            Fact(key="access_needs", label=_("Wat u nodig hebt"), value=one.access_needs or None),
        )
        for one in mine
    ]
    buddies = Assignment.objects.filter(buddy=user).select_related("project").order_by("proposed_at", "pk")
    rows += [
        (project_fact(one.project), Fact(key="buddy_of", label=_("U bent buddy van nummer"), value=one.number))
        for one in buddies
    ]
    return Held(
        key="assignments", title=_("Waar u aan meedoet"), sees=PROJECT_ONLY, rows=rows,
        keep=_("Wie u bent: tot 24 maanden na het einde van het project. Rol en datums blijven, zonder u."),
    )  # fmt: skip


def team(user: Any) -> Held:
    """The projects on which somebody works for an organisation, or that they lead."""
    rows: list[Row] = [
        (
            project_fact(one.project),
            Fact(key="function", label=_("Wat u doet"), value=one.function),
            when("since", _("Sinds"), one.since),
        )
        for one in TeamMember.objects.filter(user=user).select_related("project").order_by("since", "pk")
    ]
    led = Project.objects.filter(lead=user).order_by("starts_on", "pk")
    rows += [(project_fact(one), Fact(key="leads", label=_("U leidt dit project"), value=True)) for one in led]
    keep = _("Tot een jaar na het einde van het project.")
    return Held(key="team", title=_("Projecten waar u aan werkt"), sees=PROJECT_ONLY, keep=keep, rows=rows)


def offers(user: Any) -> Held:
    """Roles that were offered by mail: to this address, and by this person."""
    to_me = RoleOffer.objects.filter(email=user.email.lower()).select_related("project").order_by("offered_at", "pk")
    rows: list[Row] = [
        (
            project_fact(one.project),
            Fact(key="role", label=_("Rol"), value=one.influence, as_words=one.get_influence_display()),
            when("offered_at", _("Gevraagd op"), one.offered_at),
        )
        for one in to_me
    ]
    mine = RoleOffer.objects.filter(offered_by=user).select_related("project").order_by("offered_at", "pk")
    rows += [(project_fact(one.project), when("offered", _("U vroeg iemand op"), one.offered_at)) for one in mine]
    return Held(
        key="offers", title=_("Vragen om mee te doen"), sees=PROJECT_ONLY, rows=rows,
        keep=_("Tot er een antwoord is. Komt er geen antwoord, dan nog 30 dagen."),
    )  # fmt: skip


def signatures(user: Any) -> Held:
    """The name under agreements, and links to sign that still work."""
    names = SignatureName.objects.filter(user=user).select_related("signature__agreement__assignment__project")
    rows: list[Row] = [
        (
            project_fact(one.signature.agreement.assignment.project),
            Fact(key="typed_name", label=_("Naam die u typte"), value=one.typed_name),
            when("signed_at", _("Getekend op"), one.signature.signed_at),
        )
        for one in names.order_by("signature__signed_at", "pk")
    ]
    links = SigningLink.objects.filter(user=user).select_related("agreement__assignment__project").order_by("pk")
    rows += [
        (
            project_fact(one.agreement.assignment.project),
            when("link_until", _("U kreeg een link om te tekenen. Hij werkt tot"), one.expires_at),
        )
        for one in links
    ]
    return Held(
        key="signatures", title=_("Wat u tekende"), sees=PROJECT_ONLY, rows=rows,
        keep=_("Tot 24 maanden na het einde van het project. Dat er is getekend, blijft, zonder uw naam."),
    )  # fmt: skip


def welcome_steps(user: Any) -> Held:
    """What somebody did to get to know a project."""
    found = WelcomeStep.objects.filter(assignment__user=user).select_related("assignment__project")
    rows: list[Row] = [
        (
            project_fact(one.assignment.project),
            Fact(key="step", label=_("Stap"), value=one.kind, as_words=one.get_kind_display()),
            when("done_at", _("Gedaan op"), one.done_at),
        )
        for one in found.order_by("done_at", "pk")
    ]
    keep = _("Tot 24 maanden na het einde van het project.")
    return Held(key="welcome", title=_("Hoe u begon"), sees=PROJECT_ONLY, keep=keep, rows=rows)


def interests(user: Any) -> Held:
    """The interests that somebody declared, and what was decided about them."""
    rows: list[Row] = [
        (
            project_fact(one.project),
            Fact(key="has_none", label=_("U hebt geen belangen"), value=one.has_none),
            Fact(key="text", label=_("Uw belangen"), value=one.text or None),
            when("declared_at", _("Gemeld op"), one.declared_at),
            Fact(key="decision", label=_("Besluit"), value=one.decision or None,
                 as_words=one.get_decision_display() if one.decision else ""),
            Fact(key="decision_text", label=_("Wat daarbij hoort"), value=one.decision_text or None),
        )
        for one in Interest.objects.filter(user=user).select_related("project").order_by("declared_at", "pk")
    ]  # fmt: skip
    keep = _("Tot 24 maanden na het einde van het project.")
    return Held(key="interests", title=_("Uw belangen"), sees=PROJECT_ONLY, keep=keep, rows=rows)
