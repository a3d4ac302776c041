"""The mail that asks for the pulse: to everybody who did not answer yet, the same words for both sides."""

from django.urls import reverse
from django.utils.translation import override

from participation.models import PulseRound
from portal.accounts.models import User
from portal.core.mail import send_mail


def pulse_asked(one: PulseRound) -> None:
    """To who is asked and did not answer."""
    waiting = one.asked.filter(has_answered=False).values("user")
    with override("nl"):
        path = reverse("participation:pulse", args=[one.uuid])
    for user in User.objects.filter(pk__in=waiting, is_active=True).order_by("pk"):
        send_mail(user.email, "participation/pulse_asked", {"project": one.project, "round": one, "path": path})
