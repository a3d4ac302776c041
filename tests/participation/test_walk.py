"""Random legal and illegal steps over a project and all its parts; what always holds is asked after each.

The same few walks run each time. Others, and longer: `WALKS=100-200 STEPS=300 pytest tests/participation/test_walk.py`.
"""

import os

import pytest

from tests.participation.walking.advising import Advising
from tests.participation.walking.engine import planned, walk_and_tell
from tests.participation.walking.gating import Gating
from tests.participation.walking.leaving import Leaving
from tests.participation.walking.meeting import WorkingTogether
from tests.participation.walking.recruiting import Recruiting
from tests.participation.walking.starting import Starting
from tests.participation.walking.watching import Watching
from tests.support.once import first_everywhere

FIRST, LAST = (int(number) for number in os.environ.get("WALKS", "1-3").split("-"))
STEPS = int(os.environ.get("STEPS", "150"))


class Walk(Recruiting, Starting, WorkingTogether, Advising, Gating, Leaving, Watching):
    """One project and everybody around it, under a clock that moves."""


@pytest.mark.django_db
@pytest.mark.parametrize("seed", first_everywhere(range(FIRST, LAST + 1)))
def test_no_walk_breaks_what_participation_promises(seed):
    walk_and_tell(Walk, planned(Walk, seed, STEPS))
