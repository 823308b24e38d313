"""Cards that are sorted into bins, or matched with one place each."""
