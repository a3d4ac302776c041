"""Search that a patient can use."""
