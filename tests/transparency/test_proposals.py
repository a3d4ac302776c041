"""A change of a product or of the law reaches the entries that it touches as a proposal; nothing changes silently."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from portal.accounts.models import PortalRole
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.claims import changed_system, editorial_entry, open_proposal, silent_about
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty
from tests.factories.transparency import EntryFactory, published_entry, published_system
from transparency import law
from transparency.actions import proposals
from transparency.actions.drafts import approve, discard, save_answers, start_correction, submit
from transparency.actions.publishing import publish_entry
from transparency.loading import load_content
from transparency.models import Draft, LawLine, Proposal
from transparency.products import product_of
from transparency.states import Origin

pytestmark = pytest.mark.django_db
OLD, NEW = "Het product mist soms een breuk.", "Het product mist soms een kleine breuk."


def page(client, entry):
    return client.get(entry.get_absolute_url()).text


# --- Made ------------------------------------------------------------------------------------------------------------


def test_page_goes_on_showing_the_text_of_the_product_that_it_showed(client):
    proposal = open_proposal()

    text = page(client, proposal.entry)

    assert OLD in text
    assert NEW not in text
    assert "De tekst over het product is van 22 november 2026." in text
    assert "De schrijvers van deze pagina kijken nog of dat hier ook geldt." in text


def test_old_version_shows_the_text_of_the_product_of_its_day(client, now):
    proposal = open_proposal()
    accepted(proposal, now)

    old, new = (client.get(f"{proposal.entry.get_absolute_url()}versies/{number}/").text for number in (1, 2))

    assert OLD in old.partition("De hele tekst van deze versie")[2]
    assert NEW in new.partition("De hele tekst van deze versie")[2]


@pytest.mark.parametrize(
    ("own", "is_told"),
    [("", True), (OLD, True), ("Bij ons kijkt altijd een arts mee.", False)],
    ids=["silent", "same words", "own words"],
)
def test_entry_gets_a_proposal_when_it_takes_the_answer_over(own, is_told):
    system = published_system(content={"risks": OLD})
    content = {"risks": own} if own else silent_about("risks")
    entry = published_entry(system=system, content=content)

    changed_system(system, risks=NEW)

    assert [one.keys for one in Proposal.objects.filter(entry=entry)] == ([["risks"]] if is_told else [])


def test_entry_whose_answer_was_credited_to_the_product_gets_a_proposal(now):
    system = published_system(content={"risks": OLD})
    entry = published_entry(system=system, content={"risks": "Soms mist het een breuk."})
    draft = start_correction(entry=entry, by=member(entry.organisation, Role.EDITOR), now=now)
    Draft.objects.filter(pk=draft.pk).update(credit=[{"title": "BoneFinder", "keys": ["risks"]}])

    changed_system(system, risks=NEW)

    assert Proposal.objects.get().keys == ["risks"]


def test_answer_that_the_product_takes_away_is_proposed():
    system = published_system(content={"risks": OLD})
    published_entry(system=system, content=silent_about("risks"))

    changed_system(system, risks=None)

    assert Proposal.objects.get().keys == ["risks"]


@pytest.mark.parametrize("key", ["name", "tags", "sources"])
def test_name_search_words_and_sources_of_a_product_are_no_proposal(key):
    system = published_system()
    published_entry(system=system)

    changed_system(system, **{key: "Nieuw" if key != "sources" else [{"title": "Nieuw"}]})

    assert not Proposal.objects.exists()


def test_draft_and_ended_entries_get_no_proposal(now):
    from transparency.actions.publishing import end_entry

    system = published_system(content={"risks": OLD})
    ended = published_entry(system=system, content=silent_about("risks"))
    end_entry(entry=ended, reason="Weg.", by=None, now=now)

    changed_system(system, risks=NEW)

    assert not Proposal.objects.exists()


def test_second_change_takes_the_place_of_the_first_proposal():
    proposal = open_proposal()

    changed_system(proposal.entry.system, risks="Nog anders.")

    found = list(Proposal.objects.order_by("pk"))
    assert [one.state for one in found] == ["SUPERSEDED", "OPEN"]
    assert found[1].from_version.number == 1


def test_change_that_is_turned_back_leaves_no_proposal():
    proposal = open_proposal()

    changed_system(proposal.entry.system, risks=OLD)

    assert [one.state for one in Proposal.objects.all()] == ["SUPERSEDED"]


def test_writers_get_one_mail_for_all_their_entries(django_capture_on_commit_callbacks, now):
    organisation = OrganisationFactory(verified_at=now)
    writer = member(organisation, Role.EDITOR)
    system = published_system(content={"risks": OLD})
    for _number in range(3):
        published_entry(system=system, organisation=organisation, content=silent_about("risks"))

    with django_capture_on_commit_callbacks(execute=True):
        changed_system(system, risks=NEW)

    assert [(one.to, "3 van uw teksten" in one.body) for one in mail.outbox] == [([writer.email], True)]


def test_proposal_for_a_text_of_our_editors_is_theirs(now):
    proposal = open_proposal(origin=Origin.EDITORIAL)

    with pytest.raises(PermissionDenied):
        proposals.leave(proposal=proposal, reason="x", by=member(proposal.entry.organisation, Role.PUBLISHER), now=now)
    proposals.leave(proposal=proposal, reason="De bron zegt het niet.", by=on_duty(PortalRole.EDITORIAL), now=now)

    assert proposal.state == "LEFT"


# --- Taken over ------------------------------------------------------------------------------------------------------


def accepted(proposal, now):
    """The proposal taken over by an editor and approved by a publisher."""
    organisation = proposal.entry.organisation
    organisation.verified_at = now
    organisation.save()
    draft = proposals.take(proposal=proposal, by=member(organisation, Role.EDITOR), now=now)
    submit(draft=draft, reason="Het product is anders.", by=draft.edited_by, now=now)
    approve(draft=draft, revision=draft.revision, by=member(organisation, Role.PUBLISHER), now=now)
    return draft


def test_taking_over_changes_only_these_questions_in_a_draft(now):
    proposal = open_proposal()
    before = dict(proposal.entry.current_version.content)

    draft = proposals.take(proposal=proposal, by=member(proposal.entry.organisation, Role.EDITOR), now=now)

    changed = {key for key in {*before, *draft.content} if before.get(key) != draft.content.get(key)}
    assert changed == {"risks", "unknown"}
    assert draft.content["risks"] == NEW
    (credit,) = draft.credit
    assert (credit["title"], set(credit["words"])) == ("BoneFinder", {"risks"})
    assert credit["link"].endswith(proposal.entry.system.get_absolute_url())
    proposal.refresh_from_db()
    assert (proposal.state, proposal.draft) == ("TAKEN", draft)
    proposal.entry.refresh_from_db()
    assert proposal.entry.current_version.content == before


def test_page_shows_the_new_text_after_approval(client, now):
    proposal = open_proposal()

    accepted(proposal, now)

    proposal.refresh_from_db()
    assert proposal.state == "DONE"
    text = page(client, proposal.entry)
    assert NEW in text
    assert "kijken nog of dat hier ook geldt" not in text


def test_what_is_not_taken_over_yet_is_not_published_by_another_change(client, now):
    proposal = open_proposal()

    publish_entry(entry=proposal.entry, content={**proposal.entry.current_version.content, "purpose": "Anders."},
                  reason="x", responsible="x", by=None, now=now)  # fmt: skip

    proposal.refresh_from_db()
    assert proposal.state == "OPEN"
    assert OLD in page(client, proposal.entry)


def test_taken_away_answer_goes_from_the_page(client, now):
    system = published_system(content={"not_for_whom": "Niet voor kinderen."})
    entry = published_entry(system=system, organisation__verified_at=now)
    assert "Niet voor kinderen." in page(client, entry)
    changed_system(system, not_for_whom=None)

    accepted(Proposal.objects.get(), now)

    assert "Niet voor kinderen." not in page(client, entry)


def test_proposal_goes_into_the_draft_that_is_there_and_keeps_what_others_wrote(now):
    proposal = open_proposal()
    writer, colleague = (member(proposal.entry.organisation, Role.EDITOR) for _ in range(2))
    draft = start_correction(entry=proposal.entry, by=writer, now=now)
    save_answers(draft=draft, answers={"purpose": "Nieuw doel."}, seen=1, by=writer, now=now)

    assert proposals.take(proposal=proposal, by=colleague, now=now) == draft

    draft.refresh_from_db()
    assert (draft.content["purpose"], draft.content["risks"]) == ("Nieuw doel.", NEW)


def test_proposal_waits_for_a_draft_that_waits_for_approval(now):
    proposal = open_proposal()
    writer = member(proposal.entry.organisation, Role.EDITOR)
    draft = start_correction(entry=proposal.entry, by=writer, now=now)
    submit(draft=draft, reason="x", by=writer, now=now)

    with pytest.raises(StepNotAllowed):
        proposals.take(proposal=proposal, by=writer, now=now)

    proposal.refresh_from_db()
    assert proposal.state == "OPEN"


def test_draft_that_is_thrown_away_opens_the_proposal_again(now):
    proposal = open_proposal()
    writer = member(proposal.entry.organisation, Role.EDITOR)
    draft = proposals.take(proposal=proposal, by=writer, now=now)

    discard(draft=draft, by=writer, now=now)

    proposal.refresh_from_db()
    assert proposal.state == "OPEN"


def test_proposal_is_decided_once(now):
    proposal = open_proposal()
    writer = member(proposal.entry.organisation, Role.EDITOR)
    stale = Proposal.objects.get()
    proposals.leave(proposal=proposal, reason="Bij ons niet.", by=writer, now=now)

    with pytest.raises(StepNotAllowed):
        proposals.take(proposal=stale, by=writer, now=now)

    assert not Draft.objects.exists()


# --- Left ------------------------------------------------------------------------------------------------------------


def test_leaving_asks_for_a_reason(now):
    proposal = open_proposal()

    with pytest.raises(ValidationError):
        proposals.leave(proposal=proposal, reason=" ", by=member(proposal.entry.organisation, Role.EDITOR), now=now)


def test_left_text_stays_and_only_a_next_change_is_proposed(client, now):
    proposal = open_proposal()
    proposals.leave(
        proposal=proposal, reason="Bij ons niet.", by=member(proposal.entry.organisation, Role.EDITOR), now=now
    )
    assert OLD in page(client, proposal.entry)
    assert "kijken nog of dat hier ook geldt" not in page(client, proposal.entry)

    changed_system(proposal.entry.system, summary="Dit product kijkt mee.")
    assert Proposal.objects.filter(state="OPEN").count() == 0

    changed_system(proposal.entry.system, risks="Weer anders.")
    assert [one.keys for one in Proposal.objects.filter(state="OPEN")] == [["risks"]]


@pytest.mark.parametrize(
    ("who", "may"),
    [("newcomer", False), ("outsider", False), ("editor", True), ("publisher", True), ("administrator", False),
     ("coordinator", False), ("editorial", False), ("portal", False)],
)  # fmt: skip
@pytest.mark.parametrize("action", ["take", "leave"])
def test_only_writers_decide(action, who, may, now):
    proposal = open_proposal()
    organisation = proposal.entry.organisation
    person = {
        "newcomer": UserFactory, "outsider": lambda: member(OrganisationFactory(), *Role),
        "editorial": lambda: on_duty(PortalRole.EDITORIAL), "portal": lambda: on_duty(PortalRole.ADMINISTRATOR),
    }.get(who, lambda: member(organisation, Role[who.upper()]))()  # fmt: skip
    more = {"reason": "x"} if action == "leave" else {}

    if may:
        getattr(proposals, action)(proposal=proposal, by=person, now=now, **more)
        return
    with pytest.raises(PermissionDenied):
        getattr(proposals, action)(proposal=proposal, by=person, now=now, **more)


# --- The law ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def law_file(monkeypatch, tmp_path):
    """Write other lines of the law: {slug: changes to the real line}."""
    real = law.FILE

    def write(**changes):
        text = real.read_text(encoding="utf-8")
        for slug, (old, new) in changes.items():
            start = text.index(f'slug = "{slug.replace("_", "-")}"\n')
            end = text.find("[[line]]", start)
            part = text[start:end]
            assert old in part
            text = text[:start] + part.replace(old, new) + text[end:]
        path = tmp_path / "law.toml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setattr(law, "FILE", path)
        law._all.cache_clear()

    yield write
    law._all.cache_clear()


def test_first_look_at_the_law_flags_nothing(now):
    published_entry()

    assert proposals.follow_law(now=now) == 0
    assert LawLine.objects.count() == len(law.every_line())


@pytest.mark.parametrize(
    ("change", "why"),
    [(("Op het product staan dan de letters CE.", "Op het product staat CE."), {"mdr-ce": "CHANGED"}),
     (("applies_from = ", "applies_from = 2030-01-01 # "), {"mdr-ce": "CHANGED"})],
    ids=["words", "day"],
)  # fmt: skip
def test_changed_line_flags_the_entries_that_it_touches_once(law_file, change, why, now):
    device, other = published_entry(), published_entry(content={"medical_device": "NO"})
    proposals.follow_law(now=now)

    law_file(mdr_ce=change)

    assert proposals.follow_law(now=now) == 1
    assert proposals.follow_law(now=now) == 0
    assert [(one.entry, one.lines) for one in Proposal.objects.all()] == [(device, why)]
    assert not other.proposals.exists()


def test_line_is_about_what_the_page_takes_over_from_the_product(law_file, now):
    system = published_system(content={"medical_device": "MDR", "ce_class": "IIA"})
    entry = EntryFactory(system=system, origin=Origin.EDITORIAL)
    publish_entry(entry=entry, content={"name": "Kijker"}, reason="x", responsible="x", by=None, now=now)
    proposals.follow_law(now=now)
    law_file(mdr_ce=("Op het product staan dan de letters CE.", "Op het product staat CE."))

    proposals.follow_law(now=now)

    assert entry.proposals.get().lines == {"mdr-ce": "CHANGED"}


def test_line_that_was_only_checked_again_flags_nothing(law_file, now):
    published_entry()
    proposals.follow_law(now=now)

    law_file(mdr_ce=("checked_on = 2026-11-22", "checked_on = 2026-11-23"))

    assert proposals.follow_law(now=now) == 0


def later(now):
    return now + datetime.timedelta(days=184)


def test_line_that_was_not_checked_for_half_a_year_flags_entries_once(now, time_machine):
    entry = published_entry()
    proposals.follow_law(now=now)

    time_machine.move_to(later(now))

    assert proposals.follow_law(now=later(now)) == 1
    assert proposals.follow_law(now=later(now)) == 0
    assert Proposal.objects.get(entry=entry).lines["mdr-ce"] == "STALE"


def test_line_that_is_found_right_again_takes_the_question_back(law_file, now, time_machine):
    entry = published_entry(content={"ai_act_route": "NEITHER"})
    proposals.follow_law(now=now)
    time_machine.move_to(later(now))
    proposals.follow_law(now=later(now))
    assert set(entry.proposals.get().lines) == {"mdr-ce"}

    law_file(mdr_ce=("checked_on = 2026-11-22", "checked_on = 2027-05-25"))
    proposals.follow_law(now=later(now))

    assert entry.proposals.get().state == "SUPERSEDED"


def test_second_change_of_the_law_joins_the_open_question(law_file, now):
    entry = published_entry()
    proposals.follow_law(now=now)
    law_file(mdr_ce=("Op het product staan dan de letters CE.", "Op het product staat CE."))
    proposals.follow_law(now=now)
    law_file(
        mdr_ce=("Op het product staan dan de letters CE.", "Op het product staat CE."),
        ai_uitstel=("Tot die dag beschermen andere wetten u.", "Andere wetten gelden nu al."),
    )

    assert proposals.follow_law(now=now) == 0

    assert entry.proposals.get().lines == {"mdr-ce": "CHANGED", "ai-uitstel": "CHANGED"}


def flagged(law_file, now):
    entry = published_entry()
    proposals.follow_law(now=now)
    law_file(mdr_ce=("Op het product staan dan de letters CE.", "Op het product staat CE."))
    proposals.follow_law(now=now)
    return entry


def test_still_right_ends_the_question(law_file, now):
    entry = flagged(law_file, now)
    flag = entry.proposals.get()

    proposals.leave(proposal=flag, reason="", by=member(entry.organisation, Role.EDITOR), now=now)

    assert flag.state == "LEFT"


def test_new_version_ends_the_question(law_file, now):
    entry = flagged(law_file, now)

    publish_entry(entry=entry, content=entry.current_version.content, reason="x", responsible="x", by=None, now=now)

    assert entry.proposals.get().state == "DONE"


def test_our_editors_are_asked_about_their_own_texts(law_file, now):
    proposals.follow_law(now=now)
    entry = editorial_entry()
    law_file(mdr_ce=("Op het product staan dan de letters CE.", "Op het product staat CE."))
    proposals.follow_law(now=now)

    proposals.leave(proposal=entry.proposals.get(), reason="", by=on_duty(PortalRole.EDITORIAL), now=now)

    assert entry.proposals.get().state == "LEFT"


def test_content_load_looks_at_the_law(law_file, now):
    load_content(now=now)
    law_file(ai_50=("Dat hoeft niet als iedereen het meteen begrijpt.", "Dat hoeft soms niet."))

    load_content(now=now)

    flagged = Proposal.objects.filter(kind="LAW")
    assert {one.entry.current_version.content["talks_to_patient"] for one in flagged} == {"YES"}


def test_version_from_before_shows_the_text_of_the_product_of_its_day(now):
    system = published_system(content={"risks": OLD})
    entry = published_entry(system=system, at=now + datetime.timedelta(days=1))
    later_text = changed_system(system, risks=NEW).current_version
    version = entry.current_version
    version.system_version = None  # as it was kept before

    assert product_of(version) in {later_text, system.versions.get(number=1)}
    version.published_at = now - datetime.timedelta(days=1)
    assert product_of(version) == system.versions.get(number=1)
