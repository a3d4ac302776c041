"""Package tests/participation."""
