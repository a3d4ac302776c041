"""Package tests/portal/accounts."""
