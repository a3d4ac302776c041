"""What somebody told of themselves, agreed to, and who looked at it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from participation.models import Consent, Perspective, Profile, Viewing
from participation.personal.base import COORDINATOR, YOU_ONLY, Fact, Held, Row, when


def profile(user: Any) -> Held:
    """What somebody told to find a role."""
    rows: list[Row] = [
        (
            Fact(key="about", label=_("Over mij"), value=one.about),
            Fact(key="access_needs", label=_("Wat ik nodig heb om mee te doen"), value=one.access_needs),
            Fact(key="organisation", label=_("Patiëntenorganisatie die u steunt"),
                 value=one.organisation.name if one.organisation else None),
            when("used_at", _("Voor het laatst gebruikt"), one.used_at),
        )
        for one in Profile.objects.filter(user=user).select_related("organisation")
    ]  # fmt: skip
    return Held(
        key="profile", title=_("Uw profiel"), sees=COORDINATOR, rows=rows,
        keep=_("Tot 24 maanden nadat u voor het laatst inlogde. Na 22 maanden krijgt u een mail."),
    )  # fmt: skip


def perspectives(user: Any) -> Held:
    """The experiences that somebody brings."""
    found = Perspective.objects.filter(consent__user=user).order_by("pk")
    rows: list[Row] = [(Fact(key="text", label=_("Ervaring"), value=one.text),) for one in found]
    keep = _("Tot u de toestemming intrekt.")
    return Held(key="perspectives", title=_("Uw ervaring met ziekte of zorg"), sees=COORDINATOR, keep=keep, rows=rows)


def consents(user: Any) -> Held:
    """What somebody agreed to."""
    rows: list[Row] = [
        (
            Fact(key="kind", label=_("Toestemming"), value=one.kind, as_words=one.get_kind_display()),
            Fact(key="about", label=_("Voor"), value=one.about or None, as_words=_("één project") if one.about else ""),
            Fact(key="text_version", label=_("Versie van de tekst"), value=one.text_version),
            when("given_at", _("Gegeven op"), one.given_at),
            when("withdrawn_at", _("Ingetrokken op"), one.withdrawn_at),
        )
        for one in Consent.objects.filter(user=user).order_by("given_at", "pk")
    ]
    return Held(
        key="consents", title=_("Uw toestemmingen"), sees=YOU_ONLY, rows=rows,
        keep=_("Zolang ze gelden. Daarna nog 24 maanden, als bewijs."),
    )  # fmt: skip


def viewings(user: Any) -> Held:
    """Who looked at somebody's data, and whose data they looked at."""
    found = Viewing.objects.filter(subject=user).select_related("organisation", "project").order_by("-seen_at", "-pk")
    rows: list[Row] = [
        (
            when("seen_at", _("Wanneer"), one.seen_at),
            Fact(key="role", label=_("Wie"), value=one.role, as_words=one.get_role_display()),
            Fact(key="organisation", label=_("Organisatie"),
                 value=one.organisation.name if one.organisation else None),
            Fact(key="what", label=_("Wat"), value=one.what, as_words=one.get_what_display()),
            Fact(key="project", label=_("Project"), value=one.project.name if one.project else None),
        )
        for one in found
    ]  # fmt: skip
    looked = Viewing.objects.filter(viewer=user).order_by("-seen_at", "-pk")
    rows += [
        (
            when("seen_at", _("Wanneer"), one.seen_at),
            Fact(key="looked_at", label=_("U keek naar"), value=one.what, as_words=_("gegevens van iemand anders")),
        )
        for one in looked
    ]
    keep = _("12 maanden.")
    return Held(key="viewings", title=_("Wie keek naar uw gegevens"), sees=YOU_ONLY, keep=keep, rows=rows)
