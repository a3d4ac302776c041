"""What a provider says of a text of our editors: who may, what comes of it, and what everybody sees."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from portal.accounts.models import PortalRole
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation
from portal.organisations.roles import Role
from tests.factories.claims import claim_in, editorial_entry
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty
from tests.factories.transparency import COMPLETE, published_entry
from transparency.actions import claims
from transparency.actions.drafts import approve, save_answers, start_claim, start_correction, submit
from transparency.actions.publishing import end_entry, publish_entry
from transparency.jobs import show_due_disputes
from transparency.loading import load_content
from transparency.models import Claim, Entry
from transparency.states import ClaimKind, ClaimOutcome, DraftPurpose, Origin, ReturnGround

pytestmark = pytest.mark.django_db
TEXT = "Wij gebruiken dit niet meer sinds mei."


def people_of(entry):
    """One of each who may want to say something of a text about `entry`'s organisation."""
    organisation = entry.organisation
    return {
        "newcomer": UserFactory(),
        "outsider": member(OrganisationFactory(verified_at=timezone.now()), *Role),
        "editor": member(organisation, Role.EDITOR),
        "publisher": member(organisation, Role.PUBLISHER),
        "administrator": member(organisation, Role.ADMINISTRATOR),
        "coordinator": member(organisation, Role.COORDINATOR),
        "editorial": on_duty(PortalRole.EDITORIAL),
        "portal": on_duty(PortalRole.ADMINISTRATOR),
    }


# Who may do what; every pair that does not stand here is refused. The claim was asked by another editor of the
# organisation, decided by another publisher, answered by another editor of the portal.
MAY = {
    "ask": {"editor", "publisher"},
    "dispute": {"editor", "publisher"},
    "correct": {"editor", "publisher"},
    "confirm": {"publisher"},
    "refuse": {"publisher"},
    "file": {"publisher"},
    "withdraw asked": {"publisher"},
    "withdraw shown": {"publisher"},
    "show": {"editorial"},
    "return": {"editorial"},
    "answer": {"editorial"},
    "approve answer": {"editorial"},
    "return answer": {"editorial"},
}


def act(action, entry, by, now):
    seen = entry.current_version.number
    if action == "ask":
        return claims.ask_confirmation(entry=entry, seen=seen, by=by, now=now)
    if action == "dispute":
        return claims.dispute(entry=entry, text=TEXT, seen=seen, by=by, now=now)
    if action == "correct":
        return start_claim(entry=entry, by=by, now=now)
    claim = Claim.objects.get(entry=entry)
    if action == "return":
        return claims.return_claim(claim=claim, ground=ReturnGround.PERSON, note="x", by=by, now=now)
    if action == "answer":
        return claims.answer(claim=claim, outcome=ClaimOutcome.NOT_CHANGED, text="x", by=by, now=now)
    if action == "return answer":
        return claims.return_answer(claim=claim, note="x", by=by, now=now)
    name = {"approve answer": "approve_answer", "withdraw asked": "withdraw", "withdraw shown": "withdraw"}
    return getattr(claims, name.get(action, action))(claim=claim, by=by, now=now)


BEFORE = {
    "confirm": ("ASKED", ClaimKind.CONFIRM), "refuse": ("ASKED", ClaimKind.CONFIRM),
    "file": ("ASKED", ClaimKind.DISPUTE), "withdraw asked": ("ASKED", ClaimKind.DISPUTE),
    "withdraw shown": ("SHOWN", ClaimKind.DISPUTE), "show": ("FILED", ClaimKind.DISPUTE),
    "return": ("FILED", ClaimKind.DISPUTE), "answer": ("SHOWN", ClaimKind.DISPUTE),
    "approve answer": ("ANSWERING", ClaimKind.DISPUTE), "return answer": ("ANSWERING", ClaimKind.DISPUTE),
}  # fmt: skip


@pytest.mark.parametrize("action", MAY)
def test_only_who_may_does_it(action, now):
    for who in ("newcomer", "outsider", "editor", "publisher", "administrator", "coordinator", "editorial", "portal"):
        entry = editorial_entry()
        if action in BEFORE:
            claim_in(*BEFORE[action], entry=entry)
        person = people_of(entry)[who]

        if who in MAY[action]:
            act(action, entry, person, now)
        else:
            with pytest.raises(PermissionDenied):
                act(action, entry, person, now)


