"""Who may take which step: every person with every act, by hand; and never twice the same person."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.accounts.models import PortalRole
from portal.organisations.roles import Role
from tests.factories.life import asked_to_end, closing, make_hospital, new_draft, public_entry, submitted, told
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty
from transparency.actions import drafts, endings, notices, rechecks
from transparency.models import Entry
from transparency.states import NoticeKind, Origin

pytestmark = pytest.mark.django_db

PEOPLE = ("nobody", "outsider", "editor", "publisher", "administrator", "coordinator", "above", "editorial", "portal",
          "first")  # fmt: skip


def by(user):
    return {"by": user, "now": timezone.now()}


# Each act on a thing that another person (`first`, who holds every role) made or asked for.
def _submit(h, user):
    drafts.submit(draft=new_draft(h), reason="Dit is nieuw.", **by(user))


def _take_back(h, user):
    drafts.take_back(draft=submitted(h), **by(user))


def _return(h, user):
    drafts.return_draft(draft=submitted(h), remarks="Korter.", **by(user))


def _approve(h, user):
    draft = submitted(h)
    drafts.approve(draft=draft, revision=draft.revision, **by(user))


def _discard(h, user):
    drafts.discard(draft=new_draft(h), **by(user))


def _correct(h, user):
    drafts.start_correction(entry=public_entry(h), **by(user))


def _recheck(h, user):
    rechecks.ask(entry=public_entry(h), **by(user))


def _recheck_confirm(h, user):
    draft = rechecks.ask(entry=public_entry(h), **by(h.writer))
    rechecks.confirm(draft=draft, revision=draft.revision, **by(user))


def _tell(h, user):
    notices.tell(entry=public_entry(h), kind=NoticeKind.INCIDENT, text="Er ging iets mis.", **by(user))


def _confirm(h, user):
    notices.confirm(notice=told(h), **by(user))


def _better(h, user):
    notices.correct(notice=told(h), text="Let goed op.", **by(user))


def _ask_to_close(h, user):
    notices.ask_to_close(notice=told(h), reason="Het is weer goed.", **by(user))


def _close(h, user):
    notices.close(notice=closing(h), **by(user))


def _keep(h, user):
    notices.keep(notice=closing(h), **by(user))


def _end(h, user):
    endings.ask(entry=public_entry(h), reason="We stoppen ermee.", **by(user))


def _end_confirm(h, user):
    endings.confirm(ending=asked_to_end(h), **by(user))


def _end_cancel(h, user):
    endings.cancel(ending=asked_to_end(h), **by(user))


# fmt: off
#                     nobody outsid editor publis admin  coord  above  editrl portal first
MATRIX = [
    (_submit,          False, False, True,  True,  False, False, True,  False, False, True),
    (_take_back,       False, False, True,  True,  False, False, True,  False, False, True),
    (_return,          False, False, False, True,  False, False, True,  True,  False, False),
    (_approve,         False, False, False, True,  False, False, True,  True,  False, False),
    (_discard,         False, False, True,  True,  False, False, True,  False, False, True),
    (_correct,         False, False, True,  True,  False, False, True,  False, False, True),
    (_recheck,         False, False, True,  True,  False, False, True,  False, False, True),
    (_recheck_confirm, False, False, False, True,  False, False, True,  True,  False, False),
    (_tell,            False, False, False, True,  False, False, True,  False, False, True),
    (_confirm,         False, False, False, True,  False, False, True,  True,  False, False),
    (_better,          False, False, False, True,  False, False, True,  False, False, True),
    (_ask_to_close,    False, False, False, True,  False, False, True,  False, False, True),
    (_close,           False, False, False, True,  False, False, True,  True,  False, False),
    (_keep,            False, False, False, True,  False, False, True,  True,  False, True),
    (_end,             False, False, True,  True,  False, False, True,  False, False, True),
    (_end_confirm,     False, False, False, True,  False, False, True,  True,  False, False),
    (_end_cancel,      False, False, False, True,  False, False, True,  True,  False, True),
]
# fmt: on
CASES = [(act, person, may) for act, *answers in MATRIX for person, may in zip(PEOPLE, answers, strict=True)]


def cast(hospital, person):
    """The person, new; `first` is who did the first step, with every role."""
    roles = {"editor": Role.EDITOR, "publisher": Role.PUBLISHER, "administrator": Role.ADMINISTRATOR,
             "coordinator": Role.COORDINATOR}  # fmt: skip
    if person in roles:
        return member(hospital.organisation, roles[person])
    made = {
        "nobody": UserFactory,
        "outsider": lambda: member(OrganisationFactory(verified_at=timezone.now()), *Role),
        "above": lambda: member(hospital.organisation.parent, Role.PUBLISHER),
        "editorial": lambda: on_duty(PortalRole.EDITORIAL),
        "portal": lambda: on_duty(PortalRole.ADMINISTRATOR),
    }
    return made[person]()


def all_by_one(hospital):
    """The hospital in which one person with every role does every first step."""
    everything = member(hospital.organisation, *Role)
    return type(hospital)(
        organisation=hospital.organisation, writer=everything, publisher=everything, other=hospital.other,
        editor=hospital.editor,
    )  # fmt: skip


@pytest.mark.parametrize(("act", "person", "may"), CASES, ids=[f"{act.__name__} {who}" for act, who, _may in CASES])
def test_person_may_act_as_the_table_says(act, person, may):
    hospital = all_by_one(make_hospital(parent=OrganisationFactory(verified_at=timezone.now())))
    user = hospital.writer if person == "first" else cast(hospital, person)
    if may:
        act(hospital, user)
        return

    with pytest.raises(PermissionDenied) as refused:
        act(hospital, user)

    assert str(refused.value).endswith(".")  # a sentence that says why


ACTS = [_approve, _recheck_confirm, _tell, _confirm, _close, _end_confirm]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_who_was_stopped_may_do_nothing(act):
    hospital = make_hospital()
    hospital.other.is_active = False
    hospital.other.save()

    with pytest.raises(PermissionDenied):
        act(hospital, hospital.other)


def test_organisation_that_was_not_verified_publishes_nothing():
    hospital = make_hospital(verified_at=None)
    draft = submitted(hospital)
    for user in (hospital.publisher, hospital.editor):
        with pytest.raises(PermissionDenied, match=r"nog niet gecontroleerd|Alleen publiceerders"):
            drafts.approve(draft=draft, revision=draft.revision, **by(user))


def test_who_wrote_last_may_not_approve_though_another_submitted():
    hospital = make_hospital()
    draft = new_draft(hospital)
    drafts.save_answers(
        draft=draft,
        answers={"name": "Breukzoeker", "sources": [{"title": "Jaarverslag", "states": "Zij kijken zo."}]},
        seen=1,
        **by(hospital.publisher),
    )
    drafts.submit(draft=draft, reason="Dit is nieuw.", **by(hospital.writer))

    with pytest.raises(PermissionDenied, match="U schreef deze tekst zelf"):
        drafts.approve(draft=draft, revision=draft.revision, **by(hospital.publisher))


def test_who_corrected_a_notice_last_may_not_confirm_it_and_who_told_it_first_may():
    hospital = make_hospital()
    notice = told(hospital)
    notices.correct(notice=notice, text="Let goed op.", **by(hospital.other))

    with pytest.raises(PermissionDenied, match="U schreef deze melding zelf"):
        notices.confirm(notice=notice, **by(hospital.other))
    notices.confirm(notice=notice, **by(hospital.publisher))

    assert notice.state == "CONFIRMED"


def test_text_of_our_editors_needs_two_of_them():
    first, second = on_duty(PortalRole.EDITORIAL), on_duty(PortalRole.EDITORIAL)
    hospital = make_hospital()
    entry = public_entry(hospital, origin=Origin.EDITORIAL)
    draft = drafts.start_correction(entry=entry, **by(first))
    answers = {"name": "Breukzoeker", "sources": [{"title": "Jaarverslag", "states": "Zij kijken zo."}]}
    drafts.save_answers(draft=draft, answers=answers, seen=1, **by(first))
    drafts.submit(draft=draft, reason="Een betere naam.", **by(first))
    for user in (first, hospital.publisher):
        with pytest.raises(PermissionDenied):
            drafts.approve(draft=draft, revision=draft.revision, **by(user))

    drafts.approve(draft=draft, revision=draft.revision, **by(second))

    assert Entry.objects.get(pk=entry.pk).current_version.number == 2
