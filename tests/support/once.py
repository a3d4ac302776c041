"""What a rule of ours is asked on every database: the first of many; the others on the first database only."""

from collections.abc import Iterable
from typing import Any

import pytest


def first_everywhere(values: Iterable[Any]) -> list[Any]:
    """Parameters of which all but the first are `once` (see pyproject.toml)."""
    first, *others = values
    return [first, *(pytest.param(one, marks=pytest.mark.once) for one in others)]
