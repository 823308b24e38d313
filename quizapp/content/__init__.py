"""Lessons and question banks: read, checked and rendered from files."""
