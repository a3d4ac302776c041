"""Patients take part in AI projects."""
