"""Find all options that answer the question."""
