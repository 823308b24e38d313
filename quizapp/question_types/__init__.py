"""The question types, one folder each, found by looking."""
