"""Everything that writes participation, by noun."""
