"""Money for patients: the chain, the limits, and the pages of who claims."""
