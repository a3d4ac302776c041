"""The public register of AI in care."""