def test_who_asked_does_not_confirm(now):
    entry = editorial_entry()
    publisher = member(entry.organisation, Role.PUBLISHER)
    claim = claims.ask_confirmation(entry=entry, seen=1, by=publisher, now=now)

    with pytest.raises(PermissionDenied, match="Iemand anders"):
        claims.confirm(claim=claim, by=publisher, now=now)


def test_who_wrote_the_answer_does_not_approve_it(now):
    claim = claim_in("ANSWERING")

    with pytest.raises(PermissionDenied, match="andere redacteur"):
        claims.approve_answer(claim=claim, by=claim.answered_by, now=now)


def test_editor_who_spoke_for_the_provider_does_not_judge(now):
    entry = editorial_entry()
    both = member(entry.organisation, Role.PUBLISHER, user=on_duty(PortalRole.EDITORIAL))
    claim = claims.dispute(entry=entry, text=TEXT, seen=1, by=both, now=now)

    with pytest.raises(PermissionDenied, match="zelf voor de zorgverlener"):
        claims.show(claim=claim, by=both, now=now)


def test_organisation_must_be_verified(now):
    entry = editorial_entry(organisation=OrganisationFactory())

    with pytest.raises(PermissionDenied, match="nog niet gecontroleerd"):
        claims.ask_confirmation(entry=entry, seen=1, by=member(entry.organisation, Role.EDITOR), now=now)


@pytest.mark.parametrize("origin", [Origin.PROVIDER, Origin.IMPORTED])
def test_only_a_text_of_our_editors_is_claimed(origin, now):
    entry = published_entry(origin=origin, organisation__verified_at=now)
    writer = member(entry.organisation, Role.EDITOR)

    for begin in (claims.ask_confirmation, claims.dispute):
        more = {"text": TEXT} if begin is claims.dispute else {}
        with pytest.raises(StepNotAllowed):
            begin(entry=entry, seen=1, by=writer, now=now, **more)
    with pytest.raises(StepNotAllowed):
        start_claim(entry=entry, by=writer, now=now)


def test_text_that_ended_is_not_claimed(now):
    entry = editorial_entry()
    end_entry(entry=entry, reason="Weg.", by=None, now=now)

    with pytest.raises(StepNotAllowed):
        start_claim(entry=entry, by=member(entry.organisation, Role.EDITOR), now=now)


# --- Confirm ---------------------------------------------------------------------------------------------------------


def page(client, entry):
    return client.get(entry.get_absolute_url()).text


def test_confirmed_text_says_so_on_page_card_and_api(client, now):
    entry = editorial_entry(organisation=OrganisationFactory(name="De Linde", verified_at=now))
    before = current_revision()

    claim_in("CONFIRMED", ClaimKind.CONFIRM, entry=entry)

    assert "Bevestigd door de zorgverlener op 22 november 2026" in page(client, entry)
    assert "nog niet bevestigd" not in page(client, entry)
    assert "Bevestigd door de zorgverlener" in client.get("/register/").text
    document = client.get(f"/api/v1/toepassingen/{entry.uuid}").json()
    assert document["confirmed"] == {"at": "2026-11-22T09:00:00Z", "version": 1}
    assert document["origin"] == "EDITORIAL"
    assert current_revision() > before


def test_confirmation_holds_for_the_text_that_was_read(client, now):
    entry = editorial_entry()
    claim_in("CONFIRMED", ClaimKind.CONFIRM, entry=entry)

    publish_entry(entry=entry, content={**entry.current_version.content, "purpose": "Anders."}, reason="x",
                  responsible="x", by=None, now=now)  # fmt: skip

    assert "bevestigde versie 1 op 22 november 2026" in page(client, entry)
    assert "nog niet bevestigd door de zorgverlener" in page(client, entry)
    assert "Bevestigd door de zorgverlener" not in client.get("/register/").text


def test_text_that_changed_meanwhile_is_not_confirmed(now):
    entry = editorial_entry()
    claim = claim_in("ASKED", ClaimKind.CONFIRM, entry=entry)
    publish_entry(entry=entry, content=entry.current_version.content, reason="x", responsible="x", by=None, now=now)

    with pytest.raises(StepNotAllowed, match="changed meanwhile"):
        claims.confirm(claim=claim, by=member(entry.organisation, Role.PUBLISHER), now=now)

    assert Claim.objects.get().state == "ASKED"


