"""The parts of one random walk over a project: test_walk.py puts them together."""

import pytest

for part in ("gating", "ground", "watching"):  # what goes wrong is told with what was there
    pytest.register_assert_rewrite(f"{__name__}.{part}")
