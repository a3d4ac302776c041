"""Package portal/accounts/templatetags."""
