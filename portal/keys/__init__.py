"""Keys with which a program of an organisation uses the API."""
