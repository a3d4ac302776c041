"""The project: frame, people, and what the register and participation stand on."""
