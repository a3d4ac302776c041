"""Package tests/transparency."""
