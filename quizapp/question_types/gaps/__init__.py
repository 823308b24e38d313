"""A text with gaps, each with its own choices."""
