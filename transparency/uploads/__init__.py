"""Files that an organisation sends in: what each row would do, and the words in which that is told."""
