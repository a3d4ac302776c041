"""The register for machines: its API, files to download, the catalogue and other open forms."""
