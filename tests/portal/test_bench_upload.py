"""The command that measures reading files in does what it says, at its smallest."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.factories.transparency import published_entry
from transparency.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_every_step_is_measured_and_nothing_stays(form):
    out = io.StringIO()

    call_command("bench_upload", rows=12, bad=3, form=form, stdout=out)

    said = out.getvalue()
    assert said.startswith(f"12 rows, 3 bad, {form}")
    assert [word for word in ("read: ", "take over: ", "take back: ", "most memory: ") if word not in said] == []
    assert not Entry.objects.exists()


def test_register_that_is_used_is_left_alone():
    published_entry()

    with pytest.raises(CommandError, match="empty installation"):
        call_command("bench_upload", rows=1, bad=0)
