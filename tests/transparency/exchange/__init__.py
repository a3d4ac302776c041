"""Tests of the exchange with other registers."""
