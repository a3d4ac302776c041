"""Everything that writes the register, by noun."""
