"""Tests of the publication log: its rules, what checks it, what may be taken away."""
