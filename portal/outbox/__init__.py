"""Mails that the mail server did not take: kept for a day and tried again."""
