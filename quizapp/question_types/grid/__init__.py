"""A table in which each cell is decided."""
