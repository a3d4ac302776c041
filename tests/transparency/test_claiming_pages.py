"""The pages of claims, editors, proposals and groups: what they say, and what happens with a form that is not right."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import PortalRole
from portal.organisations.roles import Role
from tests.factories.claims import asked_merge, claim_in, editorial_entry, open_proposal
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty
from tests.factories.transparency import published_entry, published_system
from tests.support.html import soup
from transparency.claim_tasks import claim_tasks
from transparency.models import AISystem, Claim, Draft, Entry, Merge
from transparency.states import ClaimKind, Origin

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(now):
    return editorial_entry(organisation=OrganisationFactory(name="De Linde", verified_at=now), slug="over-ons")


def signed_in(client, person):
    client.force_login(person)
    return client


def url(name, *args):
    return reverse(f"transparency:{name}", args=args)


def links_of_faults(response):
    return [link["href"] for link in soup(response).select(".utrecht-alert--error a")]


# --- A provider ------------------------------------------------------------------------------------------------------


def test_public_page_leads_the_provider_to_its_answer(client, about):
    link = soup(client.get(about.get_absolute_url())).find("a", string=lambda text: text and "Is dit uw" in text)

    assert link["href"] == url("about-us-entry", "over-ons")


@pytest.mark.parametrize("origin", [Origin.PROVIDER, Origin.IMPORTED])
def test_other_pages_do_not(client, origin):
    entry = published_entry(origin=origin)

    assert "Is dit uw organisatie?" not in client.get(entry.get_absolute_url()).text


def test_list_holds_what_our_editors_wrote_about_one_s_own_organisations(client, about):
    editorial_entry(slug="over-anderen", content={"name": "Van anderen"})

    text = signed_in(client, member(about.organisation, Role.EDITOR)).get(url("about-us")).text

    assert url("about-us-entry", "over-ons") in text
    assert "Van anderen" not in text


def test_page_offers_three_ways_to_who_may(client, about):
    page = soup(signed_in(client, member(about.organisation, Role.EDITOR)).get(url("about-us-entry", "over-ons")))

    actions = {form["action"] for form in page.select("main form")}
    assert actions == {url(name, "over-ons") for name in ("ask-confirmation", "correct-claim", "dispute")}


def test_page_says_who_can_answer_to_who_may_not(client, about):
    page = signed_in(client, member(about.organisation, Role.ADMINISTRATOR)).get(url("about-us-entry", "over-ons"))

    assert "Een schrijver of publiceerder van uw organisatie kan hier antwoorden." in page.text
    assert soup(page).select("main form") == []


def test_person_of_elsewhere_hears_why_not(client, about):
    person = member(OrganisationFactory(), *Role)

    answer = signed_in(client, person).get(url("about-us-entry", "over-ons"))

    assert answer.status_code == 403
    assert "U werkt niet voor deze organisatie." in answer.text


def test_empty_dispute_comes_back_with_what_was_wrong(client, about):
    signed_in(client, member(about.organisation, Role.PUBLISHER))

    answer = client.post(url("dispute", "over-ons"), {"versie": "1", "tekst": "  "})

    assert answer.status_code == 422
    assert links_of_faults(answer) == ["#tekst"]
    assert soup(answer).find(id="tekst")["aria-invalid"] == "true"


def test_dispute_that_is_too_long_is_kept_in_the_form(client, about):
    signed_in(client, member(about.organisation, Role.PUBLISHER))

    answer = client.post(url("dispute", "over-ons"), {"versie": "1", "tekst": "a" * 2_001})

    assert answer.status_code == 422
    assert soup(answer).find(id="tekst").text.strip() == "a" * 2_001


@pytest.mark.parametrize("seen", ["", "2", "x", "9" * 40])
def test_text_that_was_not_read_is_not_confirmed(client, about, seen):
    signed_in(client, member(about.organisation, Role.EDITOR))

    answer = client.post(url("ask-confirmation", "over-ons"), {"versie": seen})

    assert answer.status_code == 409
    assert "Dit kon niet meer" in answer.text
    assert not Claim.objects.exists()


def test_double_click_does_it_once(client, about):
    claim = claim_in("ASKED", ClaimKind.CONFIRM, entry=about)
    signed_in(client, member(about.organisation, Role.PUBLISHER))
    address = url("claim-step", "over-ons", claim.uuid, "bevestigen")

    assert [client.post(address).status_code for _ in range(2)] == [302, 409]


def test_person_hears_what_happened(client, about):
    signed_in(client, member(about.organisation, Role.PUBLISHER))

    page = client.post(url("dispute", "over-ons"), {"versie": "1", "tekst": "Niet waar."}, follow=True)

    assert "Binnen twee werkdagen kan iedereen het lezen." in soup(page).select_one("[role=status]").text


def test_correcting_leads_to_the_draft(client, about):
    signed_in(client, member(about.organisation, Role.EDITOR))

    answer = client.post(url("correct-claim", "over-ons"))

    assert answer.headers["Location"] == url("draft", Draft.objects.get().uuid)


def test_claim_of_another_entry_is_not_found(client, about):
    claim = claim_in("ASKED", ClaimKind.CONFIRM)
    signed_in(client, member(about.organisation, Role.PUBLISHER))

    assert client.post(url("claim-step", "over-ons", claim.uuid, "bevestigen")).status_code == 404


# --- Our editors -----------------------------------------------------------------------------------------------------


@pytest.fixture
def editor(client):
    person = on_duty(PortalRole.EDITORIAL)
    signed_in(client, person)
    return person


def test_overview_holds_what_waits(client, editor):
    claim, merge = claim_in("FILED"), asked_merge()
    withdrawn = claim_in("WITHDRAWN")

    text = client.get(url("editorial")).text

    assert url("editorial-dispute", claim.uuid) in text
    assert url("editorial-merge", merge.uuid) in text
    assert str(withdrawn.uuid) not in text


@pytest.mark.parametrize(
    ("step", "data", "field"),
    [
        ("terugsturen", {"toelichting": "Haal weg."}, "#reden-PERSON"),
        ("terugsturen", {"reden": "PERSON", "toelichting": ""}, "#toelichting"),
        ("terugsturen", {"reden": "ONZIN", "toelichting": "x"}, "#reden-PERSON"),
    ],
)
def test_return_without_ground_or_note_says_what_is_wrong(client, editor, step, data, field):
    claim = claim_in("FILED")

    answer = client.post(url("dispute-step", claim.uuid, step), data)

    assert (answer.status_code, links_of_faults(answer)) == (422, [field])
    assert soup(answer).select_one(field)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"antwoord": "Nee."}, "#uitkomst-CHANGED"),
        ({"uitkomst": "NOT_CHANGED", "antwoord": ""}, "#antwoord"),
        ({"uitkomst": "CHANGED", "antwoord": "Ja."}, "#antwoord"),
    ],
)
def test_answer_that_is_not_whole_says_what_is_wrong(client, editor, data, field):
    claim = claim_in("SHOWN")

    answer = client.post(url("dispute-step", claim.uuid, "antwoorden"), data)

    assert (answer.status_code, links_of_faults(answer)) == (422, [field])
    assert soup(answer).select_one(field)


def test_dispute_that_was_not_sent_is_private(client, editor):
    claim = claim_in("ASKED")

    assert client.get(url("editorial-dispute", claim.uuid)).status_code == 404


def test_systems_are_found_by_any_of_their_names(client, editor):
    published_system(content={"name": "Longlezer"}, slug="longlezer", also_known_as=["LL2"])
    published_system(content={"name": "Botkijker"}, slug="botkijker")

    for asked in ("long", "ll2", "LONGLEZER"):
        text = client.get(url("editorial-systems"), {"q": asked}).text
        assert url("editorial-system", "longlezer") in text
        assert url("editorial-system", "botkijker") not in text


def test_new_system_begins_with_its_name(client, editor):
    published_system(slug="longlezer")

    answer = client.post(url("editorial-new-system"), {"naam": "  Longlezer "})

    draft = Draft.objects.get()
    assert answer.headers["Location"] == url("draft", draft.uuid)
    assert (draft.system.slug, draft.content) == ("longlezer-2", {"name": "Longlezer"})


def test_system_without_a_name_is_not_begun(client, editor):
    answer = client.post(url("editorial-new-system"), {"naam": " "})

    assert (answer.status_code, links_of_faults(answer)) == (422, ["#naam"])
    assert not AISystem.objects.exists()


NEW = {
    "organisatie": "de-wilg",
    "naam": "Kijker",
    "systeem": "",
    "bron": "Jaarverslag",
    "link": "https://wilg.example/",
}


def test_new_text_is_our_editors_and_begins_with_its_source(client, editor):
    organisation = OrganisationFactory(slug="de-wilg")

    client.post(url("editorial-new-entry"), NEW)

    entry = Entry.objects.get()
    assert (entry.origin, entry.organisation, entry.state) == (Origin.EDITORIAL, organisation, "DRAFT")
    assert entry.drafts.get().content["sources"] == [
        {"title": "Jaarverslag", "link": "https://wilg.example/", "checked_on": "2026-11-22"}
    ]


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"naam": ""}, ["#naam"]),
        ({"bron": "", "link": ""}, ["#bron", "#link"]),
        ({"organisatie": "Bestaat niet"}, ["#organisatie"]),
        ({"organisatie": ""}, ["#organisatie"]),
    ],
)
def test_text_without_name_source_or_organisation_is_not_begun(client, editor, change, fields):
    OrganisationFactory(slug="de-wilg")

    answer = client.post(url("editorial-new-entry"), NEW | change)

    assert (answer.status_code, links_of_faults(answer)) == (422, fields)
    assert soup(answer).find(id="naam")["value"] == (NEW | change)["naam"]
    assert not Entry.objects.exists()


def test_organisation_that_is_nearly_right_is_named(client, editor):
    OrganisationFactory(slug="de-wilg", name="Ziekenhuis De Wilg")

    answer = client.post(url("editorial-new-entry"), NEW | {"organisatie": "Wilg"})

    assert "Ziekenhuis De Wilg" in answer.text


@pytest.mark.parametrize(
    ("data", "field"),
    [({"blijft": "", "reden": "x"}, "#blijft"), ({"blijft": "ander", "reden": " "}, "#reden")],
)
def test_merge_without_product_or_reason_is_not_asked(client, editor, data, field):
    published_system(slug="een")
    published_system(slug="ander")

    answer = client.post(url("editorial-merge-system", "een"), data)

    assert (answer.status_code, links_of_faults(answer)) == (422, [field])
    assert not Merge.objects.exists()


# --- Writers and groups ----------------------------------------------------------------------------------------------


def test_proposal_shows_old_new_and_own_text(client):
    proposal = open_proposal()
    signed_in(client, member(proposal.entry.organisation, Role.EDITOR))

    text = client.get(url("proposal", proposal.uuid)).text

    assert "<del>Het product mist soms een breuk.</del>" in text
    assert "<ins>Het product mist soms een kleine breuk.</ins>" in text
    assert "U schreef hier zelf niets." in text


def test_leaving_a_proposal_without_reason_says_what_is_wrong(client):
    proposal = open_proposal()
    signed_in(client, member(proposal.entry.organisation, Role.EDITOR))

    answer = client.post(url("leave-proposal", proposal.uuid), {"reden": ""})

    assert (answer.status_code, links_of_faults(answer)) == (422, ["#reden"])


def test_choosing_these_and_none_says_what_is_wrong(client, now):
    group = OrganisationFactory(verified_at=now)
    OrganisationFactory(parent=group, slug="praktijk")
    entry = published_entry(organisation=group)
    signed_in(client, member(group, Role.PUBLISHER))

    answer = client.post(url("for-whom", entry.slug), {"wie": "deze"})
    stranger = client.post(url("for-whom", entry.slug), {"wie": "deze", "organisatie": "elders"})

    assert [answer.status_code, stranger.status_code] == [422, 422]
    assert soup(answer).find(id=links_of_faults(answer)[0][1:])


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"organisatie": "bestaat-niet", "boven": ""}, "#organisatie"),
        ({"organisatie": "een", "boven": "bestaat-niet"}, "#boven"),
        ({"organisatie": "een", "boven": "een"}, "#boven"),
    ],
)
def test_move_that_cannot_be_says_what_is_wrong(client, data, field):
    OrganisationFactory(slug="een")
    signed_in(client, on_duty(PortalRole.ADMINISTRATOR))

    answer = client.post(url("organisation-tree"), data)

    assert (answer.status_code, links_of_faults(answer)) == (422, [field])


# --- What needs somebody today ---------------------------------------------------------------------------------------


def tasks(person):
    return [(str(task.what), task.url) for task in claim_tasks(person)]


def test_claim_is_a_task_of_who_can_decide(about):
    claim = claim_in("ASKED", ClaimKind.CONFIRM, entry=about)
    publisher = member(about.organisation, Role.PUBLISHER)

    assert tasks(publisher) == [("Bevestig dat deze tekst klopt", url("about-us-entry", "over-ons"))]
    assert tasks(claim.asked_by) == []


def test_dispute_is_a_task_of_our_editors_with_its_day():
    claim = claim_in("FILED")

    (task,) = claim_tasks(on_duty(PortalRole.EDITORIAL))

    assert (task.url, task.due, task.is_late) == (url("editorial-dispute", claim.uuid), claim.show_at.date(), False)
    assert claim.show_at > timezone.now()


def test_answer_is_a_task_of_another_editor():
    claim = claim_in("ANSWERING")

    assert tasks(claim.answered_by) == []
    assert [what for what, _url in tasks(on_duty(PortalRole.EDITORIAL))] == ["Keur het antwoord goed of stuur terug"]


def test_proposals_are_tasks_of_writers_and_many_stand_behind_one_line(now):
    organisation = OrganisationFactory(verified_at=now)
    writer = member(organisation, Role.EDITOR)
    for _ in range(3):
        open_proposal(organisation=organisation)
    assert len(tasks(writer)) == 3

    open_proposal(organisation=organisation)

    assert tasks(writer) == [("Kijk of uw teksten nog kloppen", url("proposals"))]


@pytest.mark.parametrize(
    ("person", "names"),
    [
        (lambda: member(OrganisationFactory(), Role.EDITOR), ["about-us", "proposals"]),
        (lambda: member(OrganisationFactory(parent=OrganisationFactory()), Role.EDITOR),
         ["about-us", "proposals", "holds-for-us"]),
        (lambda: on_duty(PortalRole.EDITORIAL), ["editorial"]),
        (lambda: on_duty(PortalRole.ADMINISTRATOR), ["organisation-tree"]),
        (UserFactory, []),
    ],
)  # fmt: skip
def test_workspace_leads_to_the_pages_of_who_is_there(client, person, names):
    page = soup(signed_in(client, person()).get("/werk/"))

    assert [link["href"] for link in page.select(".rows__name")] == [url(name) for name in names]
