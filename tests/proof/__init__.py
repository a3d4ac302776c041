"""Package tests/proof."""
