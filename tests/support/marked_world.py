"""Two projects on which everything happened, with a planted word in each thing that not everybody may read."""

import datetime
import re
from types import SimpleNamespace
from typing import Any

from django.core import mail
from django.utils import timezone

from participation.account import ITEMS
from participation.actions import (
    account,
    advice,
    agreements,
    assignments,
    attendance,
    candidacies,
    choosing,
    interests,
    leaving,
    meeting_papers,
    meetings,
    messages,
    offers,
    profiles,
    tasks,
    team,
    vacancies,
    welcome,
)
from participation.models import AdviceDraft, Candidacy, PulseRound, Side
from participation.states import Influence, SigningSide
from portal.accounts.models import PortalRole
from portal.organisations.models import Organisation, OrganisationKind
from portal.organisations.roles import Role
from tests.factories.advice import FIELDS, advice_in
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProgrammeFactory, ProjectFactory
from tests.factories.people import UserFactory, member, on_duty
from tests.factories.recruiting import VacancyFactory
from tests.factories.starting import fresh
from tests.factories.transparency import published_entry, published_system

# Each is one word, so that no line break hides it. Those of `gone` are of somebody who erased themselves.
MARKERS = {
    "name": "Wuzzelina", "mail": "wuzzelina", "typed name": "Wuzzelaar", "about": "wuzzelkok",
    "condition": "wuzzelziekte", "profile needs": "wuzzeltolk", "role needs": "wuzzelletters",
    "meeting needs": "wuzzellus",
    "interest": "wuzzelaandeel", "old interest": "wuzzelzwager", "decision on interest": "wuzzelbesluit",
    "draft": "wuzzelfolder", "question": "wuzzelvraag", "typed out": "wuzzelnotitie", "message": "wuzzeltrein",
    "taken back": "wuzzelfout", "task": "wuzzeltaak", "paper": "wuzzelstuk", "pause": "wuzzelreden",
    "motivation": "wuzzelzus", "judgement": "wuzzeloordeel", "proposed decision": "wuzzelvoorstel",
    "declined name": "Knorrelina", "declined mail": "knorrelina", "declined motivation": "knorreldroom",
    "decision": "knorrelbesluit", "withdrawn": "knorrelspijt", "unconfirmed": "knorrelstil", "offer": "knorrelpost",
    "account": "wuzzelverhaal", "remarks": "wuzzelopmerking", "reviewed": "wuzzelnakijken",
    "gone": "Foetsiena", "gone mail": "foetsiena", "gone message": "foetsiezin", "gone draft": "foetsieadvies",
    "gone needs": "foetsierolstoel", "gone interest": "foetsiebelang", "gone motivation": "foetsiewens",
}  # fmt: skip
M = MARKERS
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
READABLE = {"name": "", "motivation": "", "wish": "FEE"}


class Clock:
    """Each act a minute later than the one before."""

    def __init__(self) -> None:
        self.now = timezone.now() - 10 * DAY

    def __call__(self) -> datetime.datetime:
        self.now += datetime.timedelta(minutes=1)
        return self.now


def marked_world() -> SimpleNamespace:
    """`people` ({name: user}), `project` (of `own`), `other` (to whose vacancy `own` replied), and what they made."""
    made = SimpleNamespace(tick=Clock(), things={}, people={})
    _places(made)
    _people(made)
    for step in (_starts, _settles, _meets, _advises, _replies, _recruits, _closes, _says, _leaves):
        step(made)
    return made


# --- Who and where ---------------------------------------------------------------------------------------------------


def _places(w: SimpleNamespace) -> None:
    """A hospital with a project about an entry of the register; another hospital with another project."""
    now = timezone.now()
    w.fund = OrganisationFactory(slug="fonds", name="Fonds Voorbeeld", kind=OrganisationKind.FUND, verified_at=now)
    programme = ProgrammeFactory(slug="samen", organisation=w.fund)
    entry, system = published_entry(slug="breukkijker", at=w.tick()), published_system(slug="bonefinder")
    Organisation.objects.filter(pk=entry.organisation_id).update(verified_at=now)
    w.project = ProjectFactory(
        slug="botten", organisation=entry.organisation, programme=programme, phase_since=w.tick()
    )
    w.project.entries.add(entry)
    w.project.systems.add(system)
    w.other = ProjectFactory(slug="hart", phase_since=w.tick())
    w.centre = OrganisationFactory(
        slug="centrum", kind=OrganisationKind.EXPERTISE_CENTRE, name="Expertisecentrum", verified_at=now
    )


