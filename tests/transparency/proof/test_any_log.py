"""Whatever is done, the log is well, and any change of it is found."""

import hypothesis
import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st

from tests.factories.proof import redacted
from tests.factories.transparency import COMPLETE, published_entry, published_system, with_notice
from tests.support.tampering import change, every, first
from transparency.actions.publication_log import publish_daily_head
from transparency.actions.publishing import end_entry, publish_entry
from transparency.models import PublicationEvent
from transparency.proof.faults import Wrong

pytestmark = pytest.mark.django_db
OTHER_HASH = "f" * 64


def test_empty_log_is_well():
    assert every() == []


class Undo(Exception):
    """Takes back what one example did."""


def act(name, entries, now):
    """Do one act, if it can be done; adds new entries to `entries`."""
    living = [entry for entry in entries if entry.is_listed]
    if name == "new" or not living:
        entries.append(published_entry())
    elif name == "correct":
        content = {**COMPLETE, "name": f"Naam {len(entries)}"}
        publish_entry(entry=living[-1], content=content, reason="Beter.", responsible="x", by=None, now=now)
    elif name == "notice" and not living[-1].notices.exists():
        with_notice(living[-1])
    elif name == "withdraw":
        end_entry(entry=living[-1], reason="Weg.", by=None, now=now)
    elif name == "replace" and len(living) > 1:
        end_entry(entry=living[-1], reason="Anders.", by=None, now=now, successor=living[0])
    elif name == "redact" and "purpose" in living[0].versions.get(number=1).content:
        redacted(living[0])
    elif name == "system":
        published_system()
    elif name == "head":
        publish_daily_head(now)


@hypothesis.settings(max_examples=12)
@hypothesis.given(
    acts=st.lists(
        st.sampled_from(["new", "correct", "notice", "withdraw", "replace", "redact", "system", "head"]),
        min_size=2, max_size=8,
    ),
    place=st.integers(0, 1_000),
    column=st.sampled_from(["kind", "version", "is_example", "content_hash", "previous_hash", "own_hash"]),
)  # fmt: skip
def test_any_row_of_acts_is_well_and_any_change_of_it_is_found(acts, place, column):
    with pytest.raises(Undo):
        done_and_changed(acts, place, column)


@transaction.atomic
def done_and_changed(acts, place, column):
    entries = [published_entry()]
    for name in acts:
        act(name, entries, timezone.now())
    numbers = list(PublicationEvent.objects.order_by("pk").values_list("pk", flat=True))
    assert (numbers, every()) == (list(range(1, len(numbers) + 1)), [])
    number = numbers[place % len(numbers)]
    was = getattr(PublicationEvent.objects.get(pk=number), column)
    other = {"kind": "NOTICE_CLOSED", "version": 99, "is_example": not was}.get(column, OTHER_HASH)
    change(number, **{column: other})
    assert first() == (number, Wrong.CHANGED)
    raise Undo
