"""What the writers of an entry do with a change elsewhere: take it over in a draft, or leave the text as it is."""

import datetime
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from transparency.actions.drafts import save_answers, start_correction
from transparency.actions.following import move_proposal
from transparency.actions.publishing import entries_with_texts
from transparency.document import has_value, translated
from transparency.law import Line, every_line
from transparency.models import Draft, Entry, LawLine, Proposal
from transparency.permissions import can_write_entry
from transparency.products import SHARED, product_of
from transparency.recipients import mail_all, writers_of
from transparency.records import refresh_entry
from transparency.states import WRITABLE, ProposalKind, State
from transparency.writing.credit import credit_of

CHANGED, STALE = "CHANGED", "STALE"  # why a line of the law asks to look at an entry again


@transaction.atomic
def take(*, proposal: Proposal, by: Any, now: datetime.datetime) -> Draft:
    """Put the new answers of the product into a draft of the entry, for exactly the questions of the proposal.

    The draft is reviewed as any other. Raises PermissionDenied, and StepNotAllowed when the draft that there is waits
    for approval, or somebody decided meanwhile.
    """
    can_write_entry(by, proposal.entry)
    if proposal.kind != ProposalKind.SYSTEM or proposal.to_version is None:
        raise StepNotAllowed("take: there is nothing to take over")
    draft = start_correction(entry=proposal.entry, by=by, now=now)
    if draft.state not in WRITABLE:
        raise StepNotAllowed(f"take: the draft is {draft.state}")
    after = proposal.to_version.content
    save_answers(draft=draft, answers=_answers(draft, proposal, after), seen=draft.revision, by=by, now=now, force=True)
    taken = {key: draft.content[key] for key in proposal.keys if key in draft.content}
    link = f"{settings.PUBLIC_URL}{proposal.to_version.system.get_absolute_url()}"
    credit = [*draft.credit, credit_of(lambda: str(translated(after, "name")[0]), link, taken)]
    Draft.objects.filter(pk=draft.pk).update(system_version=proposal.to_version, credit=credit)
    draft.refresh_from_db()
    move_proposal(proposal, "take", draft=draft, decided_by=by, decided_at=now)
    target = f"entry:{proposal.entry.uuid}"
    record("proposal.taken", by=by, target=target, now=now, proposal=str(proposal.uuid), draft=str(draft.uuid))
    return draft


def _answers(draft: Draft, proposal: Proposal, after: dict[str, Any]) -> dict[str, Any]:
    """{key: new answer or None}, with the English of the product beside it and no "we do not know" left over."""
    keys = proposal.keys
    answers = {key: after.get(key) for key in keys}
    unknown = [key for key in draft.content.get("unknown", []) if key not in keys or after.get(key) is None]
    if unknown != draft.content.get("unknown", []):
        answers["unknown"] = unknown or None
    theirs = after.get("translations", {}).get("en", {})
    ours = draft.content.get("translations", {}).get("en", {})
    english = {key: text for key, text in ours.items() if key not in keys}
    english |= {key: theirs[key] for key in keys if theirs.get(key)}
    if english != ours:
        others = {key: value for key, value in draft.content.get("translations", {}).items() if key != "en"}
        answers["translations"] = {**others, **({"en": english} if english else {})} or None
    return answers


@transaction.atomic
def leave(*, proposal: Proposal, reason: str, by: Any, now: datetime.datetime) -> None:
    """Leave the entry as it is. A proposal of a product asks for a reason; of the law it says "nog juist".

    Raises PermissionDenied, ValidationError, StepNotAllowed.
    """
    can_write_entry(by, proposal.entry)
    said = clean(reason).strip()
    if proposal.kind == ProposalKind.SYSTEM and not said:
        raise ValidationError(_("Schrijf op waarom uw tekst zo blijft."))
    move_proposal(proposal, "leave", reason=said, decided_by=by, decided_at=now)
    record("proposal.left", by=by, target=f"entry:{proposal.entry.uuid}", now=now, proposal=str(proposal.uuid))
    if proposal.kind == ProposalKind.SYSTEM:  # the page said that a choice was to come
        refresh_entry(entries_with_texts().get(pk=proposal.entry_id))
        raise_revision()


# --- The law ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def follow_law(*, now: datetime.datetime) -> int:
    """Flag the entries that a line of the law touches which changed, or was not checked for half a year.

    Each change and each lapse is told once; a line that is new to us changes nothing. Returns how many flags are new.
    """
    known = {line.slug: line for line in LawLine.objects.select_for_update()}
    told: dict[str, str] = {}  # slug → why
    for line in every_line():
        there = known.get(line.slug)
        changed = there is not None and there.digest != line.digest
        if there is not None and there.told_stale is not None and not line.is_stale and not changed:
            _found_right(line.slug, now=now)
        lapsed = line.is_stale and (there is None or there.told_stale != line.checked_on)
        if changed or lapsed:
            told[line.slug] = CHANGED if changed else STALE
        stale = line.checked_on if line.is_stale else None
        values = {"digest": line.digest, "checked_on": line.checked_on, "told_stale": stale}
        if there is None or any(getattr(there, key) != value for key, value in values.items()):
            LawLine.objects.update_or_create(slug=line.slug, defaults=values)
    return _flag(told, now=now) if told else 0


def _found_right(slug: str, *, now: datetime.datetime) -> None:
    """A line that was checked again and stayed the same asks nobody to look any more."""
    for flag in Proposal.objects.open().filter(kind=ProposalKind.LAW):
        if flag.lines.get(slug) != STALE:
            continue
        left = {key: why for key, why in flag.lines.items() if key != slug}
        if left:
            Proposal.objects.filter(pk=flag.pk).update(lines=left)
        else:
            move_proposal(flag, "supersede", decided_at=now)


def _flag(told: dict[str, str], *, now: datetime.datetime) -> int:
    lines = [line for line in every_line() if line.slug in told]
    open_flags = {one.entry_id: one for one in Proposal.objects.open().filter(kind=ProposalKind.LAW)}
    people: Counter[Any] = Counter()
    number = 0
    for entry in entries_with_texts().filter(state=State.PUBLISHED).order_by("pk"):
        touching = _touching(entry, lines)
        if not touching:
            continue
        why = {line.slug: told[line.slug] for line in touching}
        there = open_flags.get(entry.pk)
        if there is not None:
            Proposal.objects.filter(pk=there.pk).update(lines={**there.lines, **why})
            continue
        Proposal.objects.create(entry=entry, kind=ProposalKind.LAW, lines=why, made_at=now)
        record("proposal.law", by=None, target=f"entry:{entry.uuid}", now=now, lines=sorted(why))
        number += 1
        people.update(writers_of(entry))
    for person, count in people.items():
        mail_all([person], "transparency/proposals", {"name": "", "number": count, "is_law": True})
    return number


def _touching(entry: Entry, lines: list[Line]) -> list[Line]:
    """Those of `lines` that are about what the page of `entry` says, itself or from its product."""
    version = entry.current_version
    assert version is not None  # noqa: S101 (a constraint of the database says so)
    product = product_of(version)
    shared = {key: product.content[key] for key in SHARED if key in product.content} if product else {}
    said = {**shared, **{key: value for key, value in version.content.items() if has_value(version.content, key)}}
    return [line for line in lines if line.is_about(said)]
