"""The B1 check: how hard a Dutch text is (an estimate), and which sentence or word to change, and how."""
