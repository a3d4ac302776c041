"""Proof that nothing changes silently: the rules of the publication log, and what checks it (docs/adr/0017)."""
