"""The public figures on taking part: each with its formula, numerator and denominator (participation.md)."""