def test_page_that_was_open_too_long_asks_nothing(now):
    entry = editorial_entry()
    publish_entry(entry=entry, content=entry.current_version.content, reason="x", responsible="x", by=None, now=now)

    with pytest.raises(StepNotAllowed, match="version 2"):
        claims.ask_confirmation(entry=entry, seen=1, by=member(entry.organisation, Role.EDITOR), now=now)


def test_confirmation_can_be_taken_back(client, now):
    claim = claim_in("CONFIRMED", ClaimKind.CONFIRM)

    claims.withdraw(claim=claim, by=claim.decided_by, now=now)

    assert "nog niet bevestigd door de zorgverlener" in page(client, claim.entry)


def test_confirmed_text_is_not_confirmed_twice(now):
    claim = claim_in("CONFIRMED", ClaimKind.CONFIRM)

    with pytest.raises(StepNotAllowed, match="already"):
        claims.ask_confirmation(entry=claim.entry, seen=1, by=claim.asked_by, now=now)


# --- Correct ---------------------------------------------------------------------------------------------------------


def corrected(entry, now, **answers):
    """The provider's own text, approved by a second person."""
    writer, publisher = member(entry.organisation, Role.EDITOR), member(entry.organisation, Role.PUBLISHER)
    draft = start_claim(entry=entry, by=writer, now=now)
    save_answers(draft=draft, answers=answers, seen=draft.revision, by=writer, now=now)
    submit(draft=draft, reason="Nu onze eigen tekst.", by=writer, now=now)
    return approve(draft=draft, revision=draft.revision, by=publisher, now=now)


def test_corrected_text_is_the_provider_s_own_at_the_same_address(client, now):
    entry = editorial_entry()
    address = entry.get_absolute_url()

    corrected(entry, now, purpose="Zo missen wij minder breuken.")

    entry.refresh_from_db()
    assert (entry.origin, entry.get_absolute_url(), entry.current_version.number) == (Origin.PROVIDER, address, 2)
    assert entry.current_version.responsible == entry.organisation.name
    assert "Zo missen wij minder breuken." in page(client, entry)
    assert "De redactie van deze website schreef" not in page(client, entry)
    assert AuditEvent.objects.filter(kind="entry.taken_over").exists()


def test_old_version_stays_and_stays_our_editors(client, now):
    entry = editorial_entry(content={"considerations": ""})

    corrected(entry, now)

    old = client.get(f"{entry.get_absolute_url()}versies/1/").text
    assert "Redactie AI in mijn zorg" in old


def test_text_of_the_provider_must_be_complete(now):
    entry = editorial_entry(content={"risks": ""})
    writer = member(entry.organisation, Role.EDITOR)
    draft = start_claim(entry=entry, by=writer, now=now)

    with pytest.raises(ValidationError, match="ontbreekt"):
        submit(draft=draft, reason="x", by=writer, now=now)


def test_provider_writes_while_our_editors_do(now):
    entry = editorial_entry()
    theirs = start_correction(entry=entry, by=on_duty(PortalRole.EDITORIAL), now=now)

    ours = start_claim(entry=entry, by=member(entry.organisation, Role.EDITOR), now=now)

    assert ours != theirs
    assert ours.purpose == DraftPurpose.CLAIM


def test_provider_s_text_ends_what_our_editors_were_writing(now):
    entry = editorial_entry()
    editor = on_duty(PortalRole.EDITORIAL)
    theirs = start_correction(entry=entry, by=editor, now=now)
    submit(draft=theirs, reason="x", by=editor, now=now)

    corrected(entry, now)

    theirs.refresh_from_db()
    assert theirs.state == "DISCARDED"


@pytest.mark.parametrize(("state", "kind"), [("ASKED", ClaimKind.CONFIRM), ("SHOWN", ClaimKind.DISPUTE)])
def test_provider_s_text_ends_open_claims_and_history_keeps_them(client, state, kind, now):
    claim = claim_in(state, kind)

    corrected(claim.entry, now)

    claim.refresh_from_db()
    assert claim.state == "WITHDRAWN"
    assert ("Wij gebruiken dit niet meer." in page(client, claim.entry)) is (state == "SHOWN")


