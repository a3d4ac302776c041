"""Package tests/transparency/uploads."""
