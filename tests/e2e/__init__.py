"""Package tests/e2e."""