def test_our_editors_do_not_write_the_provider_s_text(now):
    entry = editorial_entry()
    draft = start_claim(entry=entry, by=member(entry.organisation, Role.EDITOR), now=now)

    with pytest.raises(PermissionDenied):
        save_answers(draft=draft, answers={"purpose": "x"}, seen=1, by=on_duty(PortalRole.EDITORIAL), now=now)


def test_text_of_our_editors_names_a_source(now):
    entry = editorial_entry()
    editor = on_duty(PortalRole.EDITORIAL)
    draft = start_correction(entry=entry, by=editor, now=now)
    save_answers(draft=draft, answers={"sources": None}, seen=1, by=editor, now=now)

    with pytest.raises(ValidationError, match="openbare bron"):
        submit(draft=draft, reason="x", by=editor, now=now)


# --- Dispute ---------------------------------------------------------------------------------------------------------


def test_dispute_of_a_publisher_goes_to_our_editors_at_once(now):
    entry = editorial_entry()
    claim = claims.dispute(entry=entry, text=TEXT, seen=1, by=member(entry.organisation, Role.PUBLISHER), now=now)

    # 22 November 2026 is a Sunday: two working days are Monday and Tuesday.
    assert (claim.state, claim.show_at) == ("FILED", now + datetime.timedelta(days=2))
    assert claim.show_at.strftime("%A") == "Tuesday"


def test_dispute_of_an_editor_waits_for_a_publisher(now):
    entry = editorial_entry()

    claim = claims.dispute(entry=entry, text=TEXT, seen=1, by=member(entry.organisation, Role.EDITOR), now=now)

    assert (claim.state, claim.show_at) == ("ASKED", None)


@pytest.mark.parametrize("text", ["", "   ", "x" * 2_001])
def test_dispute_says_something_that_fits(text, now):
    entry = editorial_entry()

    with pytest.raises(ValidationError):
        claims.dispute(entry=entry, text=text, seen=1, by=member(entry.organisation, Role.PUBLISHER), now=now)


@pytest.mark.parametrize("state", ["ASKED", "FILED", "RETURNED"])
def test_dispute_is_not_public_before_it_is_shown(client, state):
    claim = claim_in(state)

    assert "Wij gebruiken dit niet meer." not in page(client, claim.entry)
    assert client.get(f"/api/v1/toepassingen/{claim.entry.uuid}").json()["disputes"] == []


@pytest.mark.parametrize("state", ["SHOWN", "ANSWERING", "ANSWERED"])
def test_dispute_that_is_shown_stands_on_top_of_the_page(client, state):
    claim = claim_in(state)

    text = page(client, claim.entry)

    assert text.index("De zorgverlener is het niet eens met deze tekst") < text.index('id="short"')
    assert ("De bron zegt van wel." in text) is (state == "ANSWERED")


def test_answer_is_not_in_the_api_before_it_is_approved(client):
    claim = claim_in("ANSWERING")

    found = client.get(f"/api/v1/toepassingen/{claim.entry.uuid}").json()["disputes"]

    assert [(one["text"], one["answer"], one["outcome"]) for one in found] == [
        ("Wij gebruiken dit niet meer.", "", None)
    ]


def test_dispute_that_nobody_looked_at_shows_itself(client, now):
    claim = claim_in("FILED")
    due = claim.show_at

    assert show_due_disputes(due - datetime.timedelta(seconds=1)) == 0
    assert show_due_disputes(due) == 1
    assert show_due_disputes(due) == 0

    claim.refresh_from_db()
    assert (claim.state, claim.shown_by) == ("SHOWN", None)
    assert "Wij gebruiken dit niet meer." in page(client, claim.entry)


def test_dispute_that_came_back_is_written_anew(now):
    claim = claim_in("RETURNED")
    later = now + datetime.timedelta(days=1)

    claims.file(claim=claim, text="Het klopt niet.", by=claim.decided_by, now=later)

    assert (claim.state, claim.text, claim.filed_at) == ("FILED", "Het klopt niet.", later)


