"""Everything that writes people, their duties for the portal, and how they sign in."""
