"""Home, help pages and pages for errors."""
