"""What happened: the append-only log and the public revision."""
