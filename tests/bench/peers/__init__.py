"""Others that publish a register: the same rows in Datasette and Wagtail, the same bytes as files at nginx.

Each is set up as its own manual says, with nothing made slow on purpose. They are no dependencies of the project: the
bench installs the Python ones, exactly as locked, in an environment of their own (`tools.py`); nginx comes from Debian.
"""
