"""Care providers, patient organisations and others."""
