"""Package tests/portal/keys."""
