"""Tags of the pages of participation."""