def _people(w: SimpleNamespace) -> None:
    """Somebody in every role around both projects; `elsewhere` has every role, at a hospital of no project."""
    own, patients = w.project.organisation, w.project.patient_side
    w.people = {
        "nobody": None,
        "newcomer": UserFactory(),
        "elsewhere": member(OrganisationFactory(verified_at=timezone.now()), *Role),
        "lead": w.project.lead,
        "colleague": member(own, Role.EDITOR),
        "decider": member(own, Role.GATE_DECIDER),
        "administrator": member(own, Role.ADMINISTRATOR, Role.PUBLISHER),
        "coordinator": member(patients, Role.COORDINATOR),
        "patient administrator": member(patients, Role.ADMINISTRATOR),
        "manager": member(w.fund, Role.FUND_MANAGER),
        "centre": member(w.centre, Role.COORDINATOR, Role.FUND_MANAGER),
        "own": UserFactory(name=f"{M['name']} Jansen", email=f"{M['mail']}@thuis.example"),
        "fellow": UserFactory(),
        "rep of other": UserFactory(),
        "lead of other": w.other.lead,
        "coordinator of other": member(w.other.patient_side, Role.COORDINATOR),
        "editorial": on_duty(PortalRole.EDITORIAL),
        "portal": on_duty(PortalRole.ADMINISTRATOR),
    }
    w.gone = UserFactory(name=f"{M['gone']} Visser", email=f"{M['gone mail']}@thuis.example")
    colleague = w.people["colleague"]
    team.add_colleague(
        project=w.project, email=colleague.email, function="verpleegkundige", by=w.project.lead, now=w.tick()
    )


# --- What they did ---------------------------------------------------------------------------------------------------


def _starts(w: SimpleNamespace) -> None:
    """Everybody signs with their own name, tells their interests, and is active; somebody else has an offer."""
    lead = w.project.lead
    offers.offer_role(
        project=w.project, email=f"{M['offer']}@thuis.example", influence="ADVISER", by=lead, now=w.tick()
    )
    w.things["offer"] = _token(r"/deelname/uitnodiging/([\w-]+)/")
    for name, user in (("own", w.people["own"]), ("fellow", w.people["fellow"]), ("gone", w.gone)):
        one = assignments.propose(project=w.project, user=user, influence=Influence.ADVISER, by=lead, now=w.tick())
        w.things[name] = one
        typed = {"own": M["typed name"], "gone": M["gone"]}.get(name, "Fenna")
        agreements.sign(assignment=fresh(one), side=SigningSide.REPRESENTATIVE, typed_name=typed, by=user, now=w.tick())
        agreements.sign(assignment=fresh(one), side=SigningSide.PROJECT, typed_name="Lieke", by=lead, now=w.tick())
    _interest(w, "own", M["old interest"], "EXCLUDE", M["decision on interest"])
    for name, text in (("own", ""), ("fellow", ""), ("gone", M["gone interest"])):
        _interest(w, name, text, "NONE", "")
    interests.declare(project=w.project, has_none=False, text=M["interest"], by=w.people["own"], now=w.tick())
    other = assignments.propose(
        project=w.other, user=w.people["rep of other"], influence=Influence.ADVISER, by=w.other.lead, now=w.tick()
    )
    w.things["link"] = _token(r"/deelname/tekenen/([\w-]+)/")
    w.things["rep of other"] = other
    assert [fresh(w.things[name]).state for name in ("own", "fellow", "gone")] == ["ACTIVE"] * 3


def _interest(w: SimpleNamespace, name: str, text: str, decision: str, words: str) -> None:
    user = w.gone if name == "gone" else w.people[name]
    made = interests.declare(project=w.project, has_none=not text, text=text, by=user, now=w.tick())
    interests.decide(interest=made, decision=decision, text=words, by=w.people["coordinator"], now=w.tick())


