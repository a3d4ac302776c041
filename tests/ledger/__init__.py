"""Random work on money, for a test and for `manage.py stress_ledger`."""
