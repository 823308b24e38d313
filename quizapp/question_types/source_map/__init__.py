"""Claims on the left, sources on the right, and the lines between them."""
