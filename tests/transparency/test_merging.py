"""Two products become one: by two editors, without a lost address, name or text, and it can be undone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from portal.accounts.models import PortalRole
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.claims import asked_merge, changed_system, silent_about
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member, on_duty
from tests.factories.transparency import SystemFactory, published_entry, published_system
from transparency.actions import merging
from transparency.actions.drafts import start_system
from transparency.models import AISystem, Merge, Proposal

pytestmark = pytest.mark.django_db


def editor():
    return on_duty(PortalRole.EDITORIAL)


def done(**fields):
    merge = asked_merge(**fields)
    merging.confirm_merge(merge=merge, by=editor(), now=merge.asked_at)
    return Merge.objects.select_related("old", "into").get(pk=merge.pk)


ACTIONS = ("confirm_merge", "refuse_merge", "withdraw_merge", "ask_undo", "undo_merge")


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("who", ["provider", "portal administrator"])
def test_only_our_editors_join_products(action, who, now):
    merge = asked_merge()
    person = (
        on_duty(PortalRole.ADMINISTRATOR) if who == "portal administrator" else member(OrganisationFactory(), *Role)
    )

    with pytest.raises(PermissionDenied):
        getattr(merging, action)(merge=merge, by=person, now=now)
    with pytest.raises(PermissionDenied):
        asked_merge(by=person)


@pytest.mark.parametrize("action", ["confirm_merge", "refuse_merge"])
def test_who_asked_does_not_decide(action, now):
    merge = asked_merge()

    with pytest.raises(PermissionDenied, match="andere redacteur"):
        getattr(merging, action)(merge=merge, by=merge.asked_by, now=now)


def test_entries_and_names_go_to_the_one_that_stays():
    old = published_system(content={"name": "Longlezer"}, also_known_as=["LL2", "BoneFinder"])
    into = published_system(also_known_as=["bf"])
    entry = published_entry(system=old)

    done(old=old, into=into)

    into.refresh_from_db()
    entry.refresh_from_db()
    assert entry.system == into
    assert into.also_known_as == ["bf", "Longlezer", "LL2"]


def test_old_address_says_where_the_product_went_and_keeps_its_text(client):
    merge = done()

    page = client.get(merge.old.get_absolute_url())

    assert page.status_code == 200
    assert "Dit product staat nu op een andere pagina" in page.text
    assert "Het is hetzelfde product." in page.text
    assert f'href="{merge.into.get_absolute_url()}"' in page.text
    assert client.get(f"{merge.old.get_absolute_url()}versies/1/").status_code == 200
    document = client.get(f"/api/v1/ai-systemen/{merge.old.uuid}").json()
    assert document["merged_into"]["id"] == str(merge.into.uuid)


def test_old_name_finds_the_one_that_stays_first(client):
    old = published_system(content={"name": "Longlezer"})
    into = published_system(content={"name": "Kijkhulp"})
    done(old=old, into=into)

    text = client.get("/register/?q=longlezer").text

    assert text.index(into.get_absolute_url()) < text.index(old.get_absolute_url())
    assert old.get_absolute_url() not in client.get("/systemen/").text
    assert f"<loc>https://aimz.example{old.get_absolute_url()}</loc>" not in client.get("/sitemap.xml").text


def test_joining_changes_no_entry_silently(client):
    old, into = published_system(content={"risks": "Oude tekst."}), published_system(content={"risks": "Andere tekst."})
    entry = published_entry(system=old, content=silent_about("risks"))

    done(old=old, into=into)

    text = client.get(entry.get_absolute_url()).text
    assert "Oude tekst." in text
    assert "Andere tekst." not in text
    assert Proposal.objects.get(entry=entry).keys == ["summary", "use_kind", "risks"][-1:]


def test_undo_puts_everything_back(client, now):
    old = published_system(content={"name": "Longlezer"}, also_known_as=["LL2"])
    into = published_system(also_known_as=["bf"])
    entry, own = published_entry(system=old), published_entry(system=into)
    merge = done(old=old, into=into)
    merging.ask_undo(merge=merge, by=editor(), now=now)

    merging.undo_merge(merge=merge, by=editor(), now=now)

    for thing in (old, into, entry, own):
        thing.refresh_from_db()
    assert (entry.system, own.system) == (old, into)
    assert (old.merged_into, into.also_known_as) == (None, ["bf"])
    assert "andere pagina" not in client.get(old.get_absolute_url()).text
    assert client.get("/systemen/").text.count(old.get_absolute_url()) == 1


def test_undo_is_decided_by_another_than_who_asked_for_it(now):
    merge = done()
    one = editor()
    merging.ask_undo(merge=merge, by=one, now=now)

    with pytest.raises(PermissionDenied):
        merging.undo_merge(merge=merge, by=one, now=now)


def test_refused_undo_leaves_them_joined(now):
    merge = done()
    merging.ask_undo(merge=merge, by=editor(), now=now)

    merging.refuse_merge(merge=merge, by=editor(), now=now)

    merge.old.refresh_from_db()
    assert (merge.state, merge.old.merged_into) == ("DONE", merge.into)


@pytest.mark.parametrize("which", ["old", "into"])
def test_only_public_products_are_joined(which):
    with pytest.raises(StepNotAllowed):
        asked_merge(**{which: SystemFactory()})


def test_product_is_not_joined_with_itself():
    system = published_system()

    with pytest.raises(ValidationError):
        asked_merge(old=system, into=system)


def test_product_with_a_text_in_the_making_is_not_joined(now):
    system = published_system()
    start_system(system=system, by=editor(), now=now)

    with pytest.raises(StepNotAllowed, match="in the making"):
        asked_merge(old=system)


def test_joined_product_gets_no_new_text(now):
    merge = done()

    with pytest.raises(StepNotAllowed):
        start_system(system=AISystem.objects.get(pk=merge.old_id), by=editor(), now=now)


def test_product_is_asked_for_once():
    merge = asked_merge()

    with pytest.raises(StepNotAllowed):
        asked_merge(old=merge.old)


def test_products_are_not_joined_in_a_circle(now):
    first, second = published_system(), published_system()
    one, other = asked_merge(old=first, into=second), asked_merge(old=second, into=first)
    merging.confirm_merge(merge=one, by=editor(), now=now)

    with pytest.raises(StepNotAllowed):
        merging.confirm_merge(merge=other, by=editor(), now=now)


@pytest.mark.once
def test_content_files_do_not_undo_it(now):
    from transparency.loading import load_content

    load_content(now=now)
    old, into = AISystem.objects.get(slug="suus"), AISystem.objects.get(slug="alicia")
    done(old=old, into=into)

    load_content(now=now)

    old.refresh_from_db()
    into.refresh_from_db()
    assert old.merged_into == into
    assert old.current_version.content["name"] in into.also_known_as
    assert changed_system(into, summary="Nieuw.").also_known_as == into.also_known_as
