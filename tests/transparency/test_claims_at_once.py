"""Two people act at the same moment, on PostgreSQL with real threads: nothing lost, one result, a clear no."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from portal.accounts.models import PortalRole
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_above
from portal.organisations.roles import Role
from tests.factories.claims import asked_merge, claim_in, editorial_entry, open_proposal
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member, on_duty
from tests.factories.transparency import published_system
from transparency.actions import claims, groups, merging, proposals
from transparency.actions.drafts import approve, start_claim, start_correction, submit
from transparency.models import AISystem, Claim, Draft, Entry, Merge, Proposal
from transparency.states import ClaimKind, ReturnGround

pytestmark = [
    pytest.mark.usefixtures("committed_db"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share one connection on SQLite in memory"),
]
TIMES = 5


def at_once(*acts):
    """Do every act in a thread of its own, begun together; {number: "done" or the name of what was raised}."""
    begin, came = threading.Barrier(len(acts)), {}

    def work(number, act):
        try:
            begin.wait()
            act()
            came[number] = "done"
        except (StepNotAllowed, ValidationError) as error:
            came[number] = type(error).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came) == len(acts), "an act raised something else"
    return came


def one_of_two(came):
    assert sorted(came.values()) == ["StepNotAllowed", "done"]


def test_text_is_confirmed_once():
    claim = claim_in("ASKED", ClaimKind.CONFIRM)
    people = [member(claim.entry.organisation, Role.PUBLISHER) for _ in range(2)]

    one_of_two(at_once(*(
        lambda person=person: claims.confirm(claim=Claim.objects.get(pk=claim.pk), by=person, now=timezone.now())
        for person in people
    )))  # fmt: skip

    assert Claim.objects.get().state == "CONFIRMED"


def test_dispute_is_asked_once():
    entry = editorial_entry()
    people = [member(entry.organisation, Role.PUBLISHER) for _ in range(2)]

    one_of_two(at_once(*(
        lambda person=person: claims.dispute(
            entry=Entry.objects.get(pk=entry.pk), text="Niet waar.", seen=1, by=person, now=timezone.now()
        )
        for person in people
    )))  # fmt: skip

    assert Claim.objects.count() == 1


def test_dispute_is_shown_by_the_clock_or_sent_back():
    claim = claim_in("FILED")
    editor, due = on_duty(PortalRole.EDITORIAL), claim.show_at

    one_of_two(at_once(
        lambda: claims.show(claim=Claim.objects.get(pk=claim.pk), by=None, now=due),
        lambda: claims.return_claim(
            claim=Claim.objects.get(pk=claim.pk), ground=ReturnGround.PERSON, note="Naam.", by=editor, now=due
        ),
    ))  # fmt: skip

    claim.refresh_from_db()
    assert (claim.shown_at is not None) is (claim.state == "SHOWN")


@pytest.mark.parametrize("_time", range(TIMES))
def test_provider_and_our_editors_publish_at_once(_time):
    entry = editorial_entry()
    editors = [on_duty(PortalRole.EDITORIAL) for _ in range(2)]
    writer, publisher = member(entry.organisation, Role.EDITOR), member(entry.organisation, Role.PUBLISHER)
    theirs = start_correction(entry=entry, by=editors[0], now=timezone.now())
    ours = start_claim(entry=entry, by=writer, now=timezone.now())
    submit(draft=theirs, reason="x", by=editors[0], now=timezone.now())
    submit(draft=ours, reason="x", by=writer, now=timezone.now())

    def approving(draft, person):
        found = Draft.objects.select_related("entry__organisation", "entry__current_version").get(pk=draft.pk)
        approve(draft=found, revision=found.revision, by=person, now=timezone.now())

    one_of_two(at_once(lambda: approving(theirs, editors[1]), lambda: approving(ours, publisher)))

    entry.refresh_from_db()
    assert list(entry.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert entry.current_version.responsible == {
        "PROVIDER": entry.organisation.name, "EDITORIAL": "Redactie AI in mijn zorg",
    }[entry.origin]  # fmt: skip


@pytest.mark.parametrize("_time", range(TIMES))
def test_products_never_go_on_as_each_other(_time):
    first, second = published_system(), published_system(content={"name": "Ander"})
    merges = [asked_merge(old=first, into=second), asked_merge(old=second, into=first)]
    editor = on_duty(PortalRole.EDITORIAL)

    one_of_two(at_once(*(
        lambda pk=merge.pk: merging.confirm_merge(
            merge=Merge.objects.select_related("old", "into").get(pk=pk), by=editor, now=timezone.now()
        )
        for merge in merges
    )))  # fmt: skip

    assert AISystem.objects.living().count() == 1


@pytest.mark.parametrize("_time", range(TIMES))
def test_two_moves_make_no_circle(_time):
    first, second = OrganisationFactory(), OrganisationFactory()

    def moving(one, below):
        groups.place_organisation(
            organisation=Organisation.objects.get(pk=one.pk), parent=Organisation.objects.get(pk=below.pk), by=None,
            now=timezone.now(),
        )  # fmt: skip

    came = at_once(lambda: moving(first, second), lambda: moving(second, first))

    assert sorted(came.values()) == ["ValidationError", "done"]
    assert max(len(list(with_those_above(one))) for one in Organisation.objects.all()) == 2


def test_proposal_is_taken_over_or_left():
    proposal = open_proposal()
    people = [member(proposal.entry.organisation, Role.EDITOR) for _ in range(2)]

    def found():
        return Proposal.objects.select_related("entry__organisation", "to_version__system").get(pk=proposal.pk)

    came = at_once(
        lambda: proposals.take(proposal=found(), by=people[0], now=timezone.now()),
        lambda: proposals.leave(proposal=found(), reason="Nee.", by=people[1], now=timezone.now()),
    )

    one_of_two(came)
    proposal.refresh_from_db()
    assert Draft.objects.count() == (1 if proposal.state == "TAKEN" else 0)