def _settles(w: SimpleNamespace) -> None:
    """What people tell of themselves: a profile, an experience of illness, what they need; a buddy; a pause."""
    own, fellow = w.people["own"], w.people["fellow"]
    for user, about, needs in ((own, M["about"], M["profile needs"]), (w.gone, "kok", M["gone needs"])):
        profiles.save_profile(
            about=about, access_needs=needs, organisation=w.project.patient_side, by=user, now=w.tick()
        )
    profiles.tell_perspectives(lines=[M["condition"]], agrees=True, by=own, now=w.tick())
    profiles.agree_to_be_put_forward(agrees=True, by=own, now=w.tick())
    welcome.tell_needs(assignment=fresh(w.things["own"]), text=M["role needs"], by=own, now=w.tick())
    welcome.tell_needs(assignment=fresh(w.things["gone"]), text=M["gone needs"], by=w.gone, now=w.tick())
    coordinator = w.people["coordinator"]
    welcome.ask_buddy(assignment=fresh(w.things["own"]), buddy=fellow, by=coordinator, now=w.tick())
    welcome.agree_as_buddy(assignment=fresh(w.things["own"]), by=fellow, now=w.tick())


def _meets(w: SimpleNamespace) -> None:
    """A meeting that was, one of which nobody told it was, and one to come with a paper that was not sent."""
    lead, own = w.project.lead, w.people["own"]
    fields = {"title": "Foto’s", "place": "Zaal 3, Utrecht", "agenda": "Kennismaken"}
    starts = {"held": w.tick.now + DAY, "begun": w.tick.now + 5 * DAY, "planned": timezone.now() + 20 * DAY}
    for name, start in starts.items():
        made = meetings.plan_meeting(
            project=w.project, fields={**fields, "starts_at": start, "ends_at": start + HOUR}, by=lead, now=w.tick()
        )
        meetings.invite(meeting=made, by=lead, now=w.tick())
        for user, needs in ((own, M["meeting needs"]), (w.gone, M["gone needs"])):
            asked = made.attendances.get(assignment__user=user)
            attendance.answer(attendance=asked, will_come=True, access_needs=needs, by=user, now=w.tick())
        w.things[name] = made
    w.tick.now += 2 * DAY
    there = {w.things["own"].pk: 97, w.things["gone"].pk: 60}
    texts = {"summary": "De dokter legde uit wat een scan is."}
    meetings.hold_meeting(meeting=w.things["held"], there=there, team_present=2, texts=texts, by=lead, now=w.tick())
    w.things["paper"] = meeting_papers.add_paper(
        meeting=w.things["planned"], title="Vragen", text=M["paper"], by=lead, now=w.tick()
    )


def _says(w: SimpleNamespace) -> None:
    """Messages, one of which was taken back; a task. Just now, so that they are news."""
    own, w.tick.now = w.people["own"], timezone.now() - 2 * HOUR
    messages.write_message(project=w.project, text=M["message"], by=own, now=w.tick())
    messages.write_message(project=w.project, text=M["gone message"], by=w.gone, now=w.tick())
    regretted = messages.write_message(project=w.project, text=M["taken back"], by=own, now=w.tick())
    messages.take_back(message=regretted, by=own, now=w.tick())
    w.things["message"] = regretted
    w.things["task"] = tasks.ask_task(
        project=w.project, what=M["task"], doer=own, due=(w.tick.now + 60 * DAY).date(), by=w.project.lead, now=w.tick()
    )


def _advises(w: SimpleNamespace) -> None:
    """Public advice, a draft with a question of the coordinator, one that was typed out, one of somebody who left."""
    own, coordinator = w.people["own"], w.people["coordinator"]
    giving = SimpleNamespace(
        project=w.project, one=w.things["own"], rep=own, lead=w.project.lead, coordinator=coordinator
    )
    w.things["advice"] = advice_in(giving, "JUDGED", w.tick())
    made = advice.give(project=w.project, fields={**FIELDS, "text": M["draft"]}, by=own, now=w.tick())
    draft = AdviceDraft.objects.get(advice=made)
    advice.ask_back(draft=draft, revision=1, question=M["question"], by=coordinator, now=w.tick())
    w.things["draft"] = made
    w.things["typed out"] = advice.type_out(
        project=w.project, fields={**FIELDS, "text": M["typed out"]}, givers=[w.things["own"].number], by=coordinator,
        now=w.tick(),
    )  # fmt: skip
    advice.give(project=w.project, fields={**FIELDS, "text": M["gone draft"]}, by=w.gone, now=w.tick())


