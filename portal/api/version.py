"""The version of the API: semantic, its first number in the path (ADR, uri-version and version-header)."""

VERSION = "1.6.0"
PATH = "/api/v1"
