"""Tests of the B1 check."""