def _replies(w: SimpleNamespace) -> None:
    """`own` replied to the other project, where both sides weigh it; so did somebody who left."""
    vacancy = VacancyFactory(project=w.other, slug="hart-vacature", title="Denk mee over het hart")
    lead, coordinator = w.other.lead, w.people["coordinator of other"]
    reply = {"name": w.people["own"].name, "motivation": M["motivation"], "wish": "FEE", "keep": True}
    made = candidacies.reply_signed_in(vacancy=vacancy, fields=reply, by=w.people["own"], now=w.tick())
    candidacies.reply_signed_in(
        vacancy=vacancy, fields={**reply, "name": w.gone.name, "motivation": M["gone motivation"]}, by=w.gone,
        now=w.tick(),
    )  # fmt: skip
    choosing.shortlist(candidacy=made, by=lead, now=w.tick())
    for side, user in ((Side.PROJECT, lead), (Side.PATIENTS, coordinator)):
        choosing.assess(candidacy=made, side=side, judgement="FITS", text=M["judgement"], by=user, now=w.tick())
    made = Candidacy.objects.get(pk=made.pk)
    choosing.propose_choice(
        candidacy=made, choice="RESERVE", text=f"Wij bewaren uw {M['proposed decision']}.", by=lead, now=w.tick()
    )
    w.things |= {"candidacy": made, "vacancy of other": vacancy}


def _recruits(w: SimpleNamespace) -> None:
    """Somebody without an account was declined, one took the reply back, one never confirmed; a vacancy in review."""
    vacancy = VacancyFactory(project=w.project, slug="botten-vacature", title="Denk mee over botten")
    lead, coordinator = w.project.lead, w.people["coordinator"]
    declined = _mailed(w, vacancy, M["declined name"], M["declined mail"], M["declined motivation"])
    choosing.propose_choice(
        candidacy=declined, choice="DECLINE", text=f"Dit is een {M['decision']}.", by=lead, now=w.tick()
    )
    choosing.agree(candidacy=declined, seen=declined.proposed_at, by=coordinator, now=w.tick())
    w.things["candidate link"] = _token(r"/aanmelding/link/([\w-]+)/")
    back = _mailed(w, vacancy, M["withdrawn"], M["withdrawn"], M["withdrawn"])
    assert back.confirmed_at
    candidacies.withdraw_by_link(token=_token(r"/aanmelding/link/([\w-]+)/"), now=w.tick())
    silent = {**READABLE, "name": M["unconfirmed"], "motivation": M["unconfirmed"]}
    candidacies.reply(vacancy=vacancy, email=f"{M['unconfirmed']}@thuis.example", fields=silent, now=w.tick())
    review = VacancyFactory(project=w.project, slug="in-herziening", state="IN_REVIEW", submitted_by=lead)
    vacancies.return_vacancy(vacancy=review, text=f"Kijk naar {M['reviewed']}.", by=coordinator, now=w.tick())
    w.things |= {"declined": declined, "vacancy": vacancy, "review": review}


def _mailed(w: SimpleNamespace, vacancy: Any, name: str, address: str, motivation: str) -> Candidacy:
    """A reply without an account, confirmed by the link of the mail."""
    fields = {"name": name, "motivation": motivation, "wish": "FEE"}
    candidacies.reply(vacancy=vacancy, email=f"{address}@thuis.example", fields=fields, now=w.tick())
    return candidacies.confirm(token=_token(r"/aanmelding/link/([\w-]+)/"), now=w.tick())


def _closes(w: SimpleNamespace) -> None:
    """An account that is not agreed yet, and a round of questions."""
    lead, coordinator, now = w.project.lead, w.people["coordinator"], w.tick()
    made = account.begin(project=w.project, by=lead, now=now)
    texts = dict.fromkeys(ITEMS, f"Wij schreven een {M['account']}.")
    account.write(account=made, revision=1, texts={**texts, "language_reason": "Kort."}, by=lead, now=now)
    account.offer(account=made, revision=2, by=lead, now=now)
    account.send_back(account=made, revision=2, remarks=M["remarks"], by=coordinator, now=now)
    w.things["pulse"] = PulseRound.objects.create(
        project=w.project, phase="IDEA", reason="HALF_YEAR", opened_at=now, closes_on=now.date() + 30 * DAY
    )
    w.things["pulse"].asked.create(user=w.people["own"], side="PATIENTS")


def _leaves(w: SimpleNamespace) -> None:
    """`gone` erases themselves; `fellow` is paused with a reason; the clock catches up."""
    leaving.erase_myself(by=w.gone, now=w.tick())
    assignments.pause(assignment=fresh(w.things["fellow"]), by=w.project.lead, now=w.tick(), reason=f"Om {M['pause']}.")


def _token(pattern: str) -> str:
    """What stands in the newest link of a mail that fits `pattern`."""
    return [token for message in mail.outbox for token in re.findall(pattern, message.body)][-1]
