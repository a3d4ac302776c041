"""Writing a text: the questions as a form, what is wrong or missing, how hard it is, and how it will look."""
