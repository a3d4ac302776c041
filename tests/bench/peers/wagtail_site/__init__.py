"""The register in Wagtail: a page per entry under one index page, providers as snippets, templates for everything.

Settings, addresses and middleware are those of `wagtail start`; the search is the database backend.
"""
