"""Formats in which rosters, grades and questions come and go."""
