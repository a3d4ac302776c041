"""How often one visitor may ask for what costs work."""
