"""Package tests/factories."""
