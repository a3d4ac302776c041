"""Package tests/portal."""
