"""Everything that the portal holds about somebody, for that person."""
