"""The API of participation: the same rules as that of the register (portal/docs/adr/0011)."""
