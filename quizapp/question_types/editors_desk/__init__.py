"""Decide step by step at an editor's desk, and say why each time."""
