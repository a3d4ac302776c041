"""Who may ask what: for every private address and each person the answer that is expected, written by hand."""
