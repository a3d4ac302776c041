"""Fixtures of the tests of the register."""

from tests.support.committed import _mended, committed_db

__all__ = ["_mended", "committed_db"]