def test_answer_says_changed_only_when_there_is_a_new_text(now):
    claim = claim_in("SHOWN")
    editor = on_duty(PortalRole.EDITORIAL)
    answer = {"claim": claim, "outcome": ClaimOutcome.CHANGED, "text": "U hebt gelijk.", "by": editor, "now": now}

    with pytest.raises(ValidationError, match="nog dezelfde"):
        claims.answer(**answer)

    publish_entry(entry=claim.entry, content={**COMPLETE, "purpose": "Anders."}, reason="x", responsible="x", by=None,
                  now=now)  # fmt: skip
    claims.answer(**answer)
    assert claim.state == "ANSWERING"


def test_answered_dispute_leaves_the_top_when_the_text_changed(client, now):
    claim = claim_in("ANSWERED")

    publish_entry(entry=claim.entry, content=claim.entry.current_version.content, reason="x", responsible="x", by=None,
                  now=now)  # fmt: skip

    text = page(client, claim.entry)
    assert "De zorgverlener is het niet eens met deze tekst" not in text
    assert "Wat klopte er niet volgens de zorgverlener?" in text
    assert "Wij gebruiken dit niet meer." in text


def test_withdrawn_dispute_stays_in_the_history(client, now):
    claim = claim_in("SHOWN")

    claims.withdraw(claim=claim, by=claim.decided_by, now=now)

    assert "De zorgverlener trok dit in op 22 november 2026." in page(client, claim.entry)


def test_words_of_a_dispute_run_nothing(client, now):
    entry = editorial_entry()
    claim = claims.dispute(
        entry=entry, text="<script>alert(1)</script> & klaar", seen=1, by=member(entry.organisation, Role.PUBLISHER),
        now=now,
    )  # fmt: skip
    claims.show(claim=claim, by=on_duty(PortalRole.EDITORIAL), now=now)

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; klaar" in page(client, entry)


# --- Mails -----------------------------------------------------------------------------------------------------------


def told(state, kind, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        claim = claim_in(state, kind)
    return claim, {(one.to[0], one.subject) for one in mail.outbox}


def test_mails_of_a_dispute_reach_both(django_capture_on_commit_callbacks):
    claim, sent = told("ANSWERED", ClaimKind.DISPUTE, django_capture_on_commit_callbacks)

    assert (claim.decided_by.email, "Kijkt u mee? Breukkijker") in sent
    assert (claim.approved_by.email, f"Klopt niet volgens {claim.entry.organisation.name}: Breukkijker") in sent
    assert (claim.approved_by.email, "Leest u mee? Antwoord over Breukkijker") in sent
    assert (claim.asked_by.email, "De redactie antwoordt: Breukkijker") in sent
    assert (claim.decided_by.email, "De redactie antwoordt: Breukkijker") in sent


def test_mail_says_where_to_go_and_escapes_nothing(django_capture_on_commit_callbacks, now):
    entry = editorial_entry(organisation=OrganisationFactory(name="Zorg & Co", verified_at=now))
    on_duty(PortalRole.EDITORIAL)
    with django_capture_on_commit_callbacks(execute=True):
        claim = claims.dispute(
            entry=entry, text="Het is <10%.", seen=1, by=member(entry.organisation, Role.PUBLISHER), now=now
        )

    body = mail.outbox[0].body
    assert "Zorg & Co" in body
    assert "Het is <10%." in body
    assert f"https://aimz.example/werk/redactie/betwistingen/{claim.uuid}/" in body


def test_our_editors_hear_that_the_provider_writes_itself(django_capture_on_commit_callbacks, now):
    entry, editor = editorial_entry(slug="over-ons"), on_duty(PortalRole.EDITORIAL)
    with django_capture_on_commit_callbacks(execute=True):
        corrected(entry, now)

    told = next(one for one in mail.outbox if one.to == [editor.email] and "/register/over-ons/" in one.body)
    assert "https://aimz.example/register/over-ons/" in told.body


def test_content_files_leave_the_provider_s_text_alone(now):
    load_content(now=now)
    entry = Entry.objects.get(slug="boneview-cwz")
    Organisation.objects.filter(pk=entry.organisation_id).update(verified_at=now)
    answers = {key: value for key, value in COMPLETE.items() if not entry.current_version.content.get(key)}
    entry.refresh_from_db()

    corrected(entry, now, **answers)
    number = Entry.objects.get(slug="boneview-cwz").current_version.number
    load_content(now=now)

    entry.refresh_from_db()
    assert (entry.origin, entry.current_version.number) == (Origin.PROVIDER, number)
