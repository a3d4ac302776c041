"""Package tests/portal/organisations."""
