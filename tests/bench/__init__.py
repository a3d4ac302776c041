"""Measuring how fast the portal serves: generated entries, the load, the baselines, the comparison, the table."""
