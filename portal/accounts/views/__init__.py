"""Pages about people: sign-in, account, organisation, portal."""
