"""Every text of our own that promises plain language, held against the language gate."""
