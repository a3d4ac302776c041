"""Which static files are collected: those that pages ask for."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class OurStaticFiles(StaticFilesConfig):
    """Of django-htmx one script: to compress its other files took 2 of the 2.4 s of CPU at each start."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "ext", "htm*-4.*", "htmx-2.js", "django-htmx.js"]
