"""One kind of finding a file; each has `find(document)`, which gives its findings in the order of the text."""
