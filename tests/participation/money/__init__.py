"""Tests of money: from the fund to the person."""
