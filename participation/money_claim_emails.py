"""Who is mailed about what they can ask: after a meeting, and when the month of a kept claim begins."""

from django.db.models import Q

from participation.models import Claim, Meeting
from participation.states import CommitmentState, Regime
from portal.core.links import address
from portal.core.mail import send_mail

ASK_NOTHING = (Regime.NONE, Regime.ORG_INVOICE)  # who chose this is not mailed about money of their own


def may_claim(meeting: Meeting) -> None:
    """To each who was at `meeting` and has been promised money: one link that opens the claim, filled in."""
    there = meeting.attendances.filter(was_there=True, assignment__commitments__state=CommitmentState.RESERVED)
    waived = Q(assignment__payment_choice__regime__in=ASK_NOTHING)
    for one in there.exclude(waived).select_related("assignment__user").distinct().order_by("pk"):
        person = one.assignment.user
        if person is None or not person.is_active:
            continue
        link = address("participation:claim-for-meeting", one.assignment.uuid, meeting.uuid)
        told = {"meeting": meeting, "project": meeting.project, "page": link}
        send_mail(person.email, "participation/claim_may_ask", told)


def month_has_come(claim: Claim) -> None:
    """To whose claim it is: the month has come until which it was kept."""
    person = claim.typed_out_by or claim.user
    if person is None or not person.is_active:
        return
    link = address("participation:claim", claim.uuid)
    send_mail(person.email, "participation/claim_month_has_come", {"claim": claim, "page": link})
