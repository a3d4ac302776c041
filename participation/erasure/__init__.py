"""Erasing what is personal: which kinds of things, on which terms, and the log of it outside the database."""
