"""Package tests/support."""
