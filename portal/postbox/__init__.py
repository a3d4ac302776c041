"""A postbox that everybody may read: where mails land when the portal is tried out with example people."""
