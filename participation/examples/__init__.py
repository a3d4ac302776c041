"""The invented projects: stories in files, told by the actions that people use, so that every rule holds."""
